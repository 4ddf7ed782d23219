/**
 * Implements the shops: products and their variants, stock, coupons, shipping and the rules of
 * returns.
 */
@NullMarked
package org.actsandbox.merchants.shop;

import org.jspecify.annotations.NullMarked;
