package org.actsandbox.merchants.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.deposit.DepositPolicies;
import org.actsandbox.merchants.intent.OfferCompleteness;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Represents the price of a cart at this moment, line by line (ACT CID-8). */
record CartQuote(List<Order.Line> lines, List<Offer.PriceLine> price, Money total) {

  static final int MAX_LINES = 20;

  /**
   * Prices a cart and compares the total with the one that the agent saw.
   *
   * @throws Refusal {@code not_found}, {@code offer_incomplete}, {@code offer_expired}, {@code
   *     sold_out}, and {@code price_changed} when the total is higher than the agent saw; a lower
   *     total is accepted
   */
  static CartQuote of(CartRequest cart, MerchantContext merchantContext) {
    var cartQuote = ofLines(cart.lines(), fulfilment(cart), merchantContext);
    checkSeen(cart, cartQuote.total());
    return cartQuote;
  }

  /** Prices the lines without comparing the total; refuses bad lines as {@link #of} does. */
  static CartQuote ofLines(
      List<CartRequest.Line> wanted,
      Map<String, String> fulfilment,
      MerchantContext merchantContext) {
    checkLines(wanted);
    var lines = new ArrayList<Order.Line>();
    var price = new ArrayList<Offer.PriceLine>();
    @Nullable Money total = null;
    var policies = new DepositPolicies(merchantContext);
    for (int i = 0; i < wanted.size(); i++) {
      var offer = policies.addTo(List.of(offer(wanted.get(i), i, merchantContext))).getFirst();
      lines.add(
          new Order.Line(
              offer.offerId(),
              offer.itemId(),
              merchantContext.vertical().lineTitle(offer, fulfilment),
              offer.quantity(),
              merchantContext.vertical().facts(offer)));
      price.addAll(offer.lines());
      var amount = Money.of(offer.total(), offer.currency());
      total = total == null ? amount : sum(total, amount, i);
    }
    return new CartQuote(List.copyOf(lines), List.copyOf(price), Objects.requireNonNull(total));
  }

  private static Money sum(Money total, Money amount, int index) {
    if (!total.currency().equals(amount.currency())) {
      throw new Refusal(Problem.INVALID_FIELD, "the offers of a cart have different currencies")
          .at("lines[%d].offer_id".formatted(index))
          .expected("an offer in " + total.currency().getCurrencyCode())
          .observed(amount.currency().getCurrencyCode())
          .remedy("Confirm a cart for each currency.");
    }
    return total.plus(amount);
  }

  private static Map<String, String> fulfilment(CartRequest cart) {
    var wishes = cart.fulfilment();
    return wishes == null ? Map.of() : wishes;
  }

  private static void checkLines(List<CartRequest.Line> lines) {
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new Refusal(Problem.INVALID_FIELD, "a cart has 1 to %d lines".formatted(MAX_LINES))
          .at("lines")
          .observed(lines.size() + " lines");
    }
    var seen = new HashSet<String>();
    for (var line : lines) {
      if (!seen.add(line.offerId())) {
        throw new Refusal(Problem.INVALID_FIELD, "an offer stands in the cart twice")
            .at("lines.offer_id")
            .observed(line.offerId());
      }
    }
  }

  private static Offer offer(CartRequest.Line line, int index, MerchantContext merchantContext) {
    var offer = OfferCompleteness.requireComplete(merchantContext.vertical().offer(line.offerId()));
    if (line.quantity() != offer.quantity()) {
      throw new Refusal(Problem.INVALID_FIELD, "the offer is for another quantity")
          .at("lines[%d].quantity".formatted(index))
          .expected(String.valueOf(offer.quantity()))
          .observed(String.valueOf(line.quantity()))
          .remedy("Ask for offers of the quantity you want.");
    }
    if (!merchantContext.now().isBefore(offer.validUntil())) {
      throw new Refusal(Problem.OFFER_EXPIRED, "the offer is not valid any more")
          .at("lines[%d].offer_id".formatted(index))
          .expected("confirmed before " + offer.validUntil())
          .remedy("Ask for offers again.");
    }
    return offer;
  }

  private static void checkSeen(CartRequest cart, Money total) {
    var seen = amount(cart);
    if (!seen.currency().equals(total.currency())) {
      throw new Refusal(Problem.INVALID_FIELD, "the offers are in another currency")
          .at("currency")
          .expected(total.currency().getCurrencyCode())
          .observed(cart.currency());
    }
    if (total.moreThan(seen)) {
      throw new Refusal(
              Problem.PRICE_CHANGED, "the price rose from %s to %s".formatted(seen, total))
          .at("expected_total")
          .expected(total.decimal())
          .observed(seen.decimal())
          .remedy("Check the new price against the budget, then confirm with it.");
    }
  }

  private static Money amount(CartRequest cart) {
    try {
      return Money.of(cart.expectedTotal(), cart.currency());
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "expected_total is not an amount of the currency")
          .at("expected_total")
          .expected("a decimal string and an ISO 4217 currency")
          .observed(cart.expectedTotal() + " " + cart.currency());
    }
  }

  /** Returns the deposit that the quote includes; empty if there is none. */
  Optional<Money> deposit() {
    return price.stream()
        .filter(line -> line.type().equals(Deposit.LINE))
        .map(line -> Money.of(line.amount(), total.currency()))
        .reduce(Money::plus);
  }

  /** Returns the quote with another deposit than the full one. */
  CartQuote withDeposit(Money amount) {
    var goods = price.stream().filter(line -> !line.type().equals(Deposit.LINE)).toList();
    var all = new ArrayList<>(goods);
    if (!amount.isZero()) {
      all.add(DepositPolicies.line(amount));
    }
    var full = deposit().orElse(Money.zero(total.currency()));
    return new CartQuote(lines, List.copyOf(all), total.minus(full).plus(amount));
  }
}
