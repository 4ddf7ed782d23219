/** Makes files of a run that work without this server: a page that plays, and its diagram. */
@NullMarked
package org.actsandbox.web.console.takeaway;

import org.jspecify.annotations.NullMarked;
