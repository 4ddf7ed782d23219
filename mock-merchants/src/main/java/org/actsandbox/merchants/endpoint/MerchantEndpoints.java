package org.actsandbox.merchants.endpoint;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Imports every HTTP endpoint of the merchants. The server that imports it resolves arguments of
 * type {@link Merchant} and {@link org.actsandbox.protocol.identity.Caller}, writes JSON with the
 * protocol's mapper and renders {@link org.actsandbox.protocol.refusal.Refusal}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  StorefrontEndpoints.class,
  A2aEndpoint.class,
  NegotiationEndpoint.class,
  IntentEndpoint.class,
  OrderEndpoints.class,
  DepositEndpoints.class,
  FulfilmentEndpoint.class,
  PaidServiceEndpoint.class,
  NotificationEndpoint.class,
  MerchantDisputeEndpoints.class
})
public class MerchantEndpoints {}
