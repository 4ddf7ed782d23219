package org.actsandbox.merchants.service;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Splits English and Chinese sentences into words and joins words into sentences. */
final class SentenceTokenizer {

  private static final Pattern WORD =
      Pattern.compile(
          "\\{[1-9]}"
              + "|[+-]?[0-9]+(?:[.,:/-][0-9]+)*"
              + "|\\p{IsLatin}+(?:['’-]\\p{IsLatin}+)*"
              + "|\\S");

  private static final Map<String, String> TO_FULL_WIDTH =
      Map.of(".", "。", ",", "，", ";", "；", ":", "：", "?", "？", "!", "！", "(", "（", ")", "）");

  private static final Map<String, String> TO_ASCII =
      TO_FULL_WIDTH.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private SentenceTokenizer() {}

  /** Defines how the words of a language are joined. */
  enum Style {
    CHINESE {
      @Override
      String punctuation(String mark) {
        return TO_FULL_WIDTH.getOrDefault(mark, mark);
      }

      @Override
      boolean needsSpace(String before, String after) {
        return isLatin(before.codePointBefore(before.length())) && isLatin(after.codePointAt(0));
      }
    },
    ENGLISH {
      @Override
      String punctuation(String mark) {
        return TO_ASCII.getOrDefault(mark, mark);
      }

      @Override
      boolean needsSpace(String before, String after) {
        return !before.equals("(") && (after.equals("(") || !isPunctuation(after));
      }
    };

    abstract String punctuation(String mark);

    abstract boolean needsSpace(String before, String after);

    String join(List<String> words) {
      var text = new StringBuilder();
      String before = "";
      boolean isFirstWord = true;
      for (var word : words) {
        if (!before.isEmpty() && needsSpace(before, word)) {
          text.append(' ');
        }
        text.append(isFirstWord && this == ENGLISH ? capitalized(word) : word);
        isFirstWord = ".!?".contains(word);
        before = word;
      }
      return text.toString();
    }
  }

  static List<String> of(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).toList();
  }

  static String key(List<String> words) {
    return String.join(" ", words).toLowerCase(Locale.ROOT);
  }

  static boolean isSlot(String word) {
    return word.length() == 3 && word.charAt(0) == '{';
  }

  static boolean isNumber(String word) {
    return word.codePoints().anyMatch(Character::isDigit);
  }

  static boolean isPunctuation(String word) {
    return word.length() == 1
        && !Character.isLetterOrDigit(word.charAt(0))
        && word.charAt(0) != '%';
  }

  private static boolean isLatin(int letter) {
    return letter < 0x2e80 && Character.isLetterOrDigit(letter);
  }

  private static String capitalized(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
