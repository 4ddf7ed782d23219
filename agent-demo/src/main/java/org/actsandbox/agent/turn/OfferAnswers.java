package org.actsandbox.agent.turn;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.search.OfferReasons;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;

/** Answers questions about offers that were shown, from the facts of these offers alone. */
final class OfferAnswers {

  /** The act that asks for other offers. */
  static final String OTHERS = "offer.others";

  /** Returns whether the answer to the act names several offers. */
  static boolean namesOffers(String topic) {
    return topic.equals(Interpretation.OfferQuestion.COMPARISON) || topic.equals(OTHERS);
  }

  /** Ours: a comparison of more offers would be as long as the list itself. */
  private static final int MAX_COMPARED = 3;

  private final ConversationNarrator narrator;
  private final Proposal proposal;

  OfferAnswers(ConversationNarrator narrator, Proposal proposal) {
    this.narrator = narrator;
    this.proposal = proposal;
  }

  /**
   * Answers one question about offers.
   *
   * @param topic an act of {@code acts.txt}
   * @param offerIds the offers that the question names; when it names none, the recommended ones
   *     are meant, or else the first offer of each list
   */
  String answer(String topic, List<String> offerIds) {
    if (topic.equals(OTHERS)) {
      return others();
    }
    if (topic.equals("offer.change")) {
      return changes(offerIds);
    }
    var offers = offers(topic, offerIds);
    var answers =
        offers.stream()
            .map(shown -> narrator.phrase("answer.of", shown.offer().title(), answer(topic, shown)))
            .collect(Collectors.joining(isChinese() ? "" : " "));
    boolean isOfAll =
        offerIds.isEmpty() || Set.copyOf(offerIds).equals(Set.copyOf(proposal.recommended()));
    return topic.equals("offer.price") && offers.size() > 1 && isOfAll
        ? answers + (isChinese() ? "" : " ") + narrator.phrase("answer.together", proposal.total())
        : answers;
  }

  /**
   * Names the next offers of each list; the principal takes one by its number. Another rate of the
   * hotel that is recommended is no other hotel, and another merchant's ticket no other train.
   */
  private String others() {
    var others =
        othersIn(proposal).stream()
            .map(shown -> other(placeOf(shown.offer().offerId()), shown.offer()))
            .toList();
    return others.isEmpty()
        ? narrator.phrase("answer.others.none")
        : narrator.phrase("answer.others", String.join(isChinese() ? "；" : "; ", others));
  }

  /** Returns the next offers of each list, which the answer names. */
  static List<RankedOffer> othersIn(Proposal proposal) {
    return proposal.searches().stream()
        .flatMap(
            search ->
                IntStream.range(1, search.offers().size())
                    .filter(i -> isOther(search.offers(), i))
                    .limit(MAX_COMPARED)
                    .mapToObj(search.offers()::get))
        .limit(MAX_COMPARED)
        .toList();
  }

  private int placeOf(String offerId) {
    return proposal.searches().stream()
            .flatMapToInt(
                search ->
                    IntStream.range(0, search.offers().size())
                        .filter(i -> search.offers().get(i).offer().offerId().equals(offerId)))
            .findFirst()
            .orElseThrow()
        + 1;
  }

  /** Says whether the trains are one journey with a change, or direct. */
  private String changes(List<String> offerIds) {
    var trains =
        offers("offer.change", offerIds).stream()
            .flatMap(
                shown ->
                    shown.offer().details() instanceof OfferDetails.Train train
                        ? Stream.of(train)
                        : Stream.empty())
            .toList();
    if (trains.isEmpty()) {
      return narrator.phrase("answer.unknown");
    }
    var legs = trains.getFirst();
    if (trains.size() > 1 && trains.get(1).from().equals(legs.to())) {
      return narrator.phrase(
          "answer.change",
          legs.to(),
          minutes((int) Duration.between(legs.arrives(), trains.get(1).departs()).toMinutes()));
    }
    return narrator.phrase("answer.change.none");
  }

  private static boolean isOther(List<RankedOffer> offers, int place) {
    return offers.subList(0, place).stream()
        .map(before -> name(before.offer()))
        .noneMatch(name(offers.get(place).offer())::equals);
  }

  /** Returns what an offer is of, which several rates and several merchants can have. */
  private static Object name(Offer offer) {
    return switch (offer.details()) {
      case OfferDetails.Hotel hotel -> hotel.hotel();
      case OfferDetails.Train train -> train.trainNo();
      case OfferDetails.Shop shop -> shop.product();
      default -> offer.offerId();
    };
  }

  private String other(int place, Offer offer) {
    return narrator.phrase("answer.other", place, offer.title(), offer.total());
  }

  /** Returns the named offers, or the first two of each list when fewer than two are named. */
  static List<RankedOffer> compared(Proposal proposal, List<String> offerIds) {
    var offers =
        offerIds.size() < 2
            ? proposal.searches().stream().flatMap(search -> search.offers().stream().limit(2))
            : offerIds.stream().flatMap(id -> proposal.offer(id).stream());
    return offers.limit(MAX_COMPARED).toList();
  }

  private List<RankedOffer> offers(String topic, List<String> offerIds) {
    if (topic.equals(Interpretation.OfferQuestion.COMPARISON)) {
      return compared(proposal, offerIds);
    }
    var ids = offerIds.isEmpty() ? proposal.recommended() : offerIds;
    var named = ids.stream().flatMap(id -> proposal.offer(id).stream()).toList();
    return named.isEmpty()
        ? proposal.searches().stream().flatMap(search -> search.offers().stream().limit(1)).toList()
        : named.stream().limit(MAX_COMPARED).toList();
  }

