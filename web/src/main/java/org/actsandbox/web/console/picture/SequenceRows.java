package org.actsandbox.web.console.picture;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.decoder.NarratedEntry;
import org.actsandbox.web.console.words.PageText;

/**
 * Holds the rows of one sequence diagram in the order in which the messages began. The journal has
 * a message when it is answered; what happened between its request and its answer stands between
 * its two arrows here.
 */
public final class SequenceRows {

  /** Ours: how far back a repeated question is folded into the one before. */
  private static final int FOLDING_DISTANCE = 12;

  private final EntryNarrator entryNarrator;
  private final PageText pageText;
  private final DiagramLanes diagramLanes;
  private final Folding folding;
  private final List<Item> items = new ArrayList<>();

  public SequenceRows(PageText pageText, DiagramLanes diagramLanes, Folding folding) {
    this.entryNarrator = new EntryNarrator(pageText);
    this.pageText = pageText;
    this.diagramLanes = diagramLanes;
    this.folding = folding;
  }

  /** Says whether repeated questions and repeated refusals are one row. */
  public enum Folding {
    REPEATED,
    NONE
  }

  /** Is one row before it is laid out. */
  private record Item(
      NarratedEntry narrated,
      SequencePicture.Part part,
      int times,
      Instant began,
      Instant at,
      Kind kind) {

    Item again() {
      return new Item(narrated, part, times + 1, began, at, kind);
    }

    boolean saysTheSame(NarratedEntry other) {
      return narrated.from().equals(other.from())
          && Objects.equals(narrated.to(), other.to())
          && narrated.request().equals(other.request())
          && narrated.answer().equals(other.answer());
    }
  }

  public void add(JournalEntry entry) {
    var narrated = entryNarrator.narrate(entry);
    if (entry.kind() != Kind.EXCHANGE) {
      addEvent(entry, narrated);
      return;
    }
    var exchange = EntryNarrator.exchangeOf(entry);
    if (folding == Folding.REPEATED
        && exchange.method().equals("GET")
        && exchange.status() < 400
        && isFolded(narrated)) {
      return;
    }
    var began = entry.recordedAt().minus(exchange.durationMicros(), ChronoUnit.MICROS);
    int place = items.size();
    while (place > 0 && items.get(place - 1).began().isAfter(began)) {
      place--;
    }
    if (folding == Folding.REPEATED && narrated.wrong()) {
      removeNotesOf(narrated, place);
    }
    boolean includesOthers =
        items.subList(place, items.size()).stream()
            .anyMatch(item -> !item.narrated().from().equals(narrated.from()));
    if (!includesOthers) {
      items.add(place, item(entry, narrated, SequencePicture.Part.WHOLE, began));
      return;
    }
    items.add(place, item(entry, narrated, SequencePicture.Part.REQUEST, began));
    if (!narrated.answer().isEmpty()) {
      items.add(item(entry, narrated, SequencePicture.Part.ANSWER, entry.recordedAt()));
    }
  }

  private static Item item(
      JournalEntry entry, NarratedEntry narrated, SequencePicture.Part part, Instant began) {
    return new Item(narrated, part, 1, began, entry.at(), entry.kind());
  }

  private void addEvent(JournalEntry entry, NarratedEntry narrated) {
    if (folding == Folding.REPEATED
        && entry.kind() == Kind.REFUSAL
        && !items.isEmpty()
        && (items.getLast().narrated().request().equals(narrated.request())
            || items.getLast().narrated().answer().endsWith(words(narrated)))) {
      return;
    }
    items.add(item(entry, narrated, SequencePicture.Part.WHOLE, entry.recordedAt()));
  }

  /** Removes the notes about a refusal that the answer of the message tells as well. */
  private void removeNotesOf(NarratedEntry refused, int place) {
    items
        .subList(place, items.size())
        .removeIf(
            item ->
                item.kind() == Kind.REFUSAL && refused.answer().endsWith(words(item.narrated())));
  }

  /** Returns the words of a refusal without the sign before them. */
  private static String words(NarratedEntry refusal) {
    return refusal.request().replaceFirst("^✕ ", "");
  }

  private boolean isFolded(NarratedEntry narrated) {
    for (int i = items.size() - 1; i >= Math.max(0, items.size() - FOLDING_DISTANCE); i--) {
      var item = items.get(i);
      if (item.part() == SequencePicture.Part.WHOLE && item.saysTheSame(narrated)) {
        items.set(i, item.again());
        return true;
      }
    }
    return false;
  }

  public int size() {
    return items.size();
  }

  /** Lays out all rows without times. */
  public List<SequenceRow> rows() {
    return items.stream()
        .map(item -> SequencePicture.row(item.narrated(), item.part(), item.times(), diagramLanes))
        .toList();
  }

  /** Lays out all rows, each with its time where the row before has another one. */
  public List<SequenceRow> rowsWithTimes() {
    var rows = new ArrayList<SequenceRow>();
    var before = "";
    var plain = rows();
    for (int i = 0; i < plain.size(); i++) {
      // The journal knows the time of the answer; the request is not later than what follows it.
      var item = items.get(i);
      boolean asked = item.part() == SequencePicture.Part.REQUEST && i + 1 < items.size();
      var time = pageText.seconds((asked ? items.get(i + 1) : item).at());
      rows.add(plain.get(i).at(time.equals(before) ? "" : time));
      before = time;
    }
    return List.copyOf(rows);
  }
}
