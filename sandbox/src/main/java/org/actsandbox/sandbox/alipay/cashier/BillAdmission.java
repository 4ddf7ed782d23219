package org.actsandbox.sandbox.alipay.cashier;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.jspecify.annotations.Nullable;

/** Checks a bill before it is paid: all fields, the seller, the signature, the time (AIP-182). */
final class BillAdmission {

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,2})?");

  private static final BigDecimal LEAST = new BigDecimal("0.01");

  private static final int MAX_TEXT = 256;
  private static final int MAX_ORDER_NO = 64;
  private static final int MAX_SIGNATURE = 2000;

  private BillAdmission() {}

  /** Holds what the bill stands for in this world. */
  record AdmittedBill(AlipayBill bill, AlipayApp app, Did buyer, Money amount, Instant payBefore) {

    String orderNo() {
      return String.valueOf(bill.protocol().outTradeNo());
    }

    void requirePayable(Instant now) {
      if (!now.isBefore(payBefore)) {
        throw new BillRefusal("protocol.payBefore", "已过期", "is over; it is " + now + " here");
      }
    }

    String resourceId() {
      return String.valueOf(bill.protocol().resourceId());
    }

    String goodsName() {
      return String.valueOf(bill.method().goodsName());
    }
  }

  /**
   * @throws BillRefusal for the first thing that is wrong
   */
  static AdmittedBill admit(AlipayGateway gateway, CashierOrder order) {
    var bill = order.bill();
    CanonicalJson.findMismatch(Json.tree(bill))
        .ifPresent(
            mismatch -> {
              throw new BillRefusal(mismatch.at(), "格式有误", "expected " + mismatch.expected());
            });
    requireFields(bill);
    var amount = amount(gateway, bill);
    var payBefore = payBefore(bill);
    var app =
        gateway
            .app(String.valueOf(bill.method().sellerAppId()))
            .filter(found -> found.ownerKind() == OwnerKind.MERCHANT)
            .orElseThrow(
                () -> new BillRefusal("method.sellerAppId", "不存在", "no such application here"));
    if (!app.account().equals(bill.method().sellerId())) {
      throw new BillRefusal(
          "method.sellerId", "与应用不符", "is not the account of the application's owner");
    }
    requireSignature(bill, app);
    var buyer =
        AlipayNumbers.principal(gateway.world(), order.buyer() == null ? "" : order.buyer())
            .orElseThrow(
                () -> new BillRefusal("protocol.buyerUniqueId", "不存在", "no such buyer here"));
    return new AdmittedBill(bill, app, buyer, amount, payBefore);
  }

  private static void requireFields(AlipayBill bill) {
    bill.fields()
        .forEach(
            (name, value) -> {
              if (value.isBlank()) {
                throw new BillRefusal(path(name), "不能为空", "must not be empty");
              }
              int max =
                  switch (name) {
                    case "out_trade_no" -> MAX_ORDER_NO;
                    case "seller_signature" -> MAX_SIGNATURE;
                    default -> MAX_TEXT;
                  };
              if (value.length() > max || value.codePoints().anyMatch(Character::isISOControl)) {
                throw new BillRefusal(path(name), "格式有误", "at most " + max + " characters");
              }
            });
    requireValue("currency", bill.protocol().currency(), "CNY");
    requireValue("seller_sign_type", bill.protocol().sellerSignType(), "RSA2");
    requireValue("seller_unique_id_key", bill.method().sellerUniqueIdKey(), "seller_id");
    requireValue(
        "seller_unique_id",
        bill.protocol().sellerUniqueId(),
        String.valueOf(bill.method().sellerId()));
  }

  private static void requireValue(String name, @Nullable String observed, String expected) {
    if (!expected.equals(observed)) {
      throw new BillRefusal(path(name), "应为 " + expected, "must be " + expected);
    }
  }

  private static Money amount(AlipayGateway gateway, AlipayBill bill) {
    var text = String.valueOf(bill.protocol().amount());
    if (!AMOUNT.matcher(text).matches()) {
      throw new BillRefusal(
          "protocol.amount", "格式有误", "yuan with at most two decimals, such as 0.01");
    }
    var amount = new BigDecimal(text);
    var most = gateway.settings().highestAmount();
    if (amount.compareTo(LEAST) < 0 || amount.compareTo(most) > 0) {
      throw new BillRefusal("protocol.amount", "超出范围", "0.01 to " + most + " yuan");
    }
    return Money.of(amount, Money.CNY);
  }

  private static Instant payBefore(AlipayBill bill) {
    try {
      return OffsetDateTime.parse(String.valueOf(bill.protocol().payBefore())).toInstant();
    } catch (DateTimeException malformed) {
      throw new BillRefusal("protocol.payBefore", "格式有误", "ISO 8601 with an offset");
    }
  }

  private static void requireSignature(AlipayBill bill, AlipayApp app) {
    var key =
        app.currentKey()
            .orElseThrow(
                () ->
                    new BillRefusal(
                        "method.sellerAppId", "应用未登记公钥", "the application has no public key"));
    if (bill.isSignedBy(key.key())) {
      return;
    }
    boolean former =
        app.keys().stream().anyMatch(each -> !each.equals(key) && bill.isSignedBy(each.key()));
    throw new BillRefusal(
        "protocol.sellerSignature",
        "验签失败",
        former
            ? "was made with a former key of the application"
            : "does not fit the content, RSA2 and the application's public key; the text to sign"
                + " is "
                + bill.textToSign());
  }

  /** Returns the field's place in the order, whose names are in camelCase. */
  private static String path(String name) {
    boolean method =
        Set.of(
                "seller_name",
                "seller_id",
                "seller_app_id",
                "goods_name",
                "seller_unique_id_key",
                "service_id")
            .contains(name);
    var camel =
        Pattern.compile("_([a-z])")
            .matcher(name)
            .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    return (method ? "method." : "protocol.") + camel;
  }
}
