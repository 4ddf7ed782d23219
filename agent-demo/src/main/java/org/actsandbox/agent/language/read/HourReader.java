package org.actsandbox.agent.language.read;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.AllowedHours;
import org.actsandbox.agent.language.read.Meaning.HourShift;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.text.Sentence;

/** Finds hours: limits, ranges, approximate times, and parts of the day. */
final class HourReader {

  private static final int ABOUT_MINUTES = 30;
  private static final int AROUND_MINUTES = 60;

  private static final String AFTER =
      "not before|no earlier than|not earlier than|nothing before|never before"
          + "|(?:don't|do not|not|can't|cannot|can not|won't|wouldn't|never)(?: (?:want|like|wish|have|need|be able) to)? (?:leav(?:e|ing)|depart(?:ing)?|go(?:ing)?|start(?:ing)?|get up) before"
          + "|after|past|later than|since|from|不早于|最早|晚于|不要早于|别早于";
  private static final String BEFORE =
      "not after|no later than|not later than|nothing after|before|by|until|till|earlier than|prior to|不晚于|早于|不迟于|最晚|最迟|赶在";
  private static final String ROUGHLY =
      "around|about|approximately|at around|at about|roughly|大概|大约|差不多";
  private static final String BOUND =
      "(?:(?<after>"
          + AFTER
          + ")|(?<before>"
          + BEFORE
          + ")|(?<roughly>"
          + ROUGHLY
          + ")|(?<at>at|在))";
  private static final String SUFFIX =
      "(?: ?(?:(?<zhafter>之后|以后|过后|后(?!天))|(?<zhbefore>之前|以前|前(?!天))|(?<zhroughly>左右|前后|上下)|(?<enroughly>-?ish\\b)|(?<enafter>or later|onwards?)|(?<enbefore>or earlier)))?";
  private static final String UNITS =
      "(?![\\d%])(?! ?(?:days?|nights?|weeks?|hours?|minutes?|months?|yuan|rmb|cny|kuai|people|persons?|adults?|tickets?"
          + "|seats?|rooms?|stars?|pieces?|pairs?|of us|km|个|元|块|天|晚|夜|张|人|星|件|号|日|月|周|间|位|小时|分钟|cm|mah|gb|inch)(?![a-z]))";

  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?:\\b(?:between|from)|在|从)? ?"
              + ClockTime.pattern("1")
              + " ?(?:and|or|to|-|~|到|至|或者?|until|till) ?"
              + ClockTime.pattern("2")
              + UNITS
              + "(?:之间|间)?");
  private static final Pattern BOUNDED =
      Pattern.compile(
          "(?:\\b|(?=[^\\x00-\\x7f]))"
              + BOUND
              + " ?(?:the )?"
              + ClockTime.pattern("1")
              + UNITS
              + SUFFIX);
  private static final Pattern FREE = Pattern.compile(ClockTime.pattern("1") + UNITS + SUFFIX);

  private static final Pattern FLIGHT =
      Pattern.compile("(?:\\bat )?" + ClockTime.pattern("1") + "(?![\\d:])");

  /** A part of the day that has not begun: 晚上之前到. */
  private static final Pattern PART_BEFORE = Pattern.compile("之前|以前|前(?!后|面|台|往)");

  private static final Pattern BEFORE_MIDNIGHT =
      Pattern.compile("(?:半夜|午夜|零点|[夜晚][里上]?十二点)(?:之前|以前|前)");

  /** 下午四五点 is between four and five. */
  private static final Pattern FROM_ONE_TO_NEXT =
      Pattern.compile(
          "(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|晚)?([一二三四五六七八九])([二三四五六七八九十])点(?!\\d|[一二三四五十半])(?:钟)?(?:左右|的样子)?");

  /** "After 6 pm but there before 9" is about one evening. */
  private static final Pattern AFTER_NOON_BEFORE =
      Pattern.compile("\\b(?:after|from|past) [^,;]{0,8}p\\.?m\\b");

  /** Twelve tonight is midnight: 今晚十二点. */
  private static final Pattern EVENING_BEFORE =
      Pattern.compile("(?:[今明当]晚|[晚夜][上里间]|\\btonight (?:at|by|before|until))\\s*$");

  private static final Pattern A_BIT =
      Pattern.compile("再?[早晚迟](?:到|走|出发|起|回|去)?(?:一点儿?|点儿?|一些|些)(?![钟半一二三四五六七八九十前后之左])");

  private static final Pattern NOT_TOO_EARLY =
      Pattern.compile("\\bnot too early\\b|(?:不要|不想|别|不能?)(?:起|走|出发|得)?太早");
  private static final Pattern NOT_TOO_LATE =
      Pattern.compile("\\bnot too late\\b|(?:不要|不想|别|不能?)(?:走|出发|到|得)?太晚");

  /** Ours: an "easy" train leaves neither before this time nor after the next. */
  private static final LocalTime EARLIEST_EASY = LocalTime.of(8, 0);

  private static final LocalTime LATEST_EASY = LocalTime.of(20, 0);
  private static final Pattern LATER =
      Pattern.compile(
          "\\b(?:(?:a )?(?:bit |little )?later(?: one| train| departure)?)\\b|太早了?|\\b(?:too|that's|bit) early\\b|再?晚一?[点些](?:的|儿)?|再晚|更晚的?|迟一?点|[晚后下]一[班趟](?:的|车)?");
  private static final Pattern EARLIER =
      Pattern.compile(
          "\\b(?:(?:an? )?(?:bit |little )?earlier(?: one| train| departure)?)\\b|太晚了?|\\b(?:too|that's|bit) late\\b|再?早一?[点些](?:的|儿)?|再早|更早的?|[早前上]一[班趟](?:的|车)?");

  /** The last characters of adjectives that 一点 makes weaker or stronger. */
  private static final String ADJECTIVES = "服巧致实深浅粗细便宜快大小好贵远近静净长短多少高低厚薄轻重强宽亮软硬新热暖甜淡浓适稳松慢空";

  private final Sentence sentence;
  private final HourSurroundings words;
  private final boolean afternoon;
  private final List<MeaningSpan> meaningSpans = new ArrayList<>();

  private HourReader(Sentence sentence) {
    this.sentence = sentence;
    this.words = new HourSurroundings(sentence);
    this.afternoon = DayPart.isAfternoon(sentence.plain());
  }

  static List<MeaningSpan> read(Sentence sentence, boolean continuing) {
    var reader = new HourReader(sentence);
    if (continuing) {
      sentence.claimMatches(
          HourShiftReader.BY_SO_MUCH,
          match ->
              HourShiftReader.read(match).filter(shift -> reader.add(match, shift)).isPresent());
    }
    // This is read before any clock time: 晚一点 means later and not one o'clock.
    sentence.claimMatches(A_BIT, match -> reader.readABit(match, continuing));
    sentence.claimMatches(
        NOT_TOO_EARLY,
        match -> reader.add(match, new Hours(EARLIEST_EASY, null, null, null, true)));
    sentence.claimMatches(
        NOT_TOO_LATE, match -> reader.add(match, new Hours(null, LATEST_EASY, null, null, true)));
    sentence.claimMatches(FLIGHT, reader::beforeFlight);
    sentence.claimMatches(BEFORE_MIDNIGHT, reader::beforeMidnight);
    sentence.claimMatches(FROM_ONE_TO_NEXT, reader::fromOneToNext);
    sentence.claimMatches(BETWEEN, reader::between);
    sentence.claimMatches(BOUNDED, reader::bounded);
    sentence.claimMatches(FREE, reader::free);
    if (continuing) {
      sentence.claimMatches(BARE_FINE, reader::bareHour);
      sentence.claimMatches(LATER, match -> reader.add(match, new HourShift(true, 0)));
      sentence.claimMatches(EARLIER, match -> reader.add(match, new HourShift(false, 0)));
    }
    for (var part : DayPart.values()) {
      sentence.claimMatches(part.pattern(), match -> reader.readPart(match, part));
    }
    return reader.meaningSpans;
  }

  /** Reads the hour of a flight as an arrival at the airport, as long before it as was said. */
  private boolean beforeFlight(Matcher match) {
    var clock = ClockTime.of(match, "1");
    if (!clock.isTime() || !clock.explicit() || !FlightReason.isReason(sentence.plain())) {
      return false;
    }
    int minutes = FlightReason.minutesBefore(sentence);
    var time = clock.time(afternoon);
    return time.toSecondOfDay() > minutes * 60
        && add(match, new Hours(null, null, null, time.minusMinutes(minutes), false));
  }

  /** Before midnight on Saturday is the end of that day and not its small hours. */
  private boolean beforeMidnight(Matcher match) {
    var end = LocalTime.of(23, 59);
    return add(
        match,
        words.isArrival(match, false)
            ? new Hours(null, null, null, end, false)
            : new Hours(null, end, null, null, false));
  }

  private boolean readPart(Matcher match, DayPart part) {
    var bound =
        PART_BEFORE.matcher(sentence.plain()).region(match.end(), sentence.plain().length());
    if (bound.lookingAt() && part.start().isAfter(LocalTime.MIN)) {
      sentence.claim(bound.start(), bound.end());
      boolean arrives = words.isArrival(match, false) || words.isOfReturn(bound.end());
      return add(
          match,
          arrives
              ? new Hours(null, null, null, part.start(), false)
              : new Hours(null, part.start(), null, null, false));
    }
    if (words.isDeadline(match)) {
      return add(
          match,
          words.isOfLeaving(match)
              ? new Hours(null, part.deadline(), null, null, false)
              : new Hours(null, null, null, part.deadline(), false));
    }
    if (words.isAllowed(match)) {
      return add(match, new AllowedHours(part.hours()));
    }
    return add(match, words.isNegated(match) ? part.hoursWithout() : part.hours());
  }

  /**
   * In a first sentence 早一点 asks for an early train; in a later one it asks for an earlier train.
   */
  private boolean readABit(Matcher match, boolean continuing) {
    boolean later = !match.group().contains("早");
    if (continuing) {
      return add(match, new HourShift(later, 0));
    }
    return later || add(match, DayPart.EARLY.hours());
  }

  private boolean add(Matcher match, Meaning meaning) {
    meaningSpans.add(new MeaningSpan(match.start(), match.end(), meaning));
    return true;
  }

  private boolean fromOneToNext(Matcher match) {
    int first = "一二三四五六七八九十".indexOf(match.group(2)) + 1;
    int next = "一二三四五六七八九十".indexOf(match.group(3)) + 1;
    if (next != first + 1) {
      return false;
    }
    var part = match.group(1) == null ? "" : match.group(1);
    var start = new ClockTime(first, 0, part, true).time(afternoon);
    var end = new ClockTime(next, 0, part, true).time(afternoon);
    return start.isBefore(end)
        && add(
            match,
            words.isArrival(match, false)
                ? new Hours(null, null, start, end, false)
                : new Hours(start, end, null, null, false));
  }

  private static final Pattern BARE_FINE =
      Pattern.compile(
          "^(?:ok,? |no,? |then |rather |about |around )*([5-9]|1\\d|2[0-3])(?: o'?clock)? (?:is|would be|works|will be|is also|'s)(?: (?:fine|ok|okay|good|better|great|perfect|best))?[.! ]*$");

  /** Reads an hour that an answer accepts: "nine is fine". */
  private boolean bareHour(Matcher match) {
    return add(match, roughly(match, LocalTime.of(Integer.parseInt(match.group(1)), 0), true));
  }

  private boolean between(Matcher match) {
    var first = ClockTime.of(match, "1");
    var last = ClockTime.of(match, "2");
    boolean clear = first.explicit() || last.explicit() || match.group().contains("between");
    if (!clear || !first.isTime() || !last.isTime()) {
      return false;
    }
    var end = last.time(afternoon);
    var start = first.withHalfOf(last).time(afternoon);
    if (!start.isBefore(end)) {
      start = first.time(false);
    }
    return start.isBefore(end)
        && add(
            match,
            words.isArrival(match, false)
                ? new Hours(null, null, start, end, false)
                : new Hours(start, end, null, null, false));
  }

  private boolean bounded(Matcher match) {
    var clock = ClockTime.of(match, "1");
    boolean at = match.group("at") != null || match.group("roughly") != null;
    if (!clock.isTime()
        || (match.group("at") != null && !clock.explicit() && match.group("at").equals("在"))) {
      return false;
    }
    boolean from = "from".equals(match.group("after"));
    if (from && !clock.explicit()) {
      return false;
    }
    boolean sameEvening =
        match.group("before") != null
            && AFTER_NOON_BEFORE.matcher(sentence.plain().substring(0, match.start())).find();
    var time = time(match, clock, sameEvening);
    if (isDegree(match, clock)) {
      return false;
    }
    if (at && suffix(match) == 0) {
      return add(match, roughly(match, time, match.group("at") != null));
    }
    boolean after = match.group("after") != null || suffix(match) > 0;
    boolean before = match.group("before") != null || suffix(match) < 0;
    return add(match, bound(match, time, after && !before, "by".equals(match.group("before"))));
  }

  private boolean free(Matcher match) {
    var clock = ClockTime.of(match, "1");
    boolean isApproximateEnglish = match.group("enroughly") != null;
    boolean isApproximate = isApproximateEnglish || match.group("zhroughly") != null;
    if (!clock.isTime() || (!clock.explicit() && !isApproximateEnglish) || isDegree(match, clock)) {
      return false;
    }
    var time = time(match, clock, false);
    int suffix = suffix(match);
    return add(
        match,
        suffix == 0 ? roughly(match, time, !isApproximate) : bound(match, time, suffix > 0, false));
  }

  /** Returns whether 一点 follows an adjective, as in 舒服一点, and is no hour. */
  private boolean isDegree(Matcher match, ClockTime clock) {
    return match.group().equals("一点")
        && clock.hour() == 1
        && match.start() > 0
        && ADJECTIVES.indexOf(sentence.plain().charAt(match.start() - 1)) >= 0;
  }

  private LocalTime time(Matcher match, ClockTime clock, boolean sameEvening) {
    var before = sentence.plain().substring(0, match.start());
    boolean isMidnight = clock.isBareTwelve() && EVENING_BEFORE.matcher(before).find();
    return isMidnight ? LocalTime.of(23, 59) : clock.time(afternoon || sameEvening);
  }

  private static int suffix(Matcher match) {
    if (match.group("zhafter") != null || match.group("enafter") != null) {
      return 1;
    }
    return match.group("zhbefore") != null || match.group("enbefore") != null ? -1 : 0;
  }

  private Hours roughly(Matcher match, LocalTime time, boolean exact) {
    if (EventTime.isNear(sentence.plain(), match.start(), match.end())) {
      int ahead = FlightReason.statedMinutes(sentence).orElse(0);
      return new Hours(
          null,
          null,
          null,
          time.toSecondOfDay() > ahead * 60 ? time.minusMinutes(ahead) : time,
          false);
    }
    if (words.isFreeFrom(match)) {
      return new Hours(
          time.isBefore(LocalTime.of(9, 0)) ? time.plusHours(12) : time, null, null, null, false);
    }
    if (words.isNegated(match)) {
      return withoutThatHour(time);
    }
    if (exact && words.isLatestArrival(match)) {
      return new Hours(null, null, null, time, false);
    }
    int minutes = exact ? ABOUT_MINUTES : AROUND_MINUTES;
    var from = time.toSecondOfDay() < minutes * 60 ? LocalTime.MIN : time.minusMinutes(minutes);
    var to =
        time.plusMinutes(minutes).isBefore(time) ? LocalTime.of(23, 59) : time.plusMinutes(minutes);
    return words.isArrival(match, false)
        ? new Hours(null, null, from, to, false, true)
        : new Hours(from, to, null, null, false, true);
  }

  /** "Not the seven o'clock train" leaves the later ones, and the earlier ones if it says so. */
  private Hours withoutThatHour(LocalTime time) {
    boolean earlier = sentence.plain().matches(".*(?:\\bearlier\\b|更早|早(?:一?[点些]|班)).*");
    return earlier
        ? new Hours(null, time.minusMinutes(ABOUT_MINUTES), null, null, false)
        : new Hours(time.plusMinutes(ABOUT_MINUTES), null, null, null, false);
  }

  private Hours bound(Matcher match, LocalTime time, boolean after, boolean by) {
    boolean arrive =
        words.isArrival(match, by)
            && !(after && words.isBeforeDestination(match))
            && !words.isAtStation(match);
    if (after != words.isNegated(match)) {
      return arrive
          ? new Hours(null, null, time, null, false)
          : new Hours(time, null, null, null, false);
    }
    return arrive
        ? new Hours(null, null, null, time, false)
        : new Hours(null, time, null, null, false);
  }
}
