/** Two-way negotiation of the payment method (ACT CID-4, CID-5). */
@NullMarked
package org.actsandbox.merchants.negotiation;

import org.jspecify.annotations.NullMarked;
