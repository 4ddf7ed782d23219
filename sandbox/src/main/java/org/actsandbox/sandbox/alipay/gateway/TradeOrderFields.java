package org.actsandbox.sandbox.alipay.gateway;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.gateway.AlipayPayments.PaymentOrder;
import org.actsandbox.sandbox.alipay.gateway.AlipayPayments.PaymentProduct;
import org.actsandbox.sandbox.psp.payment.InstantPayments;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the fields with which a seller orders a payment on a page or in an app, checked (AIP-42,
 * AIP-43, AIP-54).
 *
 * @param expiresAt the end of the time in which the buyer can pay
 * @param isTimed whether the seller said so itself
 */
record TradeOrderFields(
    String orderNo,
    Money amount,
    String subject,
    String productCode,
    Instant expiresAt,
    boolean isTimed) {

  private static final Pattern ORDER_NO = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,2})?");
  private static final Pattern TIMEOUT = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
  private static final BigDecimal LEAST = new BigDecimal("0.01");
  private static final BigDecimal MOST = new BigDecimal("100000000");
  private static final int MAX_SUBJECT = 256;

  /** Ours: the longest time of the documents. */
  private static final Duration LONGEST = Duration.ofDays(15);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * Reads the fields of {@code biz_content}.
   *
   * @param productCode what the method's documents prescribe
   * @throws GatewayRefusal {@code ACQ.INVALID_PARAMETER}, naming the field
   */
  static TradeOrderFields read(GatewayCall call, String productCode) {
    var orderNo = required(call, "out_trade_no");
    if (!ORDER_NO.matcher(orderNo).matches()) {
      throw invalid("out_trade_no has at most 64 letters, digits and underscores");
    }
    var subject = required(call, "subject");
    if (subject.length() > MAX_SUBJECT || subject.codePoints().anyMatch(Character::isISOControl)) {
      throw invalid("subject has at most 256 characters");
    }
    var product = call.text("product_code", SubCode.ACQ_INVALID_PARAMETER);
    if (!productCode.equals(product)) {
      throw invalid("product_code is " + productCode);
    }
    return new TradeOrderFields(
        orderNo,
        amount(call.content(), "total_amount"),
        subject,
        productCode,
        expiry(call, call.world().clock().instant()),
        call.content().has("time_expire") || call.content().has("timeout_express"));
  }

  private static GatewayRefusal invalid(String expected) {
    return new GatewayRefusal(SubCode.ACQ_INVALID_PARAMETER, expected);
  }

  private static String required(GatewayCall call, String field) {
    var text = call.text(field, SubCode.ACQ_INVALID_PARAMETER);
    if (text == null) {
      throw invalid(field + " is missing");
    }
    return text;
  }

  /**
   * Reads an amount in yuan; SDKs send it as text and hand-written programs as a number.
   *
   * @throws GatewayRefusal {@code ACQ.INVALID_PARAMETER}
   */
  static Money amount(JsonNode content, String field) {
    var node = content.path(field);
    var text =
        node.isNumber()
            ? node.decimalValue().stripTrailingZeros().toPlainString()
            : node.asString("");
    if (!AMOUNT.matcher(text).matches()) {
      throw invalid(field + " is an amount in yuan with at most two decimals, such as 0.01");
    }
    var amount = new BigDecimal(text);
    if (amount.compareTo(LEAST) < 0 || amount.compareTo(MOST) > 0) {
      throw invalid(field + " is 0.01 to 100000000");
    }
    return Money.of(amount, Money.CNY);
  }

  private static Instant expiry(GatewayCall call, Instant now) {
    var absolute = call.text("time_expire", SubCode.ACQ_INVALID_PARAMETER);
    if (absolute != null) {
      return until(absolute, now);
    }
    var relative = call.text("timeout_express", SubCode.ACQ_INVALID_PARAMETER);
    if (relative == null) {
      return now.plus(InstantPayments.CASHIER_OPEN);
    }
    var found = TIMEOUT.matcher(relative);
    if (!found.matches()) {
      throw invalid("timeout_express is a number of m, h or d, such as 30m");
    }
    long count = Long.parseLong(found.group(1));
    var time =
        switch (found.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (time.compareTo(LONGEST) > 0) {
      throw invalid("timeout_express is at most 15d");
    }
    return now.plus(time);
  }

  private static Instant until(String text, Instant now) {
    Instant until;
    try {
      until = LocalDateTime.parse(text, TIME).atZone(World.ZONE).toInstant();
    } catch (DateTimeParseException malformed) {
      throw invalid("time_expire has the form yyyy-MM-dd HH:mm:ss");
    }
    if (!now.isBefore(until) || until.isAfter(now.plus(LONGEST))) {
      throw invalid("time_expire is in the future and within 15 days; it is " + now + " here");
    }
    return until;
  }

  /** Returns the order of the payment; what makes it another order is number, amount and name. */
  PaymentOrder order(GatewayCall call) {
    var content = content(call.app().appId(), productCode, orderNo, amount, subject);
    return new PaymentOrder(
        call.app(),
        call.buyer(),
        orderNo,
        "alipay-trade/" + orderNo,
        amount,
        subject,
        content,
        new String(CanonicalJson.bytes(content), StandardCharsets.UTF_8),
        expiresAt);
  }

  static ObjectNode content(
      String appId, String productCode, String orderNo, Money amount, String subject) {
    return Json.object()
        .put("app_id", appId)
        .put("product_code", productCode)
        .put("out_trade_no", orderNo)
        .put("total_amount", amount.decimal())
        .put("subject", subject);
  }

  /**
   * Reads where the seller wants to hear of the payment.
   *
   * @throws GatewayRefusal {@code isv.invalid-parameter} for an address that is not called, now and
   *     not when it is too late (AIP-309)
   */
  static PaymentProduct product(GatewayCall call, String code) {
    var notifyUrl = call.request().value("notify_url").orElse(null);
    try {
      call.psp().notifications().deliveries().requireCallable(notifyUrl);
    } catch (Refusal refused) {
      throw new GatewayRefusal(
          SubCode.INVALID_GATEWAY_PARAMETER,
          "notify_url: " + refused.detail() + "; expected " + refused.expected());
    }
    return new PaymentProduct(code, false, notifyUrl, returnUrl(call));
  }

  private static @Nullable String returnUrl(GatewayCall call) {
    var text = call.request().value("return_url").orElse(null);
    if (text == null) {
      return null;
    }
    try {
      var url = URI.create(text);
      if (text.length() <= 1024
          && url.getHost() != null
          && url.getRawFragment() == null
          && List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
        return text;
      }
    } catch (IllegalArgumentException malformed) {
      // It is refused below.
    }
    throw new GatewayRefusal(
        SubCode.INVALID_GATEWAY_PARAMETER, "return_url is http://host/path or https://host/path");
  }
}
