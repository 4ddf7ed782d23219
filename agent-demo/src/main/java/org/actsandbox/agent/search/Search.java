package org.actsandbox.agent.search;

import java.util.List;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Text;

/**
 * One wish asked at all platforms of its vertical.
 *
 * @param offers best first
 */
public record Search(
    Wish wish, List<String> asked, List<LeftOut> leftOut, List<ShownOffer> offers) {

  /** A platform that could not be counted on, and why. */
  public record LeftOut(String platform, String code, Text reason) {}

  Search with(List<ShownOffer> chosen) {
    return new Search(wish, asked, leftOut, chosen);
  }
}
