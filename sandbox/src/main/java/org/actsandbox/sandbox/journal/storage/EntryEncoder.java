package org.actsandbox.sandbox.journal.storage;

import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the row of a pending entry; an entry that cannot be made is replaced and never lost. */
final class EntryEncoder {

  private static final Logger log = LoggerFactory.getLogger(EntryEncoder.class);

  /** Limit of an entry in bytes; it leaves room below the limit of a block. */
  static final int MAX_DATA = 900_000;

  private EntryEncoder() {}

  static JournalRow encode(PendingEntry pendingEntry, long seq) {
    try {
      var entry = pendingEntry.numbered(seq);
      var row = JournalRow.of(entry.line(), entry.data());
      if (row.json().length <= MAX_DATA) {
        return row;
      }
      int length = Json.bytes(entry.data()).length;
      return JournalRow.of(entry.line(), remark("data of " + length + " bytes left out"));
    } catch (RuntimeException broken) {
      log.error("journal entry {} cannot be written down", seq, broken);
      return JournalRow.of(
          new UnwritableEntry(pendingEntry).numbered(seq).line(),
          remark("entry could not be written down"));
    }
  }

  private static Map<String, String> remark(String text) {
    return Map.of("remark", text);
  }
}
