/** What a merchant shows without being asked: profile, card, capability, catalog, seats. */
@NullMarked
package org.actsandbox.merchants.catalog;

import org.jspecify.annotations.NullMarked;
