package org.actsandbox.agent.language.text;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;
import org.jspecify.annotations.Nullable;

/**
 * A pattern with alternatives for Chinese and Latin scripts. A search skips the alternatives that
 * need a script which the sentence does not contain, because its time grows with their number. It
 * is not made at all in a sentence without a word that every match contains.
 */
public final class ScriptedPattern {

  private enum Script {
    HAN,
    LATIN;

    boolean has(int character) {
      return this == HAN
          ? ChineseCharacters.isHan((char) character)
          : (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    boolean isIn(String text) {
      return text.chars().anyMatch(this::has);
    }
  }

  private static final String ANY_HAN = "\\p{IsHan}";

  private final Searched whole;
  private final @Nullable Searched withoutHan;
  private final @Nullable Searched withoutLatin;

  /** Represents alternatives with the words of which one is in every text that they match. */
  private record Searched(Pattern pattern, RequiredWords words) {

    static Searched of(String regex) {
      return new Searched(Pattern.compile(regex), RequiredWords.of(regex));
    }
  }

  private ScriptedPattern(String regex) {
    this.whole = Searched.of(regex);
    this.withoutHan = without(regex, Script.HAN);
    this.withoutLatin = without(regex, Script.LATIN);
  }

  public static ScriptedPattern of(String regex) {
    return new ScriptedPattern(regex);
  }

  /** Returns the pattern with all its alternatives. */
  public Pattern whole() {
    return whole.pattern();
  }

  /** Represents a text in which many patterns are looked for, with the scripts that it contains. */
  public record Text(String text, boolean hasHan, boolean hasLatin, RequiredWords.Letters letters) {

    public static Text of(String text) {
      return new Text(
          text, Script.HAN.isIn(text), Script.LATIN.isIn(text), RequiredWords.letters(text));
    }
  }

  /** Returns whether the whole pattern is found in the text. */
  public boolean isFoundIn(Text text) {
    return in(text).filter(pattern -> pattern.matcher(text.text()).find()).isPresent();
  }

  /** Returns the alternatives that can match in the text; empty if none can. */
  public Optional<Pattern> in(Text text) {
    var searched = !text.hasHan() ? withoutHan : text.hasLatin() ? whole : withoutLatin;
    return searched != null && searched.words().mayBeIn(text.text(), text.letters())
        ? Optional.of(searched.pattern())
        : Optional.empty();
  }

  private static @Nullable Searched without(String regex, Script script) {
    var left =
        RegexParts.alternatives(regex).stream()
            .filter(alternative -> !needs(alternative, script))
            .collect(Collectors.joining("|"));
    return left.isEmpty() ? null : Searched.of(left);
  }

  /** Returns whether each text that the alternative matches has a character of the script. */
  private static boolean needs(String alternative, Script script) {
    int at = 0;
    while (at < alternative.length()) {
      int end = RegexParts.elementEnd(alternative, at);
      boolean isOptional =
          end < alternative.length()
              && ("?*".indexOf(alternative.charAt(end)) >= 0 || alternative.startsWith("{0", end));
      if (!isOptional && elementNeeds(alternative.substring(at, end), script)) {
        return true;
      }
      at = end;
    }
    return false;
  }

  private static boolean elementNeeds(String element, Script script) {
    return switch (element.charAt(0)) {
      case '\\' -> element.equals(ANY_HAN) && script == Script.HAN;
      case '[' -> element.substring(1, element.length() - 1).chars().allMatch(script::has);
      case '(' -> groupNeeds(element, script);
      default -> script.has(element.charAt(0));
    };
  }

  private static boolean groupNeeds(String group, Script script) {
    return !RegexParts.isNegative(group)
        && RegexParts.alternatives(RegexParts.inner(group)).stream()
            .allMatch(alternative -> needs(alternative, script));
  }
}
