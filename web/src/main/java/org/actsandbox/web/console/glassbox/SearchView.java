package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.protocol.commerce.Offer;

/**
 * Shows the offers of one wish.
 *
 * @param want what the principal wants, in words
 * @param asked DIDs of the platforms that the agent asked
 * @param leftOut sentences that name a platform without offers and the reason
 */
record SearchView(
    String kind, String want, List<String> asked, List<String> leftOut, List<Candidate> offers) {

  record Candidate(String why, boolean recommended, Offer offer) {}

  public List<OfferGroup> groups() {
    return OfferGroup.of(offers);
  }
}
