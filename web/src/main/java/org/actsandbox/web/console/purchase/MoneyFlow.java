package org.actsandbox.web.console.purchase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.psp.ledger.Ledger.StatementLine;
import org.actsandbox.web.console.picture.FlowPicture;
import org.actsandbox.web.console.picture.FlowPicture.Transfer;
import org.actsandbox.web.console.port.PaymentReader.Booking;
import org.actsandbox.web.console.words.PageText;

/** Draws where the money of a purchase, or of an account, went, by what the ledger has booked. */
public final class MoneyFlow {

  private static final String MERCHANT = "merchant:";
  private static final String AGENT = "agent:";

  private final PageText words;

  public MoneyFlow(PageText words) {
    this.words = words;
  }

  /**
   * Draws a purchase: from the account to the merchant, and from there to the parts of the price.
   * When money went back, it shows what went back and what the merchant keeps instead.
   *
   * @param bookings the payment and its refunds; at least one
   */
  public FlowPicture of(Order order, List<Booking> bookings) {
    var payment = bookings.getFirst();
    var paid = List.of(transfer(payment.from(), payment.to(), payment.amount()));
    var merchant = name(payment.to());
    var after = new ArrayList<Transfer>();
    var kept = payment.amount();
    for (var refund : bookings.subList(1, bookings.size())) {
      kept = kept.minus(refund.amount());
      after.add(
          new Transfer(
              merchant,
              words.say("flow.back", name(refund.to())),
              refund.amount(),
              shown(refund.amount()),
              "principal"));
    }
    if (after.isEmpty()) {
      after.addAll(parts(order, merchant, payment.amount()));
    } else if (!kept.isZero()) {
      after.add(new Transfer(merchant, words.say("flow.kept"), kept, shown(kept), "merchant"));
    }
    return FlowPicture.of(List.of(paid, after), "principal", this::shown);
  }

  /**
   * Returns the parts of the price. What is taken off the price is no transfer, so with a discount
   * the whole amount is one part.
   */
  private List<Transfer> parts(Order order, String merchant, Money paid) {
    var parts = new LinkedHashMap<String, Money>();
    boolean discounted = order.price().stream().anyMatch(MoneyFlow::isDiscount);
    for (var line : order.price()) {
      if (!discounted && !isZero(line)) {
        parts.merge(
            words.text(line.label()), Money.of(line.amount(), order.currency()), Money::plus);
      }
    }
    if (parts.isEmpty()) {
      parts.put(words.say("flow.goods"), paid);
    }
    return parts.entrySet().stream()
        .map(
            part ->
                new Transfer(
                    merchant, part.getKey(), part.getValue(), shown(part.getValue()), "trust"))
        .toList();
  }

  private static boolean isDiscount(Offer.PriceLine line) {
    return line.amount().startsWith("-");
  }

  private static boolean isZero(Offer.PriceLine line) {
    return line.amount().matches("0([.]0+)?");
  }

  /** Draws what the lines of a statement say: what left the account, and what went back to it. */
  public FlowPicture of(String account, List<StatementLine> lines) {
    Map<String, Money> out = new LinkedHashMap<>();
    Map<String, Money> back = new LinkedHashMap<>();
    for (var line : lines) {
      if (line.amount().startsWith("-")) {
        var amount = Money.of(line.amount().substring(1), line.currency());
        out.merge(line.counterAccount(), amount, Money::plus);
      } else if (line.kind().equals("refund") || line.kind().equals("give_back")) {
        back.merge(line.counterAccount(), Money.of(line.amount(), line.currency()), Money::plus);
      }
    }
    var went =
        out.entrySet().stream()
            .map(each -> transfer(account, each.getKey(), each.getValue()))
            .toList();
    // What went back is drawn only as far as the same lines say that it was paid.
    var returned =
        back.entrySet().stream()
            .filter(
                each ->
                    out.containsKey(each.getKey())
                        && !each.getValue().moreThan(out.get(each.getKey())))
            .map(
                each ->
                    new Transfer(
                        name(each.getKey()),
                        words.say("flow.back", name(account)),
                        each.getValue(),
                        shown(each.getValue()),
                        "principal"))
            .toList();
    return FlowPicture.of(
        returned.isEmpty() ? List.of(went) : List.of(went, returned), "principal", this::shown);
  }

  private Transfer transfer(String from, String to, Money amount) {
    return new Transfer(
        name(from),
        name(to),
        amount,
        shown(amount),
        to.startsWith(MERCHANT) ? "merchant" : to.startsWith(AGENT) ? "agent" : "psp");
  }

  private String shown(Money amount) {
    return words.amount(amount.decimal(), amount.currency().getCurrencyCode());
  }

  /** Names an account of the ledger. */
  private String name(String account) {
    if (account.startsWith(MERCHANT)) {
      return words.participant("did:act:" + account.substring(MERCHANT.length()));
    }
    if (account.startsWith(AGENT)) {
      return words.say("wallet.sub", account.substring(Math.max(0, account.length() - 4)));
    }
    return words.sayOr("wallet.account." + account, account);
  }
}
