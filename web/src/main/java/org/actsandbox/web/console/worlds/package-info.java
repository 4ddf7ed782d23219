/** Manages worlds, their clocks, faults and proxies. */
@NullMarked
package org.actsandbox.web.console.worlds;

import org.jspecify.annotations.NullMarked;
