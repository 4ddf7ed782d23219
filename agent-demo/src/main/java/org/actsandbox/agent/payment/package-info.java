/**
 * The paid order (A402): a seller asks for a payment, the payment service makes it, and the seller
 * delivers for the proof. Baskets and services are paid here.
 */
@NullMarked
package org.actsandbox.agent.payment;

import org.jspecify.annotations.NullMarked;
