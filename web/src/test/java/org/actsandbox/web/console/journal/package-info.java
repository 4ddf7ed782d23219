/** Tests the journal's pages. */
@NullMarked
package org.actsandbox.web.console.journal;

import org.jspecify.annotations.NullMarked;
