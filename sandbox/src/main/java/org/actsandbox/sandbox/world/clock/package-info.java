/** Provides the clock of a world and fires the work that falls due by it. */
@NullMarked
package org.actsandbox.sandbox.world.clock;

import org.jspecify.annotations.NullMarked;
