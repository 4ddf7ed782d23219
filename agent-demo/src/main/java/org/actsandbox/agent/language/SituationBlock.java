package org.actsandbox.agent.language;

import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;

/**
 * Writes the situation into a system message and reads it from there, between two marker lines. The
 * agent writes the message and the built-in model reads it; both use this codec.
 */
public final class SituationBlock {

  static final String BEGIN = "SITUATION";
  static final String END = "END SITUATION";

  private SituationBlock() {}

  /**
   * Writes the block with its marker lines; JSON never holds a bare line break, so the markers are
   * safe.
   */
  public static String write(Situation situation) {
    return BEGIN + "\n" + Json.write(situation) + "\n" + END + "\n";
  }

  /** Reads the situation of the first block in {@code message}; empty without a readable block. */
  public static Optional<Situation> read(String message) {
    var lines = message.lines().toList();
    int begin = lines.indexOf(BEGIN);
    int end = lines.indexOf(END);
    if (begin < 0 || end < begin) {
      return Optional.empty();
    }
    try {
      var json = String.join("\n", lines.subList(begin + 1, end));
      return Optional.of(Json.read(json, Situation.class));
    } catch (JacksonException notASituation) {
      return Optional.empty();
    }
  }
}
