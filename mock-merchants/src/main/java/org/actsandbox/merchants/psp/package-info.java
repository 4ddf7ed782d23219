/**
 * Calls the payment service for a merchant: fetches its keys, confirms deliveries, asks for
 * refunds.
 */
@NullMarked
package org.actsandbox.merchants.psp;

import org.jspecify.annotations.NullMarked;
