/** Holds what a merchant publishes for every client: profile, card, capability, catalog, seats. */
@NullMarked
package org.actsandbox.merchants.catalog;

import org.jspecify.annotations.NullMarked;
