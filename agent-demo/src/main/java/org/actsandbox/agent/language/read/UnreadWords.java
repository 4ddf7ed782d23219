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

  private UnreadWords() {}

  public static boolean isFiller(String word) {
    return FILLERS.contains(word);
  }

  /** Returns the stretches between {@code from} and {@code to}, in order; neighbours become one. */
  public static List<Stretch> in(Sentence sentence, int from, int to) {
    var stretches = new ArrayList<Stretch>();
    var text = sentence.plain();
    var aside = Asides.in(text);
    var matcher = WORD.matcher(text).region(from, to);
    while (matcher.find()) {
      if (matcher.group().charAt(0) > 0x2E80) {
        addChinese(sentence, matcher.start(), matcher.end(), stretches);
      } else if (!isOneOf(aside, matcher.start(), matcher.end())
          && isWhollyUnread(sentence, matcher.start(), matcher.end())
          && !FILLERS.contains(matcher.group())
          && !FILLERS.contains(matcher.group().replaceFirst("'(?:s|ve|re|ll|d|m)$", ""))) {
        add(sentence, matcher.start(), matcher.end(), stretches);
      }
    }
    stretches.removeIf(stretch -> isOneOf(aside, stretch.start(), stretch.end()));
    return stretches;
  }

  private static boolean isOneOf(BitSet characters, int start, int end) {
    return characters.nextClearBit(start) >= end;
  }

  private static boolean isWhollyUnread(Sentence sentence, int start, int end) {
    for (int at = start; at < end; at++) {
      if (!sentence.isUnread(at)) {
        return false;
      }
    }
    return true;
  }

  /** Cuts fillers out of unread Chinese so that as few characters as possible are left. */
  private static void addChinese(Sentence sentence, int from, int to, List<Stretch> stretches) {
    int start = from;
    while (start < to) {
      if (!sentence.isUnread(start)) {
        start++;
        continue;
      }
      int end = start;
      while (end < to && sentence.isUnread(end)) {
        end++;
      }
      addUnread(sentence, start, end, stretches);
      start = end;
    }
  }

  private static void addUnread(Sentence sentence, int from, int to, List<Stretch> stretches) {
    int length = to - from;
    var cost = new int[length + 1];
    var step = new int[length + 1];
    for (int at = length - 1; at >= 0; at--) {
      // A character without a word costs one, and its step has the length zero.
      cost[at] = cost[at + 1] + 1;
      for (int size = 1; size <= Math.min(LONGEST_FILLER, length - at); size++) {
        int rest = cost[at + size];
        if (rest < cost[at]
            && FILLERS.contains(sentence.plain().substring(from + at, from + at + size))) {
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
      // A lone character between two understood words is nearly always a particle.
      int name = startOfName(sentence, from, from + at);
      if (name >= 0) {
        add(sentence, name, from + end, stretches);
      } else if (end - at > 1 || isPartOfUnreadWord(sentence, from, to, from + at)) {
        addWholeWords(sentence, from, to, from + at, from + end, stretches);
      }
      at = end;
    }
  }

  /**
   * Returns where a name begins that a numeral leads, as in 三体; -1 when no unread numeral stands
   * before the character.
   */
  private static int startOfName(Sentence sentence, int from, int at) {
    boolean led =
        at > from
            && sentence.isUnread(at - 1)
            && NUMERALS.indexOf(sentence.plain().charAt(at - 1)) >= 0;
    return led ? at - 1 : -1;
  }

  /** Returns whether the character belongs to a word that nothing else has read, as 连 to 连着. */
  private static boolean isPartOfUnreadWord(Sentence sentence, int from, int to, int at) {
    var words = (BreakIterator) CHINESE_WORDS.clone();
    words.setText(sentence.plain());
    int start = words.isBoundary(at) ? at : words.preceding(at);
    int end = words.following(at);
    return end - start > 1
        && start >= from
        && end <= to
        && !FILLERS.contains(sentence.plain().substring(start, end));
  }

  /** Adds what is left of Chinese words, whole: of 办公室 the filler 办 is no word of its own. */
  private static void addWholeWords(
      Sentence sentence, int from, int to, int start, int end, List<Stretch> stretches) {
    var words = (BreakIterator) CHINESE_WORDS.clone();
    words.setText(sentence.plain());
    int first = Math.max(from, words.isBoundary(start) ? start : words.preceding(start));
    int last = Math.min(to, words.isBoundary(end) ? end : words.following(end));
    add(sentence, first, last, stretches);
  }

  private static void add(Sentence sentence, int start, int end, List<Stretch> stretches) {
    var last = stretches.isEmpty() ? null : stretches.getLast();
    if (last != null && start - last.end() <= 1 && sentence.plain().charAt(start) < 0x2E80) {
      stretches.removeLast();
      stretches.add(
          new Stretch(last.start(), end, sentence.original().substring(last.start(), end)));
    } else {
      stretches.add(new Stretch(start, end, sentence.original().substring(start, end)));
    }
  }
}
