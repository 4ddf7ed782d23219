/** Implements the verbs of scenario steps. */
@NullMarked
package org.actsandbox.scenarios.engine.step;

import org.jspecify.annotations.NullMarked;
