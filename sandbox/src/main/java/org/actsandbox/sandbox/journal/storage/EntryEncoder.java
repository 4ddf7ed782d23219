package org.actsandbox.sandbox.journal.storage;

import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the row of a pending entry; an entry that cannot be made is replaced and never lost. */
final class EntryEncoder {

  private static final Logger log = LoggerFactory.getLogger(EntryEncoder.class);

  /** Limit in bytes; it leaves room below the limit of a block. */
  static final int MAX_DATA = 900_000;

  private EntryEncoder() {}

  static JournalRow encode(PendingEntry pendingEntry, long seq) {
    try {
      var entry = pendingEntry.numbered(seq);
      var data = Json.bytes(entry.data());
      if (data.length <= MAX_DATA) {
        return new JournalRow(entry.line(), data);
      }
      return new JournalRow(entry.line(), remark("data of " + data.length + " bytes left out"));
    } catch (RuntimeException broken) {
      log.error("journal entry {} cannot be written down", seq, broken);
      return new JournalRow(
          new UnwritableEntry(pendingEntry).numbered(seq).line(),
          remark("entry could not be written down"));
    }
  }

  private static byte[] remark(String text) {
    return Json.bytes(Map.of("remark", text));
  }
}
