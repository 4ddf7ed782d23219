/** Judges what a step or a whole scenario expects. */
@NullMarked
package org.actsandbox.scenarios.engine.expect;

import org.jspecify.annotations.NullMarked;
