package org.actsandbox.sandbox.journal;

import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the row of a pending entry; an entry that cannot be made is replaced, never lost. */
final class Encoding {

  private static final Logger log = LoggerFactory.getLogger(Encoding.class);

  /** Characters; leaves room below the column's limit. */
  static final int MAX_DATA = 900_000;

  /** An entry with its data as text, once. */
  record Row(JournalEntry entry, String data) {}

  private Encoding() {}

  static Row encode(Pending pending, long seq) {
    JournalEntry entry;
    try {
      entry = pending.numbered(seq);
      var data = Json.write(entry.data()).replace("\\u0000", "\\uFFFD");
      if (data.length() <= MAX_DATA) {
        return new Row(entry, data);
      }
      return new Row(entry, remark("data of " + data.length() + " characters left out"));
    } catch (RuntimeException broken) {
      log.error("journal entry {} cannot be written down", seq, broken);
      return new Row(
          new Unwritable(pending).numbered(seq), remark("entry could not be written down"));
    }
  }

  private static String remark(String text) {
    return Json.write(Map.of("remark", text));
  }
}
