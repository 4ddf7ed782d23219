package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.web.console.decoder.Narrator;

/**
 * One subtask's offers.
 *
 * @param asked names of the platforms asked
 * @param leftOut platform and why, as sentences
 */
record Search(String kind, List<Text> asked, List<String> leftOut, List<Candidate> offers) {

  record Candidate(String why, boolean recommended, Offer offer) {

    public Text merchantName() {
      return Narrator.nameOf(offer.merchantDid());
    }
  }
}
