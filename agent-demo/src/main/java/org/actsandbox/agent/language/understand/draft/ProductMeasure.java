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

  private static final BigDecimal GRAMS_OF_JIN = new BigDecimal(500);

  /** The tenths of 一米五, which follow the unit. */
  private static final Pattern TENTHS = Pattern.compile("^([半一二三四五六七八九])(?![十百米个条张])");

  /**
   * Powers of two before "g" are read as sizes of memory, because weights are not given in them.
   */
  private static final Set<String> MEMORY_SIZES =
      Set.of("8", "16", "32", "64", "128", "256", "512");

  /** Returns the measures in a stretch of plain text, in its order. */
  static List<ProductMeasure> in(String part) {
    var found = new ArrayList<ProductMeasure>();
    var measures = Details.KNOWN.anywhere("measure", part);
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
      var before = Details.KNOWN.before("limit", part, measures.start());
      var after = Details.KNOWN.after("limit", part, measures.end());
      boolean led = before.find();
      boolean followed = !led && after.lookingAt();
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
    boolean strict = Details.KNOWN.fits("strict limit", words.group());
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
