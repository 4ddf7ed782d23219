/** Worlds, their clocks and faults. */
@NullMarked
package org.actsandbox.web.console.worlds;

import org.jspecify.annotations.NullMarked;
