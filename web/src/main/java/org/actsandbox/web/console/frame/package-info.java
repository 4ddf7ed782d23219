/** What every page shows around its content, and how pages are rendered. */
@NullMarked
package org.actsandbox.web.console.frame;

import org.jspecify.annotations.NullMarked;
