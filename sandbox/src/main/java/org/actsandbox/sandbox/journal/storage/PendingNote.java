package org.actsandbox.sandbox.journal.storage;

import java.time.Instant;
import java.util.TreeMap;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.CopyBuffers;
import org.actsandbox.sandbox.journal.SecretMasker;

/** Represents a participant's note on its way to the journal. */
record PendingNote(JournalNote note, Instant at, Instant recordedAt, SecretMasker secrets)
    implements PendingEntry {

  private static final int ROUGH_BYTES = 1024;

  @Override
  public int weight() {
    return ROUGH_BYTES;
  }

  @Override
  public Numbered numbered(long seq, CopyBuffers buffers) {
    var data = secrets.members(note.data());
    var ids = new TreeMap<String, String>();
    secrets
        .ids(note.ids())
        .forEach(
            (name, id) -> {
              if (JournalIdIndex.NAMES.contains(name)) {
                ids.put(name, id);
              } else {
                data.putIfAbsent(name, id);
              }
            });
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
