package org.actsandbox.agent.language.understand;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Situation;

/** Turns a "yes" to "did you mean ...?" into the sentence with the suggested name. */
final class SuggestionReply {

  private SuggestionReply() {}

  /** Returns the sentence that {@code text} stands for; empty when it is no plain yes. */
  static Optional<String> replacement(String text, Situation situation) {
    if (situation.suggested().isEmpty()
        || !Cues.KNOWN.fits(
            "meant that", text.strip().toLowerCase(Locale.ROOT).replace('’', '\''))) {
      return Optional.empty();
    }
    return Optional.of(
        situation.suggested().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .map(each -> preposition(each.getKey()) + each.getValue())
            .collect(Collectors.joining(" ")));
  }

  private static String preposition(String field) {
    return switch (field) {
      case "from" -> "from ";
      case "to" -> "to ";
      default -> "in ";
    };
  }
}
