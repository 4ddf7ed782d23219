package org.actsandbox.sandbox.alipay.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.alipay.notification.SignedParameters;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.psp.FormNotices;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes what the platform tells a seller of a payment: the asynchronous notification, and the
 * query with which a payment page leads back (AIP-189, AIP-190, AIP-195).
 */
public final class AlipayNotices implements FormNotices {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(World.ZONE);

  private final World world;
  private final AlipayTrades trades;
  private final AlipayApps apps;
  private final PlatformKey platformKey;

  public AlipayNotices(World world, JdbcClient jdbc, AlipayApps apps, PlatformKey platformKey) {
    this.world = world;
    this.trades = new AlipayTrades(world, jdbc);
    this.apps = apps;
    this.platformKey = platformKey;
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  @Override
  public Optional<FormNotice> of(String notificationId, NotificationEvent event, String tradeNo) {
    if (!AlipayTrades.isNumber(tradeNo)) {
      return Optional.empty();
    }
    return trades
        .find(tradeNo)
        .filter(row -> row.notifyUrl() != null)
        .flatMap(
            row ->
                world
                    .participant(Psp.class)
                    .payments()
                    .find(tradeNo)
                    .flatMap(trade -> notice(notificationId, event, trade, row)));
  }

  private Optional<FormNotice> notice(
      String notificationId, NotificationEvent event, Trade trade, AlipayTrade row) {
    var url = row.notifyUrl();
    if (url == null || !row.isOfTradeFamily()) {
      return Optional.empty();
    }
    var fields = new LinkedHashMap<String, String>();
    fields.put("notify_time", time(world.clock().instant()));
    fields.put("notify_type", "trade_status_sync");
    fields.put("notify_id", notificationId);
    common(fields, trade, row);
    fields.put("trade_status", TradeLookup.status(trade));
    fields.put("subject", row.subject());
    fields.put("buyer_id", row.buyer());
    fields.put("gmt_create", time(trade.createdAt()));
    var amount = trade.terms().amount().decimal();
    var decidedAt = trade.progress().decidedAt();
    if (trade.progress().paid() != null) {
      fields.put("receipt_amount", amount);
      fields.put("invoice_amount", amount);
      fields.put("buyer_pay_amount", amount);
      fields.put("gmt_payment", time(decidedAt == null ? trade.createdAt() : decidedAt));
    }
    switch (event) {
      case REFUND_SUCCEEDED -> {
        fields.put("refund_fee", trade.progress().refunded().decimal());
        fields.put("gmt_refund", time(world.clock().instant()));
        refundNumber(trade).ifPresent(number -> fields.put("out_biz_no", number));
      }
      case PAYMENT_CLOSED -> fields.put("gmt_close", time(world.clock().instant()));
      default -> {
        // A payment that succeeded has no fields of its own.
      }
    }
    return Optional.of(new FormNotice(URI.create(url), signed(fields)));
  }

  /** Returns the seller's number of the last refund: the one that led to what is paid back now. */
  private Optional<String> refundNumber(Trade trade) {
    var payee = trade.terms().bill().payee();
    var total = trade.progress().refunded().decimal();
    var refunds = world.participant(Psp.class).refunds();
    return trades.refunds(trade.tradeNo()).stream()
        .filter(
            each ->
                refunds
                    .find(payee, each.refundRequestId())
                    .filter(refund -> refund.refundedTotal().equals(total))
                    .isPresent())
        .map(AlipayTrades.NumberedRefund::outRequestNo)
        .findFirst();
  }

  private void common(Map<String, String> fields, Trade trade, AlipayTrade row) {
    fields.put("charset", "utf-8");
    fields.put("version", "1.0");
    fields.put("app_id", row.appId());
    fields.put("auth_app_id", row.appId());
    fields.put("trade_no", trade.tradeNo());
    fields.put("out_trade_no", trade.terms().bill().orderNo());
    fields.put("total_amount", trade.terms().amount().decimal());
    fields.put("seller_id", AlipayNumbers.account(world, trade.terms().bill().payee()));
  }

  private String signed(Map<String, String> fields) {
    return PercentCode.form(
        SignedParameters.sign(
            fields, platformKey.privateKey(), SignType.RSA2, StandardCharsets.UTF_8),
        StandardCharsets.UTF_8);
  }

  /**
   * Returns the address to which the buyer's browser goes back after a payment on a page; empty
   * when the payment is not made, has no such address, or its application was removed.
   */
  Optional<URI> returnAddress(Trade trade) {
    if (!AlipayTrades.isNumber(trade.tradeNo()) || trade.progress().paid() == null) {
      return Optional.empty();
    }
    return trades
        .find(trade.tradeNo())
        .filter(row -> row.isOfTradeFamily() && apps.find(world, row.appId()).isPresent())
        .flatMap(row -> Optional.ofNullable(returnAddress(trade, row)));
  }

  private @Nullable URI returnAddress(Trade trade, AlipayTrade row) {
    var url = row.returnUrl();
    if (url == null) {
      return null;
    }
    var fields = new LinkedHashMap<String, String>();
    common(fields, trade, row);
    fields.put("method", GatewayMethods.PAGE_PAY + ".return");
    var decidedAt = trade.progress().decidedAt();
    fields.put("timestamp", time(decidedAt == null ? trade.createdAt() : decidedAt));
    return URI.create(url + (url.contains("?") ? "&" : "?") + signed(fields));
  }
}
