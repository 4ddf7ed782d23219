/**
 * Confirms carts and keeps the orders and holds that follow: service orders, expiry, cancellation,
 * refunds and queries (ACT CID-8, CID-9).
 */
@NullMarked
package org.actsandbox.merchants.order;

import org.jspecify.annotations.NullMarked;
