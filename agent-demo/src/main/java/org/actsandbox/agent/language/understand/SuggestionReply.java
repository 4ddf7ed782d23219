package org.actsandbox.agent.language.understand;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Situation;

/** Turns a "yes" to "did you mean ...?" into the sentence with the suggested name. */
final class SuggestionReply {

  private static final Pattern YES =
      Pattern.compile(
          "(?:(?:yes|yep|yeah|yup|right|correct|exactly|sure|ok|okay|of course|please|indeed|i do|i did|i mean that|that one|that's (?:it|right|what i (?:mean|meant)))[ ,.!]*)+"
              + "|(?:(?:是的?|对的?|没错|嗯+|好的?|正确|就是(?:它|这个|那个)?|就它|啊|呀|哦)[，。！,.! ]*)+");

  private SuggestionReply() {}

  /** Returns the sentence that {@code text} stands for; empty when it is no plain yes. */
  static Optional<String> replacement(String text, Situation situation) {
    if (situation.suggested().isEmpty()
        || !YES.matcher(text.strip().toLowerCase(Locale.ROOT).replace('’', '\'')).matches()) {
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
