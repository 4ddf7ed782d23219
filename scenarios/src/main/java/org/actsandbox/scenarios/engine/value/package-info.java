/** Compares what a scenario expects with what came. */
@NullMarked
package org.actsandbox.scenarios.engine.value;

import org.jspecify.annotations.NullMarked;
