package org.actsandbox.agent.language.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;
import org.jspecify.annotations.Nullable;

/**
 * A pattern with alternatives for Chinese and Latin scripts. A search skips the alternatives that
 * need a script which the sentence does not contain, because its time grows with their number.
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

  private final Pattern whole;
  private final @Nullable Pattern withoutHan;
  private final @Nullable Pattern withoutLatin;

  private ScriptedPattern(String regex) {
    this.whole = Pattern.compile(regex);
    this.withoutHan = without(regex, Script.HAN);
    this.withoutLatin = without(regex, Script.LATIN);
  }

  public static ScriptedPattern of(String regex) {
    return new ScriptedPattern(regex);
  }

  /** Returns the pattern with all its alternatives. */
  public Pattern whole() {
    return whole;
  }

  /** Represents a text in which many patterns are looked for, with the scripts that it contains. */
  public record Text(String text, boolean hasHan, boolean hasLatin) {

    public static Text of(String text) {
      return new Text(text, Script.HAN.isIn(text), Script.LATIN.isIn(text));
    }
  }

  /** Returns whether the whole pattern is found in the text. */
  public boolean isFoundIn(Text text) {
    return in(text).filter(pattern -> pattern.matcher(text.text()).find()).isPresent();
  }

  /** Returns the alternatives that can match in the text; empty if none can. */
  public Optional<Pattern> in(Text text) {
    return Optional.ofNullable(
        !text.hasHan() ? withoutHan : text.hasLatin() ? whole : withoutLatin);
  }

  private static @Nullable Pattern without(String regex, Script script) {
    var left =
        alternatives(regex).stream()
            .filter(alternative -> !needs(alternative, script))
            .collect(Collectors.joining("|"));
    return left.isEmpty() ? null : Pattern.compile(left);
  }

  private static List<String> alternatives(String regex) {
    var all = new ArrayList<String>();
    int start = 0;
    for (int at = 0; at < regex.length(); at = elementEnd(regex, at)) {
      if (regex.charAt(at) == '|') {
        all.add(regex.substring(start, at));
        start = at + 1;
      }
    }
    all.add(regex.substring(start));
    return all;
  }

  /** Returns whether each text that the alternative matches has a character of the script. */
  private static boolean needs(String alternative, Script script) {
    int at = 0;
    while (at < alternative.length()) {
      int end = elementEnd(alternative, at);
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
      case '(' -> groupNeeds(element.substring(1, element.length() - 1), script);
      default -> script.has(element.charAt(0));
    };
  }

  private static boolean groupNeeds(String group, Script script) {
    if (group.startsWith("?!") || group.startsWith("?<!")) {
      return false;
    }
    var inner = group.replaceFirst("^\\?(?:[:=>]|<=|<\\w+>)", "");
    return alternatives(inner).stream().allMatch(alternative -> needs(alternative, script));
  }

  /** Returns where the character, escape, class or group ends that starts there. */
  private static int elementEnd(String regex, int start) {
    return switch (regex.charAt(start)) {
      case '\\' ->
          start + 2 < regex.length()
                  && "pP".indexOf(regex.charAt(start + 1)) >= 0
                  && regex.charAt(start + 2) == '{'
              ? regex.indexOf('}', start) + 1
              : start + 2;
      case '[' -> classEnd(regex, start);
      case '(' -> groupEnd(regex, start);
      case '{' -> regex.indexOf('}', start) + 1;
      default -> start + 1;
    };
  }

  private static int classEnd(String regex, int start) {
    int at = start + 1;
    while (regex.charAt(at) != ']') {
      at += regex.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int groupEnd(String regex, int start) {
    int at = start + 1;
    while (regex.charAt(at) != ')') {
      at = elementEnd(regex, at);
    }
    return at + 1;
  }
}
