package org.actsandbox.web.console.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.picture.Lanes;
import org.actsandbox.web.console.picture.SequencePicture;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.words.Words;

/** Journal entries on swim lanes, with everybody who takes part and the time of each. */
public final class Timeline {

  private final Words words;
  private final Narrator narrator;
  private final Lanes lanes = new Lanes();
  private final List<JournalEntry> entries = new ArrayList<>();

  public Timeline(Words words, List<JournalEntry> entries) {
    this.words = words;
    this.narrator = new Narrator(words);
    entries.forEach(this::add);
  }

  /** True if the picture got wider: every row has to be drawn again. */
  boolean add(JournalEntry entry) {
    entries.add(entry);
    boolean wider = lanes.welcome(entry.actor(), Narrator.nameOf(entry.actor()));
    if (entry.peer() != null) {
      wider |= lanes.welcome(entry.peer(), Narrator.nameOf(entry.peer()));
    }
    return wider;
  }

  public Lanes lanes() {
    return lanes;
  }

  public List<SequenceRow> rows() {
    return IntStream.range(0, entries.size()).mapToObj(this::row).toList();
  }

  /** The one added last. */
  SequenceRow newest() {
    return row(entries.size() - 1);
  }

  /** Says the time where it differs from the row before. */
  private SequenceRow row(int index) {
    var entry = entries.get(index);
    var time = words.seconds(entry.at());
    boolean same = index > 0 && time.equals(words.seconds(entries.get(index - 1).at()));
    return SequencePicture.row(narrator.tell(entry), lanes).at(same ? "" : time);
  }

  int size() {
    return entries.size();
  }
}
