/** Pages that check a merchant and show what to mend. */
@NullMarked
package org.actsandbox.web.console.check;

import org.jspecify.annotations.NullMarked;
