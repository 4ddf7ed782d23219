package org.actsandbox.agent.language.understand.draft;

import java.util.Set;

/**
 * Knows the words that name a group of goods, after which a comma says which of them: tea,
 * longjing.
 */
public final class ProductGroups {

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
}
