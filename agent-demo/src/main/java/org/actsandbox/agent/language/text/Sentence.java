package org.actsandbox.agent.language.text;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;
import org.jspecify.annotations.Nullable;

/**
 * Holds a sentence while it is being read: one uniform spelling, and which characters are already
 * understood. It is not for sharing between threads.
 */
public final class Sentence {

  /** Longer sentences are not read at all. */
  public static final int MAX_CHARS = 1_000;

  private static final Pattern LATIN = Pattern.compile("[a-z0-9-]*[a-z][a-z0-9-]*");

  /** Trains, sizes and letters are written alike in both languages. */
  private static final Pattern UNIVERSAL = Pattern.compile("[a-z]|ok|[a-z-]*\\d[a-z0-9-]*");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]+");

  /** A pause in writing parts words like a comma: 周四……十点以后. */
  private static final Pattern PAUSE = Pattern.compile("(?<=\\S) ?(?:\\.{2,}|-{2,}|—+) ?(?=\\S)");

  /** "No later than 9.30" names an hour, and "cheaper than 9.30" a price. */
  private static final Pattern CLOCK_WITH_DOT =
      Pattern.compile(
          "(?i)(?<=\\b(?:at|by|before|after|until|till|later than|earlier than)"
              + " )(\\d{1,2})\\.([0-5]\\d)(?![\\d.]| ?(?:yuan|rmb|kuai|%|元|块))");

  /** A blank that some people write between a number and its unit: 12 月 24 号. */
  private static final Pattern BEFORE_UNIT =
      Pattern.compile(
          "(?<=\\d) (?=[月日号號点點时時分张張个個晚间間人位元块塊岁歲码碼寸升天])|(?<=\\d ?月) (?=\\d{1,2} ?[日号號])");

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cs}\\p{So}\\p{Sk}]+");

  private final String original;
  private final String plain;
  private final BitSet claimed = new BitSet();
  private final BitSet used = new BitSet();
  private @Nullable BitSet asides;

  private Sentence(String original) {
    this.original = original;
    var uniform = new StringBuilder(original.length());
    for (int i = 0; i < original.length(); i++) {
      uniform.append(uniform(original.charAt(i)));
    }
    this.plain = uniform.toString();
  }

  public static Sentence of(String text) {
    var composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    var visible = INVISIBLE.matcher(composed).replaceAll(" ");
    var single = BLANKS.matcher(visible).replaceAll(" ").strip();
    var parted = CLOCK_WITH_DOT.matcher(PAUSE.matcher(single).replaceAll(", ")).replaceAll("$1:$2");
    return new Sentence(BEFORE_UNIT.matcher(parted).replaceAll(""));
  }

  /**
   * Returns the text in lower case and simplified characters; it is as long as {@link #original()}.
   */
  public String plain() {
    return plain;
  }

  /** Returns the text as written, but in half width and with single blanks. */
  public String original() {
    return original;
  }

  /** Returns a stretch as shops write it: in simplified characters, else as it is written. */
  public String simplified(int start, int end) {
    return ChineseCharacters.simplified(original.substring(start, end));
  }

  public boolean isFree(int start, int end) {
    int next = claimed.nextSetBit(start);
    return next < 0 || next >= end;
  }

  public void claim(int start, int end) {
    claimed.set(start, end);
  }

  /** Notes that a wish took these characters as they are, without a meaning of their own. */
  public void use(int start, int end) {
    used.set(start, end);
  }

  /**
   * Returns the characters that stand beside the wish, which do not depend on what is understood.
   *
   * @param find finds them in the plain text; it is asked once only
   */
  public BitSet asides(Function<String, BitSet> find) {
    var found = asides;
    if (found == null) {
      found = find.apply(plain);
      asides = found;
    }
    return found;
  }

  public boolean isUnread(int at) {
    return !claimed.get(at) && !used.get(at);
  }

  /** Offers every free match to {@code reader} and claims the matches that it takes. */
  public void claimMatches(Pattern pattern, Predicate<Matcher> reader) {
    var matcher = pattern.matcher(plain);
    int from = 0;
    while (from <= plain.length() && matcher.find(from)) {
      boolean taken =
          matcher.end() > matcher.start()
              && isFree(matcher.start(), matcher.end())
              && reader.test(matcher);
      if (taken) {
        claim(matcher.start(), matcher.end());
      }
      from = taken ? matcher.end() : matcher.start() + 1;
    }
  }

  /** Returns the plain text in which {@code blot} replaces everything that is understood. */
  public String unclaimedText(char blot) {
    var rest = new StringBuilder(plain);
    claimed.stream().filter(i -> i < rest.length()).forEach(i -> rest.setCharAt(i, blot));
    return rest.toString();
  }

  /**
   * Returns whether most words are Chinese: a Chinese word has about 1.7 characters. Order numbers
   * and train numbers are words of no language.
   */
  public boolean isChinese() {
    long han = plain.chars().filter(ChineseCharacters::isHan).count();
    long latin =
        LATIN
            .matcher(plain)
            .results()
            .filter(word -> !UNIVERSAL.matcher(word.group()).matches())
            .count();
    return han > 0 && han / 1.7 >= latin;
  }

  /**
   * Returns whether the text has no word of any language, so that it tells none: "G7?", "20000mAh",
   * "OK".
   */
  public boolean isWordless() {
    return plain.chars().noneMatch(ChineseCharacters::isHan)
        && LATIN
            .matcher(plain)
            .results()
            .allMatch(word -> UNIVERSAL.matcher(word.group()).matches());
  }

  private static char uniform(char c) {
    return switch (c) {
      case '’', '‘', '`', '´' -> '\'';
      case '–', '—', '−' -> '-';
      case '“', '”' -> '"';
      default -> ChineseCharacters.simplified(Character.toLowerCase(c));
    };
  }

  @Override
  public String toString() {
    return original.toLowerCase(Locale.ROOT);
  }
}
