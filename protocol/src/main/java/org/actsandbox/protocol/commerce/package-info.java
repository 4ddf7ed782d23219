/**
 * The messages of the commerce interaction domain (ACT CID). The package stays whole with over 20
 * types because they are one vocabulary: an intent leads to offers, an offer to an order, and each
 * message contains the next ones' parts.
 */
@NullMarked
package org.actsandbox.protocol.commerce;

import org.jspecify.annotations.NullMarked;
