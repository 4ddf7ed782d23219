package org.actsandbox.sandbox.journal;

import java.time.Instant;
import java.util.HashMap;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** A participant's note on its way to the journal. */
record NotePending(JournalNote note, Instant at, Instant recordedAt, Secrets secrets)
    implements Pending {

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
      if (IdIndex.NAMES.contains(id.getKey())) {
        ids.put(id.getKey(), id.getValue());
      } else if (!data.has(id.getKey())) {
        data.put(id.getKey(), id.getValue());
      }
    }
    var line =
        new Row.Line(
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
