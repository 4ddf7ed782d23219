/** Negotiates the payment method two-way (ACT CID-4, CID-5). */
@NullMarked
package org.actsandbox.merchants.negotiation;

import org.jspecify.annotations.NullMarked;
