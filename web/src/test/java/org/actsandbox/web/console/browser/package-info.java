/** Tests the console in a real browser. */
@NullMarked
package org.actsandbox.web.console.browser;

import org.jspecify.annotations.NullMarked;
