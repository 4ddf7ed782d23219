package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.decoder.EntryNarrator;

/**
 * Shows the offers of one wish.
 *
 * @param asked names of the platforms that the agent asked
 * @param leftOut sentences that name a platform without offers and the reason
 */
record SearchView(String kind, List<Text> asked, List<String> leftOut, List<Candidate> offers) {

  record Candidate(String why, boolean recommended, Offer offer) {

    public Text merchantName() {
      return EntryNarrator.nameOf(offer.merchantDid());
    }
  }

  public List<OfferGroup> groups() {
    return OfferGroup.of(offers);
  }
}
