package org.actsandbox.agent.language.read;

import java.time.LocalTime;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/**
 * A time of day as it is written.
 *
 * @param hour 0 to 24, or -1 when it is not a time
 * @param half the words that tell morning from afternoon, empty without such words
 * @param explicit whether the text cannot mean anything but a time
 */
record ClockTime(int hour, int minute, String half, boolean explicit) {

  /** Up to this hour, an hour without a half of the day is in the afternoon: "after 3". */
  private static final int LAST_BARE_AFTERNOON_HOUR = 5;

  private static final int SMALL_HOURS_END = 5;

  private static final String HOUR =
      "\\d{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]"
          + "|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\\b";
  private static final String MINUTE = "[0-5]\\d|[二三四五]十[一二三四五六七八九]?|十[一二三四五六七八九]?|零?[五]";

  private static final String NAMED =
      "(?:(?<named>\\b(?:noon|midday|midnight)\\b|正午|中午(?=之?前|以前))|(?<half>\\b(?:half|(?:a"
          + " )?quarter) past"
          + " )?(?<part>凌晨|清晨|早晨|早上|清早|早|上午|中午|下午|午后|傍晚|晚上|晚间|夜里|夜间|后?半夜|深夜|晚)?(?:的)?"
          + "(?<![\\d.:])(?<hour>"
          + HOUR
          + ")(?:(?:[:：](?<minute>[0-5]\\d))(?!\\d)"
          + "|(?<dian>点钟?|时(?!间))(?:(?<ban>半)|(?<ke>一刻|三刻)|(?<fen>"
          + MINUTE
          + ")分?)?)?(?: ?(?<ap>a\\.?m\\b\\.?|p\\.?m\\b\\.?|o'?clock\\b|in the morning\\b|in the"
          + " afternoon\\b|in the evening\\b|at night\\b))?)";

  /** A time of day, without capturing groups. */
  static final String PATTERN = NAMED.replaceAll("\\?<\\w+>", "?:");

  private static final Pattern WHOLE = Pattern.compile(NAMED);

  private static final Set<String> NAMES = Set.of("noon", "midday", "midnight", "正午", "中午");

  /** Returns the time that a match of {@link #PATTERN} stands for. */
  static ClockTime of(String words) {
    if (NAMES.contains(words)) {
      return new ClockTime(words.equals("midnight") ? 24 : 12, 0, "named", true);
    }
    var match = WHOLE.matcher(words);
    if (!match.matches()) {
      return new ClockTime(-1, 0, "", false);
    }
    int hour = Numerals.whole(match.group("hour")).orElse(-1);
    var part = Objects.requireNonNullElse(match.group("part"), "");
    var ap = Objects.requireNonNullElse(match.group("ap"), "");
    var digits = match.group("minute");
    boolean explicit =
        digits != null
            || match.group("dian") != null
            || !ap.isEmpty()
            || match.group("half") != null;
    var half = part.isEmpty() ? ap : part;
    if (half.isEmpty() && digits != null && match.group("hour").startsWith("0")) {
      half = "named";
    }
    return new ClockTime(hour <= 24 ? hour : -1, minute(match, digits), half, explicit);
  }

  private static int minute(Matcher match, @Nullable String digits) {
    var past = match.group("half");
    if (match.group("ban") != null || past != null) {
      return past != null && past.contains("quarter") ? 15 : 30;
    }
    var quarters = match.group("ke");
    if (quarters != null) {
      return quarters.startsWith("一") ? 15 : 45;
    }
    var minutes = digits == null ? match.group("fen") : digits;
    return minutes == null ? 0 : Numerals.whole(minutes).orElse(0);
  }

  boolean isTime() {
    return hour >= 0;
  }

  /** Returns whether it is twelve o'clock without a word that tells noon from midnight. */
  boolean isBareTwelve() {
    return hour == 12 && minute == 0 && (half.isEmpty() || half.startsWith("o"));
  }

  /** Takes the half of the day from the later time: in "between 2 and 4 pm" it holds for both. */
  ClockTime withHalfOf(ClockTime later) {
    return half.isEmpty() ? new ClockTime(hour, minute, later.half, explicit) : this;
  }

  LocalTime time(boolean afternoon) {
    int h = hour;
    if (hour == 12 && minute == 0 && half.matches("晚.*|.*夜.*|.*night")) {
      h = 24;
    } else if (half.matches(".*夜.*|晚上") && h > 0 && h < SMALL_HOURS_END) {
      // 夜里一点 is after midnight.
      return LocalTime.of(h, minute);
    } else if (half.matches("p.*|.*(afternoon|evening|night)|下午|午后|傍晚|晚.*|.*夜.*") && h < 12) {
      h += 12;
    } else if (half.equals("中午") && h < 3) {
      h += 12;
    } else if (half.matches("a.*|.*morning|凌晨|早.*") && h == 12) {
      h = 0;
    } else if ((half.isEmpty() || half.startsWith("o")) && h > 0 && h < 12) {
      h += afternoon || h <= LAST_BARE_AFTERNOON_HOUR ? 12 : 0;
    }
    return h >= 24 ? LocalTime.of(23, 59) : LocalTime.of(h, minute);
  }
}
