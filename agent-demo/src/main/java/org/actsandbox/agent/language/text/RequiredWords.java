package org.actsandbox.agent.language.text;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds words of which each text that a regular expression matches contains one. To look for them
 * takes much less time than to search for the expression, which most sentences do not contain.
 */
public final class RequiredWords {

  /** Ours: to look for more words takes as long as the search that they might save. */
  private static final int MOST_WORDS = 40;

  /** Flags and signs of characters that are not taken apart here. */
  private static final Pattern UNREAD = Pattern.compile("\\\\[0ucxkNQ]|\\(\\?[a-zA-Z-]+[:)]|&&");

  private static final String SIGNS = ".^$|[](){}?*+\\";

  /** Stands for an expression of which no words are known. */
  static final RequiredWords NONE = new RequiredWords(Set.of());

  private final List<Word> words;

  private record Word(String text, Letters letters) {}

  /**
   * Tells roughly which characters a text has, and which two stand side by side: each of them
   * stands for one of 64 bits.
   */
  public record Letters(long single, long pairs) {

    /** Returns whether a text with these has perhaps all of the others. */
    boolean mayHave(Letters others) {
      return (others.single & ~single) == 0 && (others.pairs & ~pairs) == 0;
    }
  }

  private RequiredWords(Set<String> words) {
    this.words = words.stream().map(word -> new Word(word, letters(word))).toList();
  }

  /** Takes an expression apart; none of its words are known if it has parts of an unusual form. */
  public static RequiredWords of(String regex) {
    return new RequiredWords(
        UNREAD.matcher(regex).find()
            ? Set.of()
            : Optional.ofNullable(ofAlternatives(regex)).orElse(Set.of()));
  }

  /** Tells roughly which characters a text has. */
  public static Letters letters(String text) {
    long single = 0;
    long pairs = 0;
    char last = 0;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      single |= 1L << (next & 63);
      if (i > 0) {
        pairs |= 1L << (last * 31 + next & 63);
      }
      last = next;
    }
    return new Letters(single, pairs);
  }

  /**
   * Returns whether the expression can match in a text; false only if it cannot.
   *
   * @param letters what {@link #letters} tells of the text
   */
  public boolean mayBeIn(String text, Letters letters) {
    if (words.isEmpty()) {
      return true;
    }
    for (var word : words) {
      if (letters.mayHave(word.letters()) && text.contains(word.text())) {
        return true;
      }
    }
    return false;
  }

  /** Returns null if a match needs none of a few words. */
  private static @Nullable Set<String> ofAlternatives(String regex) {
    var all = new TreeSet<String>();
    for (var alternative : RegexParts.alternatives(regex)) {
      var words = ofSequence(alternative);
      if (words == null) {
        return null;
      }
      all.addAll(words);
    }
    return all.size() > MOST_WORDS ? null : all;
  }

  /** Returns the longest of the words that the elements one after another need. */
  private static @Nullable Set<String> ofSequence(String sequence) {
    Set<String> best = null;
    var run = new StringBuilder();
    for (int at = 0; at < sequence.length(); ) {
      int end = RegexParts.elementEnd(sequence, at);
      var element = sequence.substring(at, end);
      int next = quantifierEnd(sequence, end);
      boolean optional =
          next > end && ("?*".indexOf(sequence.charAt(end)) >= 0 || sequence.startsWith("{0", end));
      var character = optional ? "" : character(element);
      run.append(character);
      if (character.isEmpty() || next > end) {
        best = better(best, run.isEmpty() ? null : Set.of(run.toString()));
        run.setLength(0);
      }
      if (!optional && element.startsWith("(") && !RegexParts.isNegative(element)) {
        best = better(best, ofAlternatives(RegexParts.inner(element)));
      }
      at = next;
    }
    return better(best, run.isEmpty() ? null : Set.of(run.toString()));
  }

  private static @Nullable Set<String> better(
      @Nullable Set<String> one, @Nullable Set<String> other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Comparator.<Set<String>>comparingInt(RequiredWords::shortest)
                .thenComparingInt(words -> -words.size())
                .compare(one, other)
            >= 0
        ? one
        : other;
  }

  private static int shortest(Set<String> words) {
    return words.stream().mapToInt(String::length).min().orElse(0);
  }

  /** Returns the character that an element stands for; empty if it stands for several. */
  private static String character(String element) {
    char first = element.charAt(0);
    if (element.length() == 2 && first == '\\') {
      char escaped = element.charAt(1);
      return Character.isLetterOrDigit(escaped) ? "" : String.valueOf(escaped);
    }
    return element.length() > 1 || SIGNS.indexOf(first) >= 0 || Character.isSurrogate(first)
        ? ""
        : element;
  }

  /** Returns where "?", "*", "+" or "{1,2}" ends, with the sign that makes it lazy. */
  private static int quantifierEnd(String sequence, int start) {
    if (start == sequence.length() || "?*+{".indexOf(sequence.charAt(start)) < 0) {
      return start;
    }
    int end = RegexParts.elementEnd(sequence, start);
    return end < sequence.length() && "?+".indexOf(sequence.charAt(end)) >= 0 ? end + 1 : end;
  }
}
