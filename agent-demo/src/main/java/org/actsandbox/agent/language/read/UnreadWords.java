package org.actsandbox.agent.language.read;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Finds the meaningful words of a sentence that were not understood and do not stand {@link Asides
 * beside the wish}.
 */
public final class UnreadWords {

  /** The words without content, from {@code fillers.txt}. */
  private static final Set<String> FILLERS =
      WordLists.lines(UnreadWords.class, "fillers.txt").stream()
          .flatMap(line -> Arrays.stream(line.split(" +", -1)))
          .collect(Collectors.toUnmodifiableSet());

  private static final int LONGEST_FILLER =
      FILLERS.stream().mapToInt(String::length).max().orElse(1);

  private static final Pattern WORD =
      Pattern.compile("[a-z0-9][a-z0-9'.%-]*[a-z0-9%]|[a-z0-9]|\\p{IsHan}+");

  private static final String NUMERALS = "一二三四五六七八九十百千万";

  private static final BreakIterator CHINESE_WORDS = BreakIterator.getWordInstance(Locale.CHINA);

  /** A stretch of unread words. */
  public record Stretch(int start, int end, String words) {}

  private final Sentence sentence;
  private final String text;
  private final List<Stretch> stretches = new ArrayList<>();

  private UnreadWords(Sentence sentence) {
    this.sentence = sentence;
    this.text = sentence.plain();
  }

  public static boolean isFiller(String word) {
    return FILLERS.contains(word);
  }

  /** Returns the stretches between {@code from} and {@code to}, in order; neighbours become one. */
  public static List<Stretch> in(Sentence sentence, int from, int to) {
    return new UnreadWords(sentence).read(from, to);
  }

  private List<Stretch> read(int from, int to) {
    var aside = Asides.in(sentence);
    var matcher = WORD.matcher(text).region(from, to);
    while (matcher.find()) {
      var word = matcher.group();
      if (word.charAt(0) > 0x2E80) {
        addChinese(matcher.start(), matcher.end());
      } else if (!isOneOf(aside, matcher.start(), matcher.end())
          && IntStream.range(matcher.start(), matcher.end()).allMatch(sentence::isUnread)
          && !isFiller(word)
          && !isFiller(word.replaceFirst("'(?:s|ve|re|ll|d|m)$", ""))) {
        add(matcher.start(), matcher.end());
      }
    }
    stretches.removeIf(stretch -> isOneOf(aside, stretch.start(), stretch.end()));
    return stretches;
  }

  private static boolean isOneOf(BitSet characters, int start, int end) {
    return characters.nextClearBit(start) >= end;
  }

  private void addChinese(int from, int to) {
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && sentence.isUnread(end)) {
        end++;
      }
      if (end > start) {
        addUnread(start, end);
      }
      start = Math.max(end, start + 1);
    }
  }

  /** Cuts fillers out of unread Chinese so that as few characters as possible are left. */
  private void addUnread(int from, int to) {
    int length = to - from;
    var cost = new int[length + 1];
    var step = new int[length + 1];
    for (int at = length - 1; at >= 0; at--) {
      // A character without a word costs one, and its step has the length zero.
      cost[at] = cost[at + 1] + 1;
      for (int size = 1; size <= Math.min(LONGEST_FILLER, length - at); size++) {
        int rest = cost[at + size];
        if (rest < cost[at] && isFiller(text.substring(from + at, from + at + size))) {
          cost[at] = rest;
          step[at] = size;
        }
      }
    }
    int at = 0;
    while (at < length) {
      if (step[at] > 0) {
        at += step[at];
        continue;
      }
      int end = at;
      while (end < length && step[end] == 0) {
        end++;
      }
      addLeft(from, to, from + at, from + end);
      at = end;
    }
  }

  /**
   * Adds what is left of an unread stretch: a name with the numeral that leads it, as 三体, or whole
   * words, because of 办公室 the filler 办 is no word of its own. A lone character between two
   * understood words is nearly always a particle.
   */
  private void addLeft(int from, int to, int start, int end) {
    boolean isLed =
        start > from
            && sentence.isUnread(start - 1)
            && NUMERALS.indexOf(text.charAt(start - 1)) >= 0;
    if (isLed) {
      add(start - 1, end);
      return;
    }
    var words = (BreakIterator) CHINESE_WORDS.clone();
    words.setText(text);
    int wordStart = words.isBoundary(start) ? start : words.preceding(start);
    int wordEnd = words.following(start);
    // 连 belongs to 连着, which nothing else has read.
    boolean isPartOfWord =
        wordEnd - wordStart > 1
            && wordStart >= from
            && wordEnd <= to
            && !isFiller(text.substring(wordStart, wordEnd));
    if (end - start > 1 || isPartOfWord) {
      int last = words.isBoundary(end) ? end : words.following(end);
      add(Math.max(from, wordStart), Math.min(to, last));
    }
  }

  private void add(int start, int end) {
    var last = stretches.isEmpty() ? null : stretches.getLast();
    boolean joins = last != null && start - last.end() <= 1 && text.charAt(start) < 0x2E80;
    int first = joins ? stretches.removeLast().start() : start;
    stretches.add(new Stretch(first, end, sentence.original().substring(first, end)));
  }
}
