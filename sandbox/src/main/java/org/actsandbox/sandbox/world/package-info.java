/** Isolated simulations: their clock, seed, identifiers and participants. */
@NullMarked
package org.actsandbox.sandbox.world;

import org.jspecify.annotations.NullMarked;
