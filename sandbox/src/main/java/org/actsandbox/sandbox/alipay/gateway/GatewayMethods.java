package org.actsandbox.sandbox.alipay.gateway;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.actsandbox.alipay.client.PayPerUseCalls;

/** Lists the methods that the gateway answers. */
final class GatewayMethods {

  static final String VERIFY = PayPerUseCalls.VERIFY;
  static final String CONFIRM = PayPerUseCalls.CONFIRM;

  static final String PAGE_PAY = "alipay.trade.page.pay";
  static final String APP_PAY = "alipay.trade.app.pay";

  private static final Map<String, GatewayMethod> METHODS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(VERIFY, new ProofVerificationMethod()),
              Map.entry(CONFIRM, new FulfilmentConfirmMethod()),
              Map.entry(PAGE_PAY, TradePayMethod.onPage()),
              Map.entry(APP_PAY, TradePayMethod.inApp()),
              Map.entry("alipay.trade.query", new TradeQueryMethod()),
              Map.entry("alipay.trade.close", new TradeCloseMethod()),
              Map.entry("alipay.trade.refund", new TradeRefundMethod()),
              Map.entry("alipay.trade.fastpay.refund.query", new RefundQueryMethod()),
              Map.entry("alipay.user.agreement.delegation.apply", new DelegationApplyMethod()),
              Map.entry("alipay.user.agreement.delegation.query", new DelegationQueryMethod()),
              Map.entry("alipay.user.agreement.delegation.cancel", new DelegationCancelMethod()),
              Map.entry("alipay.trade.order.prepay", new OrderPrepayMethod()),
              Map.entry("alipay.trade.agent.delegation.pay", new DelegatedPayMethod())));

  static final NavigableSet<String> NAMES = new TreeSet<>(METHODS.keySet());

  private GatewayMethods() {}

  static Optional<GatewayMethod> find(String name) {
    return Optional.ofNullable(METHODS.get(name));
  }
}
