/** Plays checks against a merchant in a world and comes to a verdict on each. */
@NullMarked
package org.actsandbox.scenarios.check.run;

import org.jspecify.annotations.NullMarked;
