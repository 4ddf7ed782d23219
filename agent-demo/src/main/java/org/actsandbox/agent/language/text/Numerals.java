package org.actsandbox.agent.language.text;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;

/** Reads numbers in digits, English words and Chinese characters. */
public final class Numerals {

  private static final String BELOW_TWENTY =
      "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
          + "|fifteen|sixteen|seventeen|eighteen|nineteen";
  private static final String TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
  private static final String UNITS = BELOW_TWENTY + "|" + TENS + "|hundred|thousand";

  /**
   * A number, without capturing groups, for building patterns. Each way to write one begins with a
   * look at the first character: patterns look for a number at each place of a sentence.
   */
  public static final String NUMBER =
      "(?:(?=\\d)(?:(?<![\\d.])\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?(?!\\d)"
          + "|(?<![\\d.])\\d{1,9}(?:\\.\\d{1,2})?(?:k(?![a-z0-9])|[千万])?(?!\\d))"
          + "|(?=[aefhnostz])\\b(?:a |an )?(?:"
          + UNITS
          + ")(?:(?: and |[ -])(?:"
          + UNITS
          + ")){0,8}\\b|(?=[〇-龥])[零〇一二两三四五六七八九十百千万]{1,12})";

  private static final Pattern DIGITS = Pattern.compile("[\\d.]+");

  private static final Map<String, Integer> ENGLISH = new HashMap<>();

  static {
    var small = BELOW_TWENTY.split("\\|", -1);
    var tens = TENS.split("\\|", -1);
    IntStream.range(0, small.length).forEach(i -> ENGLISH.put(small[i], i));
    IntStream.range(0, tens.length).forEach(i -> ENGLISH.put(tens[i], 10 * i + 20));
    List.of("a", "an", "and").forEach(word -> ENGLISH.put(word, 0));
  }

  private static final String CHINESE_DIGITS = "零一二三四五六七八九";

  private Numerals() {}

  /**
   * Returns the number that a match of {@link #NUMBER} stands for; empty if its words make no
   * number.
   */
  public static Optional<BigDecimal> parse(String numeral) {
    var text = numeral.strip().replace(",", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    char last = text.charAt(text.length() - 1);
    if (Character.isDigit(text.charAt(0))) {
      var scale = last == 'k' || last == '千' ? 3 : last == '万' ? 4 : 0;
      var digits = scale == 0 ? text : text.substring(0, text.length() - 1);
      return DIGITS.matcher(digits).matches()
          ? Optional.of(new BigDecimal(digits).scaleByPowerOfTen(scale))
          : Optional.empty();
    }
    return ChineseCharacters.isHan(text.charAt(0)) ? chinese(text) : english(text);
  }

  /** Returns the whole number, if it is one below a million. */
  public static Optional<Integer> whole(String numeral) {
    return parse(numeral)
        .filter(n -> n.stripTrailingZeros().scale() <= 0 && n.abs().longValue() < 1_000_000)
        .map(BigDecimal::intValueExact);
  }

  private static Optional<BigDecimal> english(String words) {
    long total = 0;
    long current = 0;
    for (var word : words.split("[ -]+", -1)) {
      switch (word) {
        case "hundred" -> current = Math.max(1, current) * 100;
        case "thousand" -> {
          total += Math.max(1, current) * 1000;
          current = 0;
        }
        default -> {
          var value = ENGLISH.get(word);
          if (value == null) {
            return Optional.empty();
          }
          current += value;
        }
      }
      if (current > 1_000_000) {
        return Optional.empty();
      }
    }
    return Optional.of(BigDecimal.valueOf(total + current));
  }

  private static Optional<BigDecimal> chinese(String text) {
    var digits = text.replace('两', '二').replace('〇', '零');
    if (digits.length() > 12) {
      return Optional.empty();
    }
    if (digits.chars().allMatch(c -> CHINESE_DIGITS.indexOf(c) >= 0)) {
      var plain = new StringBuilder();
      digits.chars().forEach(c -> plain.append(CHINESE_DIGITS.indexOf(c)));
      return Optional.of(new BigDecimal(plain.toString()));
    }
    long total = 0;
    long section = 0;
    long digit = 0;
    long lastUnit = 1;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int unit = unit(c);
      if (unit == 0) {
        digit = CHINESE_DIGITS.indexOf(c);
        lastUnit = c == '零' ? 1 : lastUnit;
      } else if (unit == 10_000) {
        total = (total + section + digit) * unit;
        section = 0;
        digit = 0;
        lastUnit = unit;
      } else {
        section += (digit == 0 ? 1 : digit) * unit;
        digit = 0;
        lastUnit = unit;
      }
    }
    // 两千五 is 2,500: a digit left over counts a tenth of the last unit.
    return Optional.of(BigDecimal.valueOf(total + section + digit * Math.max(1, lastUnit / 10)));
  }

  private static int unit(char c) {
    return switch (c) {
      case '十' -> 10;
      case '百' -> 100;
      case '千' -> 1_000;
      case '万' -> 10_000;
      default -> 0;
    };
  }
}
