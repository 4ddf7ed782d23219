package org.actsandbox.merchants.shelf;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;

/**
 * Splits Chinese and English text into the words that a search compares: English words without
 * their plural, numbers apart from their units, Chinese in overlapping pairs of characters.
 */
public final class SearchWords {

  private static final Set<String> STOP_WORDS =
      Set.of(
          "a", "an", "the", "for", "of", "with", "and", "or", "to", "in", "on", "my", "me", "some",
          "any", "please", "new", "good", "nice");

  /** These words are one, because Chinese has one word for them: 静音. */
  private static final Set<String> QUIET = Set.of("quiet", "silent", "noiseless");

  private static final Pattern COMBINING = Pattern.compile("[\\u0300-\\u036f]");
  private static final Pattern APOSTROPHE = Pattern.compile("['’`]");

  /**
   * Chinese words and marks that only connect other words: pairs of characters must not reach
   * across them.
   */
  private static final Pattern CONNECTIVES = Pattern.compile("[的和与及、]");

  private static final Pattern MILLIAMPERE = Pattern.compile("毫安时?");
  private static final Pattern INCH = Pattern.compile("英?寸|inches|\"|″");

  private SearchWords() {}

  /**
   * Makes text comparable: full width becomes half width, accents and apostrophes go, letters
   * become lower case, and traditional characters become simplified ones.
   */
  public static String normalize(String text) {
    var plain = COMBINING.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    plain = APOSTROPHE.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    return ChineseCharacters.simplified(plain).strip();
  }

  /**
   * Returns the words of an offered thing: of Chinese text every pair and every single character.
   */
  public static Set<String> offerWords(String text) {
    return split(text, true);
  }

  /** Returns the words of a query, without those that say nothing, such as "the". */
  public static Set<String> queryWords(String text) {
    var words = split(text, false);
    words.removeAll(STOP_WORDS);
    return words;
  }

  public static boolean isChinese(String word) {
    return !word.isEmpty() && isHan(word.charAt(0));
  }

  private static Set<String> split(String text, boolean singleCharacters) {
    var plain = MILLIAMPERE.matcher(normalize(text)).replaceAll(" mah ");
    plain = CONNECTIVES.matcher(INCH.matcher(plain).replaceAll(" inch ")).replaceAll(" ");
    var words = new LinkedHashSet<String>();
    for (String run : runs(plain)) {
      if (isChinese(run)) {
        addChinese(run, singleCharacters, words);
      } else {
        var word = singular(run);
        words.add(QUIET.contains(word) ? "silent" : word);
      }
    }
    return words;
  }

  private static void addChinese(String run, boolean singleCharacters, Set<String> words) {
    for (int i = 0; i + 1 < run.length(); i++) {
      words.add(run.substring(i, i + 2));
    }
    if (singleCharacters || run.length() == 1) {
      run.chars().forEach(c -> words.add(Character.toString(c)));
    }
  }

  /**
   * Splits text into runs of Chinese characters, of letters and of digits; all other characters
   * separate.
   */
  private static List<String> runs(String plain) {
    var runs = new ArrayList<String>();
    int start = 0;
    for (int i = 1; i <= plain.length(); i++) {
      if (i == plain.length()
          || characterClass(plain.charAt(i)) != characterClass(plain.charAt(start))) {
        if (characterClass(plain.charAt(start)) != 0) {
          runs.add(plain.substring(start, i));
        }
        start = i;
      }
    }
    return runs;
  }

  private static int characterClass(char c) {
    if (isHan(c)) {
      return 1;
    }
    if (Character.isDigit(c)) {
      return 2;
    }
    return Character.isLetter(c) ? 3 : 0;
  }

  private static boolean isHan(char c) {
    return ChineseCharacters.isHan(c);
  }

  private static String singular(String word) {
    int length = word.length();
    if (length <= 3 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) {
      return word;
    }
    if (word.endsWith("ies")) {
      return word.substring(0, length - 3) + "y";
    }
    // Cases and sizes lose one letter, glasses and buses two.
    if (word.matches("(?:.*(?:ss|x|zz|ch|sh)|bus|lens|gas)es")) {
      return word.substring(0, length - 2);
    }
    return word.substring(0, length - 1);
  }
}
