package org.actsandbox.sandbox.alipay.gateway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Lists which fields of {@code biz_content} each method reads, those within an object behind its
 * name and a dot. The documents know more of them, and SDKs send what they like: what is not read
 * here is named in the journal, so that it is never dropped in silence.
 */
final class BizContentFields {

  /** Ours: so many names are enough to see the mistake. */
  private static final int MAX_NAMES = 20;

  private static final int MAX_NAME = 64;

  private static final Set<String> TRADE = Set.of("trade_no", "out_trade_no");

  private static final Set<String> ORDER =
      Set.of(
          "out_trade_no",
          "total_amount",
          "subject",
          "product_code",
          "time_expire",
          "timeout_express",
          "payment_type");

  private static final Map<String, Set<String>> READ =
      Map.ofEntries(
          Map.entry(GatewayMethods.VERIFY, Set.of("trade_no", "payment_proof", "client_session")),
          Map.entry(GatewayMethods.CONFIRM, Set.of("trade_no")),
          Map.entry(GatewayMethods.PAGE_PAY, ORDER),
          Map.entry(GatewayMethods.APP_PAY, ORDER),
          Map.entry("alipay.trade.query", TRADE),
          Map.entry("alipay.trade.close", TRADE),
          Map.entry(
              "alipay.trade.refund",
              Set.of(
                  "trade_no", "out_trade_no", "refund_amount", "refund_reason", "out_request_no")),
          Map.entry(
              "alipay.trade.fastpay.refund.query",
              Set.of("trade_no", "out_trade_no", "out_request_no")),
          Map.entry(
              "alipay.user.agreement.delegation.apply",
              Set.of(
                  "agent_id",
                  "external_agreement_no",
                  "personal_product_code",
                  "delegation_params",
                  "delegation_params.external_delegation_id",
                  "delegation_params.delegation_desc",
                  "delegation_params.delegation_tag",
                  "delegation_params.max_total_amount",
                  "delegation_params.times_limit",
                  "delegation_params.validity_start_time",
                  "delegation_params.validity_end_time",
                  "access_params",
                  "access_params.channel",
                  "conversation_history",
                  "conversation_history.role",
                  "conversation_history.content",
                  "conversation_history.create_time",
                  "conversation_history.createTime")),
          Map.entry(
              "alipay.user.agreement.delegation.query",
              Set.of(
                  "agreement_no",
                  "external_agreement_no",
                  "delegation_id",
                  "external_delegation_id")),
          Map.entry(
              "alipay.user.agreement.delegation.cancel", Set.of("agreement_no", "delegation_id")),
          Map.entry("alipay.trade.order.prepay", ORDER),
          Map.entry(
              "alipay.trade.agent.delegation.pay",
              Set.of("prepay_id", "agreement_no", "delegation_id")));

  private BizContentFields() {}

  /** Returns the methods that have a line here. */
  static Set<String> methods() {
    return READ.keySet();
  }

  /** Returns the names of the fields that the method does not read, in the order they came. */
  static List<String> unread(String method, JsonNode content) {
    var read = READ.getOrDefault(method, Set.of());
    return unread("", content, read)
        .distinct()
        .map(name -> name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name)
        .limit(MAX_NAMES)
        .toList();
  }

  /** Looks into an object, and into every object of a list, only where its method does. */
  private static Stream<String> unread(String prefix, JsonNode content, Set<String> read) {
    if (content.isArray()) {
      return content.valueStream().flatMap(each -> unread(prefix, each, read));
    }
    return content.properties().stream()
        .flatMap(
            entry -> {
              var name = prefix + entry.getKey();
              return read.contains(name)
                  ? unread(name + ".", entry.getValue(), read)
                  : Stream.of(name);
            });
  }
}
