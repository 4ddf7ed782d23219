package org.actsandbox.web.console.purchase;

import java.util.List;
import java.util.Objects;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.web.console.words.PageText;

/**
 * Says in the reader's language what an order is about.
 *
 * @param thing what was bought, as the merchant calls it; of more than two things the first and how
 *     many more
 * @param day the day of the journey or of the check-in, with its time or nights; empty for goods,
 *     and where the merchant's own words name the day
 * @param things each thing that was bought, with its quantity
 */
public record PurchaseTitle(String thing, String day, List<String> things) {

  /** Titles of more things than this name the first one and count the others. */
  private static final int MAX_NAMED = 2;

  /** Describes an order by the lines that its merchant signed. */
  public static PurchaseTitle of(Order order, PageText words) {
    var things =
        order.lines().stream()
            .map(
                line ->
                    words.text(line.title()) + (line.quantity() > 1 ? " × " + line.quantity() : ""))
            .toList();
    var named = String.join(words.say("purchase.and"), things);
    var days =
        order.lines().stream()
            .map(Order.Line::facts)
            .filter(Objects::nonNull)
            .filter(facts -> facts.date() != null && !named.contains(words.day(facts.date())))
            .map(facts -> day(facts, words))
            .distinct()
            .toList();
    var thing =
        things.size() > MAX_NAMED
            ? words.say("purchase.more", things.getFirst(), things.size() - 1, things.size())
            : named;
    return new PurchaseTitle(thing, String.join(", ", days), things);
  }

  private static String day(LineFacts facts, PageText words) {
    var day = words.day(facts.date());
    if (facts.departs() != null && facts.arrives() != null) {
      return day + ", " + facts.departs() + " → " + facts.arrives();
    }
    return facts.nights() == null ? day : day + ", " + words.say("purchase.nights", facts.nights());
  }

  /** Returns whether the title counts things that it does not name. */
  public boolean counts() {
    return things.size() > MAX_NAMED;
  }

  /** Returns the thing with its day, for one line. */
  public String line() {
    return day.isEmpty() ? thing : thing + " · " + day;
  }
}
