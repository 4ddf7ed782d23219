package org.actsandbox.merchants;

import org.actsandbox.merchants.a2a.A2aEndpoint;
import org.actsandbox.merchants.catalog.StorefrontEndpoints;
import org.actsandbox.merchants.dispute.EvidenceEndpoints;
import org.actsandbox.merchants.gate.FulfilmentEndpoint;
import org.actsandbox.merchants.gate.ServiceEndpoint;
import org.actsandbox.merchants.intent.IntentEndpoint;
import org.actsandbox.merchants.negotiation.NegotiationEndpoint;
import org.actsandbox.merchants.notification.NotificationEndpoint;
import org.actsandbox.merchants.order.OrderEndpoints;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Every HTTP endpoint of the merchants. The server that imports it resolves arguments of type
 * {@link Merchant} and {@link org.actsandbox.protocol.identity.Caller}, writes JSON with the
 * protocol's mapper and renders {@link org.actsandbox.protocol.refusal.Refusal}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  StorefrontEndpoints.class,
  A2aEndpoint.class,
  NegotiationEndpoint.class,
  IntentEndpoint.class,
  OrderEndpoints.class,
  FulfilmentEndpoint.class,
  ServiceEndpoint.class,
  NotificationEndpoint.class,
  EvidenceEndpoints.class
})
public class MerchantEndpoints {}
