package org.actsandbox.sandbox.journal.storage;

import java.util.List;
import org.actsandbox.protocol.journal.JournalIds;

/** Names the ids by which journal entries are found, and writes the keys of the index. */
final class JournalIdIndex {

  static final List<String> NAMES =
      List.of(
          JournalIds.INTENT_ID,
          JournalIds.CONVERSATION_ID,
          JournalIds.DELEGATION_ID,
          JournalIds.ORDER_NO,
          JournalIds.TRADE_NO,
          JournalIds.RESOURCE_ID);

  static final String LIST = String.join(", ", NAMES);

  private static final int VALUE_LENGTH = 120;

  private JournalIdIndex() {}

  /**
   * Shortens a value: ids come from messages and may have any length; a shortened one still finds
   * the entry.
   */
  static String truncate(String value) {
    return JournalRow.truncate(value, VALUE_LENGTH);
  }

  static boolean isTooLong(String value) {
    return value.length() > VALUE_LENGTH;
  }

  /** Returns the key of an id in the index. */
  static String key(String name, String value) {
    return name + "=" + truncate(value).replace('\0', '\uFFFD');
  }
}
