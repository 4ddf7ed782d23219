package org.actsandbox.sandbox.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * Who knows what in a world, or of one purchase.
 *
 * @param entries how many journal entries were looked at
 * @param upTo number of the last of them
 * @param complete false when there were more than are looked at
 * @param partlySeen messages of which the journal kept only a part
 * @param data the columns: what somebody had a value of, and what the world has a value of and
 *     somebody here may never learn, whether anybody told it or not
 * @param cells every participant with every datum
 * @param leaks what the policy forbids and happened all the same
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

  /** What somebody has to do with a datum. */
  public enum State {
    /** Had it before anybody told. */
    OWN,
    TOLD,
    /** May know, and does not. */
    NOT,
    /** Must not know, and does not. */
    KEPT,
    /** Must not know, and was told. */
    LEAKED;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param values how many different ones it knows
   * @param learned where it came to know the first; null where it does not, or had it before
   *     anything was said
   * @param rule that forbids it; null where none does
   */
  public record Cell(
      String participant,
      Datum datum,
      State state,
      int values,
      @Nullable Trace learned,
      @Nullable String rule) {}

  /**
   * @param seq the journal entry
   * @param from who told; null for what it said or wrote itself
   * @param where in the message, with every encoding on the way
   * @param value as it was found; masked where nobody may read it
   */
  public record Trace(long seq, @Nullable String from, String where, String value) {}

  /**
   * @param participant who came to know what it must not; or, with {@code to}, who told what was
   *     not its to tell, whether the other knew it already or not
   * @param rule of ACT 2.1 that it breaks
   * @param to whom the participant told it, when the telling is the leak; null otherwise
   */
  public record Leak(
      String participant, Datum datum, String rule, Trace trace, @Nullable String to) {}

  /** Without the matrix, which grows with every participant. */
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
