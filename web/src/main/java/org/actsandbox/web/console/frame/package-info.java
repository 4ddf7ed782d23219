/** Builds what every page shows around its content, and renders pages. */
@NullMarked
package org.actsandbox.web.console.frame;

import org.jspecify.annotations.NullMarked;
