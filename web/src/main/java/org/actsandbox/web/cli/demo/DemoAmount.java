package org.actsandbox.web.cli.demo;

import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Writes an amount as the console does: {@code ¥1,491.36}, and {@code USD 12.00}. */
final class DemoAmount {

  private DemoAmount() {}

  /** Writes the members {@code amount} and {@code currency} of a message. */
  static String of(JsonNode message) {
    return of(message.path("amount").asString(), message.path("currency").asString());
  }

  static String of(String amount, String currency) {
    return currency.equals("CNY") ? yuan(amount) : currency + " " + grouped(amount);
  }

  static String yuan(String amount) {
    return "¥" + grouped(amount);
  }

  private static String grouped(String amount) {
    return String.format(Locale.ROOT, "%,.2f", new BigDecimal(amount));
  }
}
