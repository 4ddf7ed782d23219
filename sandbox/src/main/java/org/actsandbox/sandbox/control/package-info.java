/** The control API: worlds, clocks, faults, journals. */
@NullMarked
package org.actsandbox.sandbox.control;

import org.jspecify.annotations.NullMarked;
