package org.actsandbox.web.console.purchase;

import java.util.Objects;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.web.console.words.PageText;

/**
 * Says in the reader's language what an order is about.
 *
 * @param thing what was bought, as the merchant calls it
 * @param day the day of the journey or of the check-in, with its time or nights; empty for goods,
 *     and where the merchant's own words name the day
 */
public record PurchaseTitle(String thing, String day) {

  /** Describes an order by the lines that its merchant signed. */
  public static PurchaseTitle of(Order order, PageText words) {
    var things =
        order.lines().stream()
            .map(
                line ->
                    words.text(line.title()) + (line.quantity() > 1 ? " × " + line.quantity() : ""))
            .collect(Collectors.joining(", "));
    var days =
        order.lines().stream()
            .map(Order.Line::facts)
            .filter(Objects::nonNull)
            .filter(facts -> facts.date() != null && !things.contains(words.day(facts.date())))
            .map(facts -> day(facts, words))
            .distinct()
            .toList();
    return new PurchaseTitle(things, String.join(", ", days));
  }

  private static String day(LineFacts facts, PageText words) {
    var day = words.day(facts.date());
    if (facts.departs() != null && facts.arrives() != null) {
      return day + ", " + facts.departs() + " → " + facts.arrives();
    }
    return facts.nights() == null ? day : day + ", " + words.say("purchase.nights", facts.nights());
  }

  /** Returns the thing with its day, for one line. */
  public String line() {
    return day.isEmpty() ? thing : thing + " · " + day;
  }
}
