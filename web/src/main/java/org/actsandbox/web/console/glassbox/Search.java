package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.protocol.commerce.Offer;

/**
 * One subtask's offers.
 *
 * @param asked names of the platforms asked
 * @param leftOut platform and why, as sentences
 */
record Search(String kind, List<String> asked, List<String> leftOut, List<Candidate> offers) {

  record Candidate(String merchant, String why, boolean recommended, Offer offer) {}
}
