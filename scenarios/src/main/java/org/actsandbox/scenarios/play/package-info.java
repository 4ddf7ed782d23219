/** Plays scenarios for viewers: step by step, at human speed, and with one thing changed. */
@NullMarked
package org.actsandbox.scenarios.play;

import org.jspecify.annotations.NullMarked;
