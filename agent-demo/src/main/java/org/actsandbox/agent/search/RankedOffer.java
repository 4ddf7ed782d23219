package org.actsandbox.agent.search;

import java.util.stream.Stream;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

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

  /**
   * Returns the offer's title with the seat that the principal picked, which stands instead of the
   * position that the offer promises.
   */
  public Text titleWith(@Nullable String seat) {
    var title = offer.title();
    if (seat == null || !(offer.details() instanceof OfferDetails.Train train)) {
      return title;
    }
    boolean promises = train.position() != null;
    return new Text(
        (promises ? before(title.en(), ", ") : title.en()) + ", seat " + seat,
        (promises ? before(title.zh(), " ") : title.zh()) + " " + seat);
  }

  private static String before(String title, String separator) {
    int end = title.lastIndexOf(separator);
    return end < 0 ? title : title.substring(0, end);
  }

  /** Returns the features of the wish that the merchant does not mention. */
  public Stream<String> unconfirmed(Wish wish) {
    return wish instanceof ShopWish shop ? GoodsText.unmentioned(shop, offer) : Stream.empty();
  }

  /** Returns the offer with another reason. */
  RankedOffer because(Text reason) {
    return new RankedOffer(search, offer, need, reason, recommended, suspicious);
  }

  /** Returns the offer as one of another search of the proposal. */
  RankedOffer inSearch(int place) {
    return new RankedOffer(place, offer, need, why, recommended, suspicious);
  }

  RankedOffer recommended(boolean chosen) {
    return new RankedOffer(search, offer, need, why, chosen, suspicious);
  }
}
