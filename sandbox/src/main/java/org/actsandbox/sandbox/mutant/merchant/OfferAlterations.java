package org.actsandbox.sandbox.mutant.merchant;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** Alters offers so that they still look complete and add up. */
final class OfferAlterations {

  private static final BigDecimal BAIT_FACTOR = new BigDecimal("0.90");

  private OfferAlterations() {}

  static Offer withCouponsTwice(Offer offer) {
    var lines = new ArrayList<Offer.PriceLine>();
    for (var line : offer.lines()) {
      lines.add(line);
      if (line.type().equals("coupon")) {
        lines.add(line);
      }
    }
    return sum(lines).signum() > 0 ? with(offer, lines) : offer;
  }

  /** Returns the offer a tenth cheaper than the cart will be. */
  static Offer asBait(Offer offer) {
    return with(offer, scaled(offer.lines(), BAIT_FACTOR, 2));
  }

  /** Returns the offer without fees and shipping. */
  static Offer withoutFees(Offer offer) {
    return with(
        offer,
        offer.lines().stream()
            .filter(line -> !line.type().equals("fee") && !line.type().equals("shipping"))
            .toList());
  }

  static Offer roundedUp(Offer offer) {
    return with(offer, scaled(offer.lines(), BigDecimal.ONE, 0));
  }

  static Offer titled(Offer offer, Text title, @Nullable Text note, int available) {
    return new Offer(
        offer.offerId(),
        offer.itemId(),
        offer.merchantId(),
        offer.merchantDid(),
        offer.kind(),
        title,
        offer.category(),
        offer.quantity(),
        offer.lines(),
        offer.total(),
        offer.currency(),
        available,
        offer.validUntil(),
        offer.detailRef(),
        offer.details(),
        offer.policy(),
        note);
  }

  static Offer with(Offer offer, List<Offer.PriceLine> lines) {
    return new Offer(
        offer.offerId(),
        offer.itemId(),
        offer.merchantId(),
        offer.merchantDid(),
        offer.kind(),
        offer.title(),
        offer.category(),
        offer.quantity(),
        List.copyOf(lines),
        sum(lines).setScale(2, RoundingMode.UNNECESSARY).toPlainString(),
        offer.currency(),
        offer.available(),
        offer.validUntil(),
        offer.detailRef(),
        offer.details(),
        offer.policy(),
        offer.note());
  }

  private static List<Offer.PriceLine> scaled(
      List<Offer.PriceLine> lines, BigDecimal factor, int digits) {
    return lines.stream()
        .map(
            line ->
                new Offer.PriceLine(
                    line.type(),
                    line.label(),
                    new BigDecimal(line.amount())
                        .multiply(factor)
                        .setScale(digits, RoundingMode.UP)
                        .setScale(2, RoundingMode.UNNECESSARY)
                        .toPlainString()))
        .toList();
  }

  private static BigDecimal sum(List<Offer.PriceLine> lines) {
    return lines.stream()
        .map(line -> new BigDecimal(line.amount()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
