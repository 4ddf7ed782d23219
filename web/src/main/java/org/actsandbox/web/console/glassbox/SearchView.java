package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.decoder.EntryNarrator;

/**
 * One subtask's offers.
 *
 * @param asked names of the platforms asked
 * @param leftOut platform and why, as sentences
 */
record SearchView(String kind, List<Text> asked, List<String> leftOut, List<Candidate> offers) {

  record Candidate(String why, boolean recommended, Offer offer) {

    public Text merchantName() {
      return EntryNarrator.nameOf(offer.merchantDid());
    }
  }
}
