package org.actsandbox.agent.language.understand.draft;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows the words that name a group of goods, after which a comma says which of them: tea,
 * longjing.
 */
public final class ProductGroups {

  /** Stands between goods and what they are for: "a thermos for hot coffee". */
  private static final Pattern FOR =
      Pattern.compile(
          " for (?:(?:an?|the|my|our|your|his|her|their|some|hot|cold|iced|fresh|warm|loose) )*");

  private static final Pattern WITH =
      Pattern.compile(
          "[ ,]* (?:with|that has|which has|having) (?:an? |the |its own )?(?:built-in )?");

  private static final Set<String> NAMES =
      Set.of(
          "茶叶",
          "茶",
          "咖啡",
          "耳机",
          "文具",
          "零食",
          "充电器",
          "tea",
          "coffee",
          "headphones",
          "charger",
          "snacks",
          "stationery",
          "something to read");

  private ProductGroups() {}

  public static boolean names(String word) {
    return NAMES.contains(word);
  }

  /** Returns whether goods behind these words are a part of the goods before: "with a cable". */
  public static boolean isPart(String between) {
    return WITH.matcher(between).matches();
  }

  /** Returns whether goods behind these words only say what the goods before them are for. */
  public static boolean isUse(String between) {
    return FOR.matcher(between).matches();
  }
}
