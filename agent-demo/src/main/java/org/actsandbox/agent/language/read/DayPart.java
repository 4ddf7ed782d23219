package org.actsandbox.agent.language.read;

import java.time.LocalTime;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.jspecify.annotations.Nullable;

/** Names the parts of the day as departure windows, the more specific parts first. */
enum DayPart {
  DAWN("\\b(?:at dawn|before dawn|small hours)\\b|凌晨|半夜", 0, 6),
  EARLY_AFTERNOON("\\bearly (?:in the )?afternoon\\b", 12, 15),
  EARLY_EVENING("\\bearly evening\\b", 17, 20),
  MID_MORNING("\\bmid[- ]?morning\\b", 9, 11),
  MID_AFTERNOON("\\bmid[- ]?afternoon\\b", 14, 16),
  LATE_MORNING("\\blate morning\\b", 10, 12),
  LATE_AFTERNOON("\\blate afternoon\\b", 15, 18),
  LATE(
      "\\b(?:late (?:at )?(?:night|evening)|late(?= (?:train|one|departure|ticket))|at"
          + " night|(?:night|overnight)(?= trains?\\b)|red-eye)\\b|深夜|夜里|夜间|夜车|夜班车|晚班车?|午夜",
      20,
      24),
  EARLY(
      "\\b(?:early (?:in the )?morning|first thing(?: in the morning)?|early(?="
          + " ?(?:train|one|departure|ticket|seat|morning|high|g\\b|bird|[,.!?]|$))|early(?!"
          + " check))\\b|大?清早|清晨|一大早|一早|早班|赶早|大早上",
      5,
      9),
  ZAO("早上|早晨|早间|(?<=[明今天日])早(?!点|餐|一|些)|(?<=[一二三四五六日末])早(?!点|餐|一|些|饭)", 5, 10),
  MORNING(
      "\\b(?:in the )?mornings?\\b|\\bbefore (?:lunch|noon|midday)\\b|上午|(?<!中)午前|(?:午饭|中饭|午餐)之?前",
      6,
      12),
  NOON("\\b(?:lunch ?time|around lunch|midday|noon)\\b|中午|午间|正午", 11, 14),
  AFTERNOON(
      "\\b(?:in the )?afternoons?\\b|\\bafter lunch\\b|\\barvo\\b|下午|午后|(?:午饭|中饭|午餐)之?后", 12, 18),
  EVENING(
      "\\b(?:in the )?evenings?\\b|\\bafter (?:work|school|dinner|supper|office"
          + " hours)\\b|下班(?:之?后|以后)?|\\bnight\\b(?!"
          + " light)|傍晚|晚上|晚间|(?:晚饭|晚餐|天黑)(?=之?前|以前|之?后|以后)|(?<=[明今天日])晚(?!点|一|些)|(?<=[一二三四五六日末])晚(?!点|一|些|上)",
      18,
      24);

  /** Nights that are slept say nothing about the hours of a train: "at 10, and one night". */
  private static final Pattern COUNTED_NIGHTS =
      Pattern.compile(
          "\\b(?:that|same|each|per) night\\b|\\bthe night of\\b|当晚|(?<![周期拜号日])[一两二三四五六七八九十\\d]{1,2}晚(?![上饭间])|\\b(?:an?|one|two|three|four|five|six|seven|per|each|every|extra|\\d+)[ -]nights?\\b");

  private final Pattern pattern;
  private final int from;
  private final int to;

  DayPart(String regex, int from, int to) {
    this.pattern = Pattern.compile(regex);
    this.from = from;
    this.to = to;
  }

  Pattern pattern() {
    return pattern;
  }

  /** Returns the moment at which this part of the day begins, as in 晚上之前. */
  LocalTime start() {
    return LocalTime.of(from, 0);
  }

  Hours hours() {
    return new Hours(LocalTime.of(from, 0), end(), null, null, true);
  }

  /** Returns the rest of the day before or after this part, for "anything but the morning". */
  Hours hoursWithout() {
    return from < LocalTime.NOON.getHour()
        ? new Hours(LocalTime.of(to, 0), null, null, null, true)
        : new Hours(null, LocalTime.of(from, 0), null, null, true);
  }

  /**
   * Returns by when "by the evening" is over. Ours: a morning's deadline is nine, so that some
   * train can keep it; that of the other parts is when they begin, but lunch is at noon.
   */
  LocalTime deadline() {
    return LocalTime.of(to <= LocalTime.NOON.getHour() ? Math.max(from, 9) : Math.max(from, 12), 0);
  }

  private @Nullable LocalTime end() {
    return to == 24 ? null : LocalTime.of(to, 0);
  }

  /** Returns whether the sentence mentions an afternoon or evening, so that "at 3" is 15:00. */
  static boolean isAfternoon(String sentence) {
    var text = COUNTED_NIGHTS.matcher(sentence).replaceAll("");
    return AFTERNOON.pattern.matcher(text).find()
        || EVENING.pattern.matcher(text).find()
        || LATE.pattern.matcher(text).find()
        || text.contains("tonight");
  }
}
