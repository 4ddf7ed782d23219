/** Who knows what, as a table. */
@NullMarked
package org.actsandbox.web.console.knowledge;

import org.jspecify.annotations.NullMarked;
