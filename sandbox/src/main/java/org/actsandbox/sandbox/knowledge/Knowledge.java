package org.actsandbox.sandbox.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * Reports what each participant knows, in a whole world or about one purchase.
 *
 * @param entries number of journal entries that were read
 * @param upTo number of the last entry that was read
 * @param complete false when there were more entries than the limit
 * @param partlySeen number of messages of which the journal kept only a part
 * @param data the columns: data of which a participant has learned a value, and data that exist in
 *     the world and are forbidden to a participant, even if they were never told
 * @param cells every participant with every datum
 * @param leaks values that were told although the policy forbids it
 */
public record Knowledge(
    int entries,
    long upTo,
    boolean complete,
    int partlySeen,
    List<Participant> participants,
    List<Datum> data,
    List<Cell> cells,
    List<Leak> leaks) {

  public record Participant(String id, Text name, ParticipantKind party) {}

  /** Says how a participant relates to a datum. */
  public enum State {
    /** The participant had the datum from the beginning. */
    OWN,
    /** The participant was told the datum, and may know it. */
    TOLD,
    /** The participant may know the datum, but does not. */
    NOT,
    /** The participant must not know the datum, and does not. */
    KEPT,
    /** The participant must not know the datum, but was told. */
    LEAKED;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Represents what one participant knows of one datum.
   *
   * @param values number of different values that it knows
   * @param learned where it learned the first value; null where it knows none, or had it from the
   *     beginning
   * @param rule rule that forbids it; null where none does
   */
  public record Cell(
      String participant,
      Datum datum,
      State state,
      int values,
      @Nullable Trace learned,
      @Nullable String rule) {}

  /**
   * Says where a value was learned.
   *
   * @param seq number of the journal entry
   * @param from participant that told it; null for a participant's own words
   * @param where place in the message, with every encoding on the way
   * @param value value as it was found; masked where it must not be read
   */
  public record Trace(long seq, @Nullable String from, String where, String value) {}

  /**
   * Represents a breach of the knowledge policy.
   *
   * @param participant participant that learned what it must not know; or, with {@code to},
   *     participant that told what it must not tell, even if the other already knew it
   * @param rule rule of ACT 2.1 that it breaks
   * @param to receiver, when the telling is the leak; null otherwise
   */
  public record Leak(
      String participant, Datum datum, String rule, Trace trace, @Nullable String to) {}

  /** Returns the report without the matrix, which grows with every participant. */
  public Knowledge leaksOnly() {
    return new Knowledge(entries, upTo, complete, partlySeen, List.of(), data, List.of(), leaks);
  }

  public Cell cell(String participant, Datum datum) {
    return cells.stream()
        .filter(cell -> cell.participant().equals(participant) && cell.datum() == datum)
        .findFirst()
        .orElseThrow();
  }
}
