package org.actsandbox.agent.search;

import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;

/**
 * One wish asked at all platforms of its vertical.
 *
 * @param offers best first
 * @param nearest the cheapest that was offered when none of it fits the wish
 */
public record Search(
    Wish wish,
    List<String> asked,
    List<LeftOut> leftOut,
    List<ShownOffer> offers,
    Optional<Offer> nearest) {

  /** A platform that could not be counted on, and why. */
  public record LeftOut(String platform, String code, Text reason) {}

  Search with(List<ShownOffer> chosen) {
    return new Search(wish, asked, leftOut, chosen, nearest);
  }
}
