package org.actsandbox.web.console.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the amounts of money in a message. */
final class AmountFinder {

  private static final Pattern NAMES = Pattern.compile("(?:.*_)?(?:amount|total|price)");
  private static final Pattern DECIMAL = Pattern.compile("\\d+\\.\\d{2}");

  private AmountFinder() {}

  /** Returns all amounts in the order of the message, the request before the answer. */
  static List<String> in(JournalEntry entry) {
    var amounts = new ArrayList<String>();
    if (entry.kind() == Kind.EXCHANGE) {
      var exchange = EntryNarrator.exchangeOf(entry);
      add(json(exchange.requestBody()), amounts);
      add(json(exchange.responseBody()), amounts);
      exchange.decoded().values().forEach(value -> add(value, amounts));
    } else {
      add(entry.data(), amounts);
    }
    return List.copyOf(amounts);
  }

  private static @Nullable JsonNode json(JournalExchange.@Nullable Body body) {
    return body == null ? null : body.json();
  }

  private static void add(@Nullable JsonNode node, List<String> amounts) {
    if (node == null) {
      return;
    }
    for (var field : node.properties()) {
      var value = field.getValue().asString("");
      if (NAMES.matcher(field.getKey()).matches() && DECIMAL.matcher(value).matches()) {
        amounts.add(value);
      }
      add(field.getValue(), amounts);
    }
    if (node.isArray()) {
      node.forEach(each -> add(each, amounts));
    }
  }
}
