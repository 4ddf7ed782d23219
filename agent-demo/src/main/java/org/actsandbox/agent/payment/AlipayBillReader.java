package org.actsandbox.agent.payment;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Reads the bill of a page in Alipay's form. A buyer does not know the seller's application, so the
 * cashier verifies the signature (AIP-147). Whether the bill is the page's own shows in the payee
 * of the payment, which is compared before the principal is asked.
 */
final class AlipayBillReader {

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,2})?");

  private AlipayBillReader() {}

  /** Finds the bill in a header; empty if the header has another form. */
  static Optional<AlipayBill> find(String header) {
    return AlipayBill.decode(header).filter(bill -> bill.method().sellerAppId() != null);
  }

  /** Returns both layers with the texts of the header. */
  static JsonNode layers(AlipayBill bill) {
    return Json.tree(bill);
  }

  /**
   * Returns the bill with ACT's names. The profile binds no request (AIP-158), so nothing of the
   * request stands in it.
   *
   * @throws ParticipantRefusal {@code bill_malformed} when a field is missing or has another form
   *     (AIP-138 to AIP-141)
   */
  static Bill read(String seller, AlipayBill bill) {
    bill.fields()
        .forEach(
            (name, value) -> {
              if (value.isBlank()) {
                throw malformed(seller, "the bill has no " + name);
              }
            });
    var order = bill.protocol();
    var amount = String.valueOf(order.amount());
    if (!AMOUNT.matcher(amount).matches()) {
      throw malformed(seller, "the amount is not yuan with at most two decimals");
    }
    return new Bill(
        "",
        "",
        String.valueOf(order.outTradeNo()),
        Money.of(amount, Money.CNY).decimal(),
        String.valueOf(order.currency()),
        String.valueOf(order.resourceId()),
        payBefore(seller, String.valueOf(order.payBefore())),
        String.valueOf(order.sellerUniqueId()),
        null,
        "",
        "",
        null,
        0,
        null,
        null,
        null,
        null);
  }

  private static Instant payBefore(String seller, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException otherForm) {
      throw malformed(seller, "pay_before is not a time with an offset");
    }
  }

  private static ParticipantRefusal malformed(String seller, String why) {
    return ParticipantRefusal.untrusted(seller, "bill_malformed", why);
  }
}
