/**
 * Provides the control API of worlds, clocks, faults, journals and the rest of a simulation. Each
 * endpoint class stands alone; the requests and views that it needs are beside it, package-private
 * where possible, so the package stays whole with over 20 types.
 */
@NullMarked
package org.actsandbox.sandbox.control;

import org.jspecify.annotations.NullMarked;
