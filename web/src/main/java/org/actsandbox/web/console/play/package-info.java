/** Scenarios on their way: played before an audience, or run at machine speed. */
@NullMarked
package org.actsandbox.web.console.play;

import org.jspecify.annotations.NullMarked;
