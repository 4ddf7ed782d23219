package org.actsandbox.agent.search;

import java.util.stream.Stream;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * An offer that passed every check, with the agent's reasons.
 *
 * @param need the need that was sent; it is the only source of quantities
 * @param search the index of the wish that it answers, from 0
 */
public record RankedOffer(
    int search, Offer offer, Need need, Text why, boolean recommended, boolean suspicious) {

  public Money total() {
    return Money.of(offer.total(), offer.currency());
  }

  /** Returns the features of the wish that the merchant does not mention. */
  public Stream<String> unconfirmed(Wish wish) {
    return wish instanceof ShopWish shop
        ? shop.features().stream().filter(feature -> !OfferRanking.hasFeature(offer, feature))
        : Stream.empty();
  }

  RankedOffer recommended(boolean chosen) {
    return new RankedOffer(search, offer, need, why, chosen, suspicious);
  }
}
