/**
 * Answers the methods of Alipay's gateway over the same payment service as everything else.
 *
 * <p>The package has over 20 types, in three groups: the way of a call ({@link AlipayGateway},
 * {@link RequestAdmission}, {@link GatewayCall}, {@link GatewayRefusal}), one class for each method
 * behind {@link GatewayMethods}, and the trades and agreements that the methods share ({@link
 * AlipayPayments}, {@link AlipayTrades}, {@link AlipayAgreements}). It stays whole because the
 * methods are package-private, and each uses all of the other two groups.
 */
@NullMarked
package org.actsandbox.sandbox.alipay.gateway;

import org.jspecify.annotations.NullMarked;
