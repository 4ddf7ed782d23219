/** What hotels and shops share: finding by words, seeded quirks, moved prices, price lines. */
@NullMarked
package org.actsandbox.merchants.shelf;

import org.jspecify.annotations.NullMarked;
