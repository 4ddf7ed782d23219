/** Compares the result of a step, or the final state of a world, with what the scenario expects. */
@NullMarked
package org.actsandbox.scenarios.engine.expect;

import org.jspecify.annotations.NullMarked;
