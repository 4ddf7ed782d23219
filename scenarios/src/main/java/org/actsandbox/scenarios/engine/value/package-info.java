/** Compares observed values with the values that a scenario expects. */
@NullMarked
package org.actsandbox.scenarios.engine.value;

import org.jspecify.annotations.NullMarked;
