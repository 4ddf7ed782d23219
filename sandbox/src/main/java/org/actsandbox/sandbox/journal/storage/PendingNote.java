package org.actsandbox.sandbox.journal.storage;

import java.time.Instant;
import java.util.HashMap;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.SecretMasker;
import tools.jackson.databind.node.ObjectNode;

/** Represents a participant's note on its way to the journal. */
record PendingNote(JournalNote note, Instant at, Instant recordedAt, SecretMasker secrets)
    implements PendingEntry {

  private static final int ROUGH_BYTES = 1024;

  @Override
  public int weight() {
    return ROUGH_BYTES;
  }

  @Override
  public Numbered numbered(long seq) {
    var data = (ObjectNode) secrets.mask(Json.tree(note.data()));
    var ids = new HashMap<String, String>();
    for (var id : secrets.ids(note.ids()).entrySet()) {
      if (JournalIdIndex.NAMES.contains(id.getKey())) {
        ids.put(id.getKey(), id.getValue());
      } else if (!data.has(id.getKey())) {
        data.put(id.getKey(), id.getValue());
      }
    }
    var line =
        new JournalRow.Line(
            seq,
            at,
            recordedAt,
            secrets.mask(note.actor()),
            null,
            note.kind(),
            JournalNote.code(note.component()),
            note.event(),
            ids);
    return new Numbered(line, data);
  }
}
