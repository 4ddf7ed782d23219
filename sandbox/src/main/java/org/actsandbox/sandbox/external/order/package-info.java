/** Remembers the orders that merchants from outside confirmed to agents of the world. */
@NullMarked
package org.actsandbox.sandbox.external.order;

import org.jspecify.annotations.NullMarked;
