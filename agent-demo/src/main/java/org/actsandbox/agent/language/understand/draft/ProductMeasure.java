package org.actsandbox.agent.language.understand.draft;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.text.Numerals;

/**
 * Is a measure of a product in a sentence, such as "at least half a litre".
 *
 * @param feature the measure as merchants write it, with its limit
 * @param start where its words begin
 * @param end where its words end
 */
record ProductMeasure(String feature, int start, int end) {

  static final Pattern MEASURE =
      Pattern.compile(
          "(?<![\\d.])(\\d+(?:\\.\\d+)?|[半一二两三四五六七八九十百千万]{1,7}(?=\\p{IsHan})|\\b(?:half an?|an? half|half)(?= ?-?lit))["
              + " -]?(万?毫安时?|mah|gb|tb|ml|毫升|lit(?:re|er)s?|l|升|cm|厘米|mm|met(?:re|er)s?|m(?![a-z])|米(?!色)|watts?|w|瓦|inch(?:es)?|英?寸|kg|公斤|千克|斤|g|克|oz)(?![a-z])");

  private static final BigDecimal GRAMS_OF_JIN = new BigDecimal(500);

  /** The tenths of 一米五, which follow the unit. */
  private static final Pattern TENTHS = Pattern.compile("^([半一二三四五六七八九])(?![十百米个条张])");

  /**
   * Powers of two before "g" are read as sizes of memory, because weights are not given in them.
   */
  private static final Set<String> MEMORY_SIZES =
      Set.of("8", "16", "32", "64", "128", "256", "512");

  private static final Pattern MEASURE_LIMIT_BEFORE =
      Pattern.compile(
          "(?:((?<!no )(?<!not )\\b(?:bigger|larger|longer|greater|taller|wider|heavier|stronger|more) than|\\bat least|\\b(?:a )?minimum(?: of)?|\\bno (?:less|smaller|shorter) than|\\bnot (?:less|smaller|shorter) than|大于|超过(?<!不超过)|不小于|不低于|不少于|至少|起码|最少|最小)"
              + "|(?:\\bno|\\bnot) (?:bigger|larger|longer|more|heavier) than|\\b(?:smaller|shorter|less|lighter) than|\\bat most|\\bup to|\\bmax(?:imum)?(?: of)?|小于|不超过|不大于|最多|最大|不高于)(?: an?| the)? ?$");

  /** "More than a metre" is no metre, and "no more than a metre" may be one. */
  private static final Pattern STRICT =
      Pattern.compile("(?!.*(?:\\bno\\b|\\bnot\\b|不)).*(?:\\bthan\\b|[大小]于|超过).*");

  private static final Pattern MEASURE_LIMIT_AFTER =
      Pattern.compile(
          "^ ?(?:(or (?:more|bigger|larger|longer|above|over|up)\\b|and (?:up|above)\\b|以上|起)|or (?:less|smaller|shorter|below|under)\\b|以下|以内)");

  /** Returns the measures in a stretch of plain text, in its order. */
  static List<ProductMeasure> in(String part) {
    var found = new ArrayList<ProductMeasure>();
    var measures = MEASURE.matcher(part);
    while (measures.find()) {
      var unit = measures.group(2);
      var number = number(measures.group(1));
      if (number.isEmpty()) {
        continue;
      }
      var tenths = TENTHS.matcher(part.substring(measures.end()));
      boolean hasTenths = unit.equals("米") && tenths.find();
      var value =
          hasTenths
              ? number.get().add(BigDecimal.valueOf("_一二三四半六七八九".indexOf(tenth(tenths)), 1))
              : number.get();
      var before = MEASURE_LIMIT_BEFORE.matcher(part.substring(0, measures.start()));
      var after = MEASURE_LIMIT_AFTER.matcher(part.substring(measures.end()));
      boolean led = before.find();
      boolean followed = !led && after.find();
      found.add(
          new ProductMeasure(
              (led ? limit(before) : followed ? limit(after) : "") + measure(value, unit),
              led ? before.start() : measures.start(),
              measures.end() + (hasTenths ? 1 : 0) + (followed ? after.end() : 0)));
    }
    return found;
  }

  /** Returns the digit of the tenths; half a metre is five of them. */
  private static char tenth(Matcher tenths) {
    return tenths.group(1).equals("五") ? '半' : tenths.group(1).charAt(0);
  }

  /**
   * Returns how the feature of a limit begins; the first group of the patterns is the lower one.
   */
  private static String limit(Matcher words) {
    boolean strict = STRICT.matcher(words.group()).matches();
    var bound =
        words.group(1) == null
            ? (strict ? MeasureLimit.Bound.UNDER : MeasureLimit.Bound.AT_MOST)
            : (strict ? MeasureLimit.Bound.OVER : MeasureLimit.Bound.AT_LEAST);
    return bound.words;
  }

  private static Optional<BigDecimal> number(String words) {
    return words.contains("half") || words.equals("半")
        ? Optional.of(new BigDecimal("0.5"))
        : Numerals.parse(words);
  }

  /** Writes a measure as merchants do: half a litre is 500 ml. */
  private static String measure(BigDecimal number, String unit) {
    if (unit.equals("斤")) {
      return number.multiply(GRAMS_OF_JIN).stripTrailingZeros().toPlainString() + "g";
    }
    if (unit.startsWith("万")) {
      return number.movePointRight(4).toBigInteger() + "mah";
    }
    if (unit.equals("g") && MEMORY_SIZES.contains(number.toPlainString())) {
      return number.toPlainString() + "gb";
    }
    var symbol = unit(unit);
    return symbol.equals("l") && number.compareTo(BigDecimal.ONE) < 0
        ? number.movePointRight(3).stripTrailingZeros().toPlainString() + "ml"
        : number.toPlainString() + symbol;
  }

  private static String unit(String unit) {
    return switch (unit) {
      case "毫安", "毫安时" -> "mah";
      case "毫升" -> "ml";
      case "升", "litre", "litres", "liter", "liters" -> "l";
      case "厘米" -> "cm";
      case "米", "metre", "metres", "meter", "meters" -> "m";
      case "瓦", "watt", "watts" -> "w";
      case "寸", "英寸", "inches", "inch" -> " inch";
      case "公斤", "千克" -> "kg";
      case "克" -> "g";
      default -> unit;
    };
  }
}
