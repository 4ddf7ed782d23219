/** Shops: products and their variants, stock, coupons, shipping and the rules of sending back. */
@NullMarked
package org.actsandbox.merchants.shop;

import org.jspecify.annotations.NullMarked;
