package org.actsandbox.agent.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Checks an offer of a platform before the agent uses it: complete (CID-1), from the platform that
 * was asked, and correct in its sums.
 */
final class ReceivedOfferCheck {

  private static final List<String> REQUIRED =
      List.of(
          "offer_id",
          "item_id",
          "merchant_id",
          "merchant_did",
          "kind",
          "title",
          "category",
          "quantity",
          "lines",
          "total",
          "currency",
          "valid_until",
          "details",
          "detail_ref");

  private static final int MAX_TITLE = 120;
  private static final int MAX_TEXT = 300;

  private final Platform platform;
  private final Need need;
  private final Instant now;

  ReceivedOfferCheck(Platform platform, Need need, Instant now) {
    this.platform = platform;
    this.need = need;
    this.now = now;
  }

  /** Holds either the offer with harmless texts, or the reason why it was dropped. */
  record Verdict(Optional<Offer> offer, String problem) {}

  Verdict check(JsonNode raw) {
    for (var field : REQUIRED) {
      if (!raw.hasNonNull(field)) {
        return dropped("incomplete: " + field);
      }
    }
    try {
      var offer = Json.read(raw, Offer.class);
      var problem = problem(offer);
      return problem.isEmpty() ? new Verdict(Optional.of(sanitized(offer)), "") : dropped(problem);
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      // A required part inside a nested object is missing: the offer is dropped.
      return dropped("malformed");
    }
  }

  private String problem(Offer offer) {
    if (!offer.offerId().matches("[A-Za-z0-9._:~-]{1,120}")) {
      return "malformed: offer_id";
    }
    if (!offer.merchantDid().equals(platform.did().value())
        || !offer.merchantId().equals(platform.id())) {
      return "foreign merchant";
    }
    if (!offer.kind().equals(need.kindOf()) || !fits(offer)) {
      return "not what was asked for";
    }
    if (!offer.currency().equals(Money.CNY.getCurrencyCode())) {
      return "foreign currency";
    }
    if (!now.isBefore(offer.validUntil())) {
      return "no longer valid";
    }
    return sum(offer);
  }

  private static String sum(Offer offer) {
    var total = Money.of(offer.total(), offer.currency());
    var sum =
        offer.lines().stream()
            .map(line -> new BigDecimal(line.amount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (total.isZero() || sum.compareTo(new BigDecimal(total.decimal())) != 0) {
      return "price lines do not add up";
    }
    return "";
  }

  /**
   * The principal's wish, and not the merchant's text, decides what is bought and how many; another
   * offer would be bait.
   */
  private boolean fits(Offer offer) {
    return switch (need) {
      case Need.Train wish ->
          offer.details() instanceof OfferDetails.Train train
              && offer.quantity() == wish.passengers()
              && train.departs().toLocalDate().equals(wish.date())
              && train.departs().isBefore(train.arrives())
              && train.departs().toInstant().isAfter(now)
              && (wish.seatClass() == null || wish.seatClass().equals(train.seatClass()));
      case Need.Hotel wish ->
          offer.details() instanceof OfferDetails.Hotel hotel
              && hotel.checkIn().equals(wish.checkIn())
              && hotel.nights() == wish.nights()
              && hotel.guests() >= wish.guests();
      case Need.Shop wish ->
          offer.details() instanceof OfferDetails.Shop shop
              && offer.quantity() == wish.quantity()
              && shop.promisedBy() != null
              && shop.quantity() == wish.quantity();
    };
  }

  private static Offer sanitized(Offer offer) {
    return new Offer(
        offer.offerId(),
        offer.itemId(),
        offer.merchantId(),
        offer.merchantDid(),
        offer.kind(),
        UntrustedText.sanitize(offer.title(), MAX_TITLE),
        UntrustedText.sanitize(offer.category(), MAX_TITLE),
        offer.quantity(),
        offer.lines().stream()
            .map(
                line ->
                    new Offer.PriceLine(
                        UntrustedText.sanitize(line.type(), 20),
                        UntrustedText.sanitize(line.label(), MAX_TITLE),
                        line.amount()))
            .toList(),
        Money.of(offer.total(), offer.currency()).decimal(),
        offer.currency(),
        offer.available(),
        offer.validUntil(),
        offer.detailRef(),
        offer.details(),
        offer.policy() == null ? null : UntrustedText.sanitize(offer.policy(), MAX_TEXT),
        offer.note() == null ? null : UntrustedText.sanitize(offer.note(), MAX_TEXT));
  }

  private static Verdict dropped(String problem) {
    return new Verdict(Optional.empty(), problem);
  }
}
