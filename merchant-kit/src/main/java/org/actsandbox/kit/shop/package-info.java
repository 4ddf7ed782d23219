/**
 * A whole shop for agents: catalog, intents, carts that lock stock, orders behind 402,
 * cancellation, refunds, notifications, records and disputes. The merchant brings its goods.
 */
@NullMarked
package org.actsandbox.kit.shop;

import org.jspecify.annotations.NullMarked;
