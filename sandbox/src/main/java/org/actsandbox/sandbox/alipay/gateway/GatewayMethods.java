package org.actsandbox.sandbox.alipay.gateway;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lists the methods that the gateway answers. */
final class GatewayMethods {

  static final String VERIFY = "alipay.aipay.agent.payment.verify";
  static final String CONFIRM = "alipay.aipay.agent.fulfillment.confirm";

  private static final Map<String, GatewayMethod> METHODS =
      new TreeMap<>(
          Map.of(
              VERIFY,
              new ProofVerificationMethod(),
              CONFIRM,
              new FulfilmentConfirmMethod(),
              "alipay.trade.query",
              new TradeQueryMethod(),
              "alipay.trade.close",
              new TradeCloseMethod(),
              "alipay.trade.refund",
              new TradeRefundMethod()));

  static final NavigableSet<String> NAMES = new TreeSet<>(METHODS.keySet());

  private GatewayMethods() {}

  static Optional<GatewayMethod> find(String name) {
    return Optional.ofNullable(METHODS.get(name));
  }
}
