package org.actsandbox.sandbox.journal.storage;

import java.util.List;
import org.actsandbox.protocol.journal.JournalIds;

/** The ids by which entries are found. */
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

  /** Ids come from messages, so they may be of any length; cut, they still find the entry. */
  static String truncate(String value) {
    return JournalRow.truncate(value, VALUE_LENGTH);
  }

  /** What the index holds for an id. */
  static String key(String name, String value) {
    return name + "=" + truncate(value).replace('\0', '\uFFFD');
  }
}
