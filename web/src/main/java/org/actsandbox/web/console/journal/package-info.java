/** Shows the journal with filters, entry by entry. */
@NullMarked
package org.actsandbox.web.console.journal;

import org.jspecify.annotations.NullMarked;
