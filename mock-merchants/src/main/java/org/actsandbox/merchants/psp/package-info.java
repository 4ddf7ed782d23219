/** What a merchant asks of its payment service: keys, confirmations of delivery, refunds. */
@NullMarked
package org.actsandbox.merchants.psp;

import org.jspecify.annotations.NullMarked;
