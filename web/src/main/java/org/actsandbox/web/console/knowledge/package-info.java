/** Shows as a table which participant knows which data. */
@NullMarked
package org.actsandbox.web.console.knowledge;

import org.jspecify.annotations.NullMarked;
