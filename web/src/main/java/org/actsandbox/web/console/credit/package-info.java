/** The page on which a principal sees what is claimed about it, for whom, and who asked when. */
@NullMarked
package org.actsandbox.web.console.credit;

import org.jspecify.annotations.NullMarked;
