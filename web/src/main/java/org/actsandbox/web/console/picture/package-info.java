/** Lays out the console's pictures; templates draw them as SVG. */
@NullMarked
package org.actsandbox.web.console.picture;

import org.jspecify.annotations.NullMarked;
