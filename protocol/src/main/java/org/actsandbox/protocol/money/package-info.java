/** Exact amounts of money with their currency. */
@NullMarked
package org.actsandbox.protocol.money;

import org.jspecify.annotations.NullMarked;