  private String answer(String topic, RankedOffer shown) {
    var offer = shown.offer();
    return switch (topic) {
      case "offer.why" -> narrator.phrase(shown.why());
      case "offer.refund" -> refund(offer);
      case "offer.breakfast" -> breakfast(offer);
      case "offer.seat" -> seat(offer);
      case "offer.distance" -> distance(offer);
      case "offer.rating" -> rating(offer);
      case "offer.shipping" -> shipping(offer);
      case "offer.time" -> time(offer);
      case "offer.price" -> price(offer);
      default -> compared(shown);
    };
  }

  private String refund(Offer offer) {
    if (offer.details() instanceof OfferDetails.Hotel hotel) {
      var until = hotel.cancellableUntil();
      return until == null
          ? narrator.phrase("answer.refund.never")
          : narrator.phrase("answer.refund.until", moment(until.toZonedDateTime()));
    }
    var policy = offer.policy();
    // The merchant's sentence stands inside a sentence of the agent, which ends by itself.
    return policy == null
        ? narrator.phrase("answer.unknown")
        : narrator.phrase(policy).replaceFirst("[.。]+$", "");
  }

  private String breakfast(Offer offer) {
    return offer.details() instanceof OfferDetails.Hotel hotel
        ? narrator.phrase(hotel.breakfast() ? "answer.breakfast.yes" : "answer.breakfast.no")
        : narrator.phrase("answer.breakfast.none");
  }

  private String seat(Offer offer) {
    if (!(offer.details() instanceof OfferDetails.Train train)) {
      return narrator.phrase("answer.seat.none");
    }
    var left =
        train.seatsLeft().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    narrator.phrase(
                        "answer.seat.left",
                        narrator.phrase("position." + entry.getKey()),
                        entry.getValue()))
            .collect(Collectors.joining(isChinese() ? "、" : ", "));
    return train.position() == null
        ? narrator.phrase("answer.seat.any", left)
        : narrator.phrase(
            "answer.seat.kept", narrator.phrase("position." + train.position()), left);
  }

  private String distance(Offer offer) {
    return switch (offer.details()) {
      case OfferDetails.Hotel hotel ->
          narrator.phrase(
              "answer.distance", OfferReasons.distance(hotel.metresToNear()), hotel.near());
      case OfferDetails.Train train ->
          narrator.phrase("answer.distance.train", train.from(), train.to());
      default -> narrator.phrase("answer.distance.none");
    };
  }

  private String rating(Offer offer) {
    return switch (offer.details()) {
      case OfferDetails.Hotel hotel ->
          narrator.phrase("answer.rating.hotel", hotel.stars(), hotel.score());
      case OfferDetails.Shop shop when !shop.rating().isEmpty() ->
          narrator.phrase("answer.rating", shop.rating());
      default -> narrator.phrase("answer.unknown");
    };
  }

  private String shipping(Offer offer) {
    if (!(offer.details() instanceof OfferDetails.Shop shop)) {
      // A question about the arrival of a train asks for its time.
      return offer.details() instanceof OfferDetails.Train
          ? time(offer)
          : narrator.phrase("answer.shipping.none");
    }
    var fee =
        offer.lines().stream()
            .filter(line -> line.type().equals("shipping"))
            .map(Offer.PriceLine::amount)
            .findFirst()
            .orElse("0.00");
    if (shop.promisedBy() == null) {
      return narrator.phrase("answer.shipping.unsaid", shop.shipping());
    }
    return narrator.phrase(
        fee.equals("0.00") ? "answer.shipping.free" : "answer.shipping",
        shop.shipping(),
        fee,
        moment(shop.promisedBy().toZonedDateTime()));
  }

  private String time(Offer offer) {
    return switch (offer.details()) {
      case OfferDetails.Train train ->
          narrator.phrase(
              "answer.time.train",
              train.departs().toLocalTime().toString(),
              train.arrives().toLocalTime().toString(),
              minutes(train.minutes()));
      case OfferDetails.Hotel hotel ->
          narrator.phrase(
              "answer.time.hotel", hotel.checkIn().toString(), hotel.checkOut().toString());
      case OfferDetails.Shop shop when shop.promisedBy() != null ->
          narrator.phrase("answer.time.shop", moment(shop.promisedBy().toZonedDateTime()));
      case OfferDetails.Shop _, OfferDetails.Service _ -> narrator.phrase("answer.unknown");
    };
  }

  private String minutes(int minutes) {
    var length = Duration.ofMinutes(minutes);
    return length.toHours() == 0
        ? narrator.phrase("answer.minutes", minutes)
        : narrator.phrase("answer.hours", length.toHours(), length.toMinutesPart());
  }

  private String price(Offer offer) {
    var parts = new ArrayList<String>();
    for (var line : offer.lines()) {
      parts.add(narrator.phrase("answer.price.line", line.label(), line.amount()));
    }
    return narrator.phrase(
        "answer.price", offer.total(), String.join(isChinese() ? "，" : ", ", parts));
  }

  private String compared(RankedOffer shown) {
    var offer = shown.offer();
    // Two trains differ by their times, which no reason tells.
    var facts =
        offer.details() instanceof OfferDetails.Train ? time(offer) : narrator.phrase(shown.why());
    return narrator.phrase("answer.compare", offer.total(), facts);
  }

  private String moment(ZonedDateTime at) {
    return isChinese()
        ? "%d月%d日 %02d:%02d"
            .formatted(at.getMonthValue(), at.getDayOfMonth(), at.getHour(), at.getMinute())
        : "%s %d, %02d:%02d"
            .formatted(
                at.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                at.getDayOfMonth(),
                at.getHour(),
                at.getMinute());
  }

  private boolean isChinese() {
    return narrator.lang().equals("zh");
  }
}
