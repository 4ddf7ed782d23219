/** Scenarios played before an audience: step by step, at human speed, with one thing changed. */
@NullMarked
package org.actsandbox.scenarios.play;

import org.jspecify.annotations.NullMarked;
