/**
 * Holds what the merchant kinds share: searching by words, seeded draws, price changes, price
 * lines.
 */
@NullMarked
package org.actsandbox.merchants.shelf;

import org.jspecify.annotations.NullMarked;
