package org.actsandbox.web.console.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.journal.JournalIds;

/** Finds out which filter of the journal a reader means who types one word. */
final class JournalSearch {

  /** The beginnings of numbers, in the order in which they are tried. */
  private static final Map<String, String> NUMBERS = numbers();

  private static final Pattern COMPONENT = Pattern.compile("[A-Z]{3}-[A-Z]{3,4}(-[A-Z0-9]{3,4})?");

  private JournalSearch() {}

  private static Map<String, String> numbers() {
    var numbers = new LinkedHashMap<String, String>();
    numbers.put("did:", "participant");
    numbers.put("T-", JournalIds.TRADE_NO);
    numbers.put("I-", JournalIds.INTENT_ID);
    numbers.put("D-", JournalIds.DELEGATION_ID);
    numbers.put("C-", JournalIds.CONVERSATION_ID);
    numbers.put("Q-", "request_id");
    numbers.put("P-", "request_id");
    return numbers;
  }

  /**
   * Returns the name of the filter; a text that is none of the known kinds is an order's number.
   *
   * @param dids the participants' DIDs by their names in the reader's language
   */
  static Map.Entry<String, String> filter(String text, Map<String, String> dids) {
    var named =
        dids.entrySet().stream()
            .filter(each -> each.getKey().equalsIgnoreCase(text))
            .map(Map.Entry::getValue)
            .findFirst();
    if (named.isPresent()) {
      return Map.entry("participant", named.get());
    }
    if (COMPONENT.matcher(text).matches()) {
      return Map.entry("component", text);
    }
    return Map.entry(name(text).orElse(JournalIds.ORDER_NO), text);
  }

  private static Optional<String> name(String text) {
    return NUMBERS.entrySet().stream()
        .filter(each -> text.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
