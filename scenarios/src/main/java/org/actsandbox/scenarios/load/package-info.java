/** Makes complete purchases in bulk over HTTP and measures their times. */
@NullMarked
package org.actsandbox.scenarios.load;

import org.jspecify.annotations.NullMarked;
