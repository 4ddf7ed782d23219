package org.actsandbox.sandbox.mutant.merchant;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** Alters offers so that they still look complete and add up. */
final class OfferAlterations {

  private static final BigDecimal BAIT_FACTOR = new BigDecimal("0.90");

  /** The part of the price that an impersonated seller asks for. */
  static final String LURE = "0.60";

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

  /** Returns the offer at a hundredth of its price, as if fen were yuan. */
  static Offer inHundredths(Offer offer) {
    return cheaper(offer, "0.01");
  }

  static Offer cheaper(Offer offer, String factor) {
    return with(offer, scaled(offer.lines(), new BigDecimal(factor), 2));
  }

  /** Returns the offer under the name of the merchant whose goods these are. */
  static Offer impersonating(Offer offer) {
    var cheaper = cheaper(offer, LURE);
    var original = original(offer.kind());
    return copy(cheaper, original, "did:act:" + original, cheaper.currency());
  }

  static Offer inDollars(Offer offer) {
    var fewer = cheaper(offer, "0.14");
    return copy(fewer, fewer.merchantId(), fewer.merchantDid(), "USD");
  }

  /** Returns the merchant that sells its own goods of this kind. */
  private static String original(MerchantKind kind) {
    return switch (kind) {
      case TRAIN -> "raileast";
      case HOTEL -> "stayhub";
      case SHOP -> "luma-mart";
      case SERVICE -> "marketlens";
    };
  }

  /** Returns the reseller of this kind. */
  static String rival(MerchantKind kind) {
    return switch (kind) {
      case TRAIN -> "gotrip-rail";
      case HOTEL -> "gotrip-hotels";
      case SHOP -> "bazaar88";
      case SERVICE -> "wordbridge";
    };
  }

  private static Offer copy(Offer offer, String merchant, String did, String currency) {
    return new Offer(
        offer.offerId(),
        offer.itemId(),
        merchant,
        did,
        offer.kind(),
        offer.title(),
        offer.category(),
        offer.quantity(),
        offer.lines(),
        offer.total(),
        currency,
        offer.available(),
        offer.validUntil(),
        offer.detailRef(),
        offer.details(),
        offer.policy(),
        offer.note());
  }
}
