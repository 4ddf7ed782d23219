package org.actsandbox.agent.language.understand.draft;

import java.util.Set;
import org.actsandbox.agent.language.read.RuleFile;

/** Holds the words around the details of wishes. */
public final class Details {

  public static final RuleFile KNOWN = RuleFile.of(Details.class, "details.txt", "products.txt");

  private static final Set<String> GROUPS = Set.copyOf(KNOWN.part("group of goods"));

  private Details() {}

  /** Returns whether the text compares journeys to several cities: "which is cheaper, A or B?". */
  public static boolean comparesPlaces(String text) {
    return KNOWN.occurs("compares places", text);
  }

  /**
   * Returns whether the word names a group, after which a comma says which goods: tea, longjing.
   */
  public static boolean isGroup(String word) {
    return GROUPS.contains(word);
  }

  /** Returns whether goods behind these words are a part of the goods before: "with a cable". */
  public static boolean isPart(String between) {
    return KNOWN.fits("with a part", between);
  }

  /** Returns whether goods behind these words only say what the goods before them are for. */
  public static boolean isUse(String between) {
    return KNOWN.fits("what goods are for", between);
  }
}
