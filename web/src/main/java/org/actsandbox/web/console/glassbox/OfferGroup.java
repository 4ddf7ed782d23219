package org.actsandbox.web.console.glassbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.decoder.HostileText;
import org.actsandbox.web.console.picture.PricePicture;

/**
 * Holds the offers of all platforms for one thing: a train, a room at a hotel or a product.
 *
 * @param prices in the order in which the agent ranked them
 */
record OfferGroup(List<PlatformPrice> prices) {

  /**
   * Is one offer that can be chosen.
   *
   * @param number place in the agent's ranking, from 1
   */
  record PlatformPrice(int number, SearchView.Candidate candidate, PricePicture.Bar bar) {}

  public Offer offer() {
    return prices.getFirst().candidate().offer();
  }

  public boolean recommended() {
    return prices.stream().anyMatch(price -> price.candidate().recommended());
  }

  /** Lists the texts of the offers that give an agent orders, each once. */
  public List<Text> hostileTexts() {
    return prices.stream()
        .map(price -> price.candidate().offer())
        .flatMap(each -> Stream.of(each.title(), each.note()))
        .filter(Objects::nonNull)
        .filter(text -> HostileText.isIn(text.en()) || HostileText.isIn(text.zh()))
        .distinct()
        .toList();
  }

  /** Groups the offers; a group stands where its best offer stands. */
  static List<OfferGroup> of(List<SearchView.Candidate> candidates) {
    var picture = PricePicture.of(candidates.stream().map(SearchView.Candidate::offer).toList());
    var groups = new LinkedHashMap<String, List<PlatformPrice>>();
    for (int i = 0; i < candidates.size(); i++) {
      groups
          .computeIfAbsent(thing(candidates.get(i).offer()), _ -> new ArrayList<>())
          .add(new PlatformPrice(i + 1, candidates.get(i), picture.bars().get(i)));
    }
    return groups.values().stream().map(prices -> new OfferGroup(List.copyOf(prices))).toList();
  }

  private static String thing(Offer offer) {
    return switch (offer.details()) {
      case OfferDetails.Train train -> train.trainNo() + train.departs();
      case OfferDetails.Hotel hotel -> hotel.hotel().en() + hotel.checkIn();
      case OfferDetails.Shop shop -> shop.product().en() + shop.variant().en();
      case OfferDetails.Service _ -> offer.offerId();
    };
  }
}
