/** What every request passes: limits, keys, world, faults, journal, errors. */
@NullMarked
package org.actsandbox.sandbox.edge;

import org.jspecify.annotations.NullMarked;
