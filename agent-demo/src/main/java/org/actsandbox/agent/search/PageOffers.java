package org.actsandbox.agent.search;

import java.time.Duration;
import java.util.Optional;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.ShopWish;

/** Finds what a merchant sells behind one paid address, without a cart (A402). */
public interface PageOffers {

  /** Finds nothing: for purchases that need an order which the merchant signed. */
  PageOffers NONE =
      new PageOffers() {
        @Override
        public boolean isNamed(Platform gate, ShopWish wish) {
          return false;
        }

        @Override
        public Optional<RankedOffer> find(
            Platform gate, int search, String intentId, ShopWish wish, Duration timeout) {
          return Optional.empty();
        }
      };

  /** Returns whether the wish names the merchant or its resource, so that its page comes first. */
  boolean isNamed(Platform gate, ShopWish wish);

  /**
   * Returns the page as an offer at the price of its bill; empty if it is not what is wished.
   *
   * @throws org.actsandbox.agent.wire.ParticipantRefusal if the page has no bill that can be paid
   * @throws org.actsandbox.protocol.http.NoAnswerException if there is no answer in time
   */
  Optional<RankedOffer> find(
      Platform gate, int search, String intentId, ShopWish wish, Duration timeout);
}
