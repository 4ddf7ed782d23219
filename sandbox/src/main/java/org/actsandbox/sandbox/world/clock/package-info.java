/** The clock of a world and the work that falls due by it. */
@NullMarked
package org.actsandbox.sandbox.world.clock;

import org.jspecify.annotations.NullMarked;
