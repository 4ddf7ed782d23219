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

  private static final Pattern ARRIVE_BEFORE =
      Pattern.compile(
          "(?:\\b(?:arriv\\w*|gets? (?:there|in|me there|home)|gets (?:in)?to|getting (?:in)?to|be (?:there|in|at|home|back)|back (?:in|at|home)|reach\\w*|getting (?:there|in))\\b[^,;。，]{0,24}|(?:到达|抵达|赶到|到站|到)[^,;。，]{0,6})$");
  private static final Pattern ARRIVE_AFTER =
      Pattern.compile("^ ?(?:之?前|以前)?(?:必须|就|要|能|得|需要)*(?:到(?!货)|抵达|赶到)(?!.{0,2}(?:酒店|店)).*");

  /** An hour by which the traveller must be back limits the arrival: 十点之前要从南京回到杭州. */
  private static final Pattern BACK_AFTER =
      Pattern.compile("^(?:必须|就|要|能|得|需要|想|赶)*(?:从[^，,。]{1,6})?(?:回到|赶回|回)");

  /** The sentence 10:30以后到北京的票 is about leaving after 10:30; its 到 belongs to the place. */
  private static final Pattern TO_PLACE_AFTER =
      Pattern.compile("^ ?(?:之?后|以后)?(?:去|到|至|往)(?!达|站|货).*");

  private static final Pattern NEGATED_BEFORE =
      Pattern.compile(
          "(?:不要|别|不想要?|不想坐|不坐|不订|不买|不选|不能|除了|除开|避开"
              + "|\\b(?:not|no|nothing|none|can't|cannot|won't|mustn't|must not|shouldn't|don't want(?: anything| one)?|do not want(?: anything)?|avoid|except(?: for)?|anything but|other than|rather not|not to|rather avoid|like to avoid|i hate|i dislike|i don't like|i don't like to)"
              + "(?: trains?| one| anything| those| too| in| at| during| on| that| which| leaves?| leaving| departs?| departing| goes?| going| starts?| starting| arrives?| arriving| be there| get there| to| travel(?:l?ing)?| rid(?:e|ing)| tak(?:e|ing)| be| being| sit(?:ting)?| on a train)*(?: the| an?)?)\\s*(?:太|在)?$");

  /** "I can't get to the station before eight" allows no train before eight. */
  private static final Pattern IMPOSSIBLE_BEFORE =
      Pattern.compile(
          "\\b(?:can't|cannot|can not|won't|couldn't|unable to|not able to)\\b[^,;.!?]{0,40}$|(?:没法|不能|无法|来不及)[^，,。；]{0,10}$");

  /** A traveller who reaches the station after nine leaves after nine. */
  private static final Pattern AT_STATION =
      Pattern.compile(
          "\\bat the (?:train |railway )?station(?: (?:before|until|by|after))? ?$|到(?:不了)?(?:车站|火车站)");

  private static final Pattern FLIGHT =
      Pattern.compile("(?:\\bat )?" + ClockTime.pattern("1") + "(?![\\d:])");

  private static final Pattern BEFORE_MIDNIGHT =
      Pattern.compile("(?:半夜|午夜|零点|[夜晚][里上]?十二点)(?:之前|以前|前)");

  /** 下午四五点 is between four and five. */
  private static final Pattern FROM_ONE_TO_NEXT =
      Pattern.compile(
          "(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|晚)?([一二三四五六七八九])([二三四五六七八九十])点(?!\\d|[一二三四五十半])(?:钟)?(?:左右|的样子)?");

  private static final Pattern LEAVE_BEFORE =
      Pattern.compile(
          "\\b(?:leav\\w*|depart\\w*|set(?:ting)? off|start\\w*|go(?:ing)?|board\\w*)\\b[^,;]{0,24}$");

  /** "After 6 pm but there before 9" is about one evening. */
  private static final Pattern AFTER_NOON_BEFORE =
      Pattern.compile("\\b(?:after|from|past) [^,;]{0,8}p\\.?m\\b");

  /** Twelve tonight is midnight: 今晚十二点. */
  private static final Pattern EVENING_BEFORE =
      Pattern.compile("(?:[今明当]晚|[晚夜][上里间]|\\btonight (?:at|by|before|until))\\s*$");

  private static final Pattern A_BIT =
      Pattern.compile("再?[早晚迟](?:一点儿?|点儿?|一些|些)(?![钟半一二三四五六七八九十前后之左])");

  /** "I have to be at the client's at ten" means to be there before ten. */
  private static final Pattern HAVE_TO_BE =
      Pattern.compile(
          "\\b(?:(?:need|have|has|got|must|am due|supposed|expected)(?: to)? be (?:at|in|with|there)|(?:wants?|expects?|needs?) (?:me|us|him|her)(?: to be)? (?:at|in|there)|(?:due|expected) (?:at|in))\\b[^,;]{0,30}$");

  private static final String EVENT =
      "meeting|appointment|interview|conference|concert|wedding|exam|lecture|dinner|lunch|party|match|game|show|opening|ceremony|funeral";
  private static final Pattern EVENT_BEFORE =
      Pattern.compile("\\b(?:" + EVENT + ")\\b[^,;]{0,30}$");
  private static final Pattern EVENT_AFTER =
      Pattern.compile(
          "^(?:整|钟)?(?:[^，,。;；去到走回]{0,6}?)(?:开会|有个?会|的会|会议|面试|考试|婚礼|演唱会|见客户|讲座|开始|开场|开考)"
              + "|^ ?(?:o'clock |am |pm )?(?:"
              + EVENT
              + ")\\b");

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
  private static final String ADJECTIVES = "服便宜快大小好贵远近静净长短多少高低厚薄轻重强宽亮软硬新热暖甜淡浓适稳松慢空";

  /** The hour at which the principal is free to leave: "I get off work at five", 五点下班. */
  private static final Pattern FREE_BEFORE =
      Pattern.compile(
          "\\b(?:(?:finish(?:es)?|ends?|over|(?:get|am|be|getting) off|off work|done|knock off)(?: (?:work|school|class|my shift|the meeting))?)(?: (?:at|by|around|about|until))? ?$");

  private static final Pattern FREE_AFTER =
      Pattern.compile("^ ?(?:钟|整)?(?:才|就|左右)?(?:下班|放学|下课|结束|散会|开完会|忙完|收工|考完).*");

  /** A part of the day that is allowed and not asked for: 下午也行, "a night train is fine". */
  private static final Pattern ALLOWED_AFTER =
      Pattern.compile(
          "^(?:的)?也(?:行|可以|可|好|成|没问题|能接受).*"
              + "|^(?: trains?)?(?: is| are| would be| works?)(?: also)?(?: perfectly)? ?(?:fine|ok|okay|alright|all right|acceptable|good|possible)?(?: too| as well)?(?: (?:for|by|with) me)?(?: ?[,.;!]| ?$).*");

  private final Sentence sentence;
  private final boolean afternoon;
  private final List<MeaningSpan> meaningSpans = new ArrayList<>();

  private HourReader(Sentence sentence) {
    this.sentence = sentence;
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
        isArrival(match, false)
            ? new Hours(null, null, null, end, false)
            : new Hours(null, end, null, null, false));
  }

  /** Words of a day, between "by" and the part of that day: "by Thursday evening". */
  private static final Pattern DEADLINE_BEFORE =
      Pattern.compile(
          "\\b(?:by|no later than|not later than|at the latest|(?<!not )(?<!never )(?<!nothing )before)(?: (?:on|the|this|next|coming|early|late|end|of|day|after|today|tomorrow|tmrw?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|\\d{1,2}(?:st|nd|rd|th)?|[a-z]{3,9}(?= \\d)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))* ?$");

  private boolean readPart(Matcher match, DayPart part) {
    var before = sentence.plain().substring(0, match.start());
    if (DEADLINE_BEFORE.matcher(before).find()) {
      return add(
          match,
          LEAVE_BEFORE.matcher(before).find()
              ? new Hours(null, part.deadline(), null, null, false)
              : new Hours(null, null, null, part.deadline(), false));
    }
    if (ALLOWED_AFTER.matcher(sentence.plain().substring(match.end())).matches()) {
      return add(match, new AllowedHours(part.hours()));
    }
    return add(match, isNegated(match) ? part.hoursWithout() : part.hours());
  }

  private boolean isNegated(Matcher match) {
    var before = sentence.plain().substring(Math.max(0, match.start() - 60), match.start());
    return NEGATED_BEFORE.matcher(before).find() || IMPOSSIBLE_BEFORE.matcher(before).find();
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
            isArrival(match, false)
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
            isArrival(match, false)
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
    if (isEventTime(match)) {
      int lead = FlightReason.minutesBefore(sentence, 0);
      boolean sameDay = time.toSecondOfDay() > lead * 60;
      return new Hours(null, null, null, sameDay ? time.minusMinutes(lead) : time, false);
    }
    if (isFreeFrom(match)) {
      return new Hours(
          time.isBefore(LocalTime.of(9, 0)) ? time.plusHours(12) : time, null, null, null, false);
    }
    if (isNegated(match)) {
      return withoutThatHour(time);
    }
    int minutes = exact ? ABOUT_MINUTES : AROUND_MINUTES;
    var from = time.toSecondOfDay() < minutes * 60 ? LocalTime.MIN : time.minusMinutes(minutes);
    var to =
        time.plusMinutes(minutes).isBefore(time) ? LocalTime.of(23, 59) : time.plusMinutes(minutes);
    return isArrival(match, false)
        ? new Hours(null, null, from, to, false, true)
        : new Hours(from, to, null, null, false, true);
  }

  private boolean isFreeFrom(Matcher match) {
    var before = FREE_BEFORE.matcher(sentence.plain().substring(0, match.start()));
    if (before.find()) {
      // These words are about the work and not about something to get.
      sentence.claim(before.start(), before.end());
      return true;
    }
    return FREE_AFTER.matcher(sentence.plain().substring(match.end())).matches();
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
        isArrival(match, by)
            && !(after && isBeforeDestination(match))
            && !AT_STATION.matcher(sentence.plain().substring(0, match.start())).find();
    if (after != isNegated(match)) {
      return arrive
          ? new Hours(null, null, time, null, false)
          : new Hours(time, null, null, null, false);
    }
    return arrive
        ? new Hours(null, null, null, time, false)
        : new Hours(null, time, null, null, false);
  }

  /** A meeting at two does not mean a train at two: the principal arrives before it. */
  private boolean isEventTime(Matcher match) {
    var text = sentence.plain();
    return EVENT_BEFORE.matcher(text.substring(0, match.start())).find()
        || HAVE_TO_BE.matcher(text.substring(0, match.start())).find()
        || EVENT_AFTER.matcher(text.substring(match.end())).find();
  }

  private boolean isBeforeDestination(Matcher match) {
    var after = sentence.plain().substring(match.end());
    int to = after.startsWith(" ") ? match.end() + 2 : match.end() + 1;
    return TO_PLACE_AFTER.matcher(after).matches()
        && to < sentence.plain().length()
        && !sentence.isFree(to, to + 1);
  }

  /**
   * Returns whether the time is an arrival: "by 18:00" means to be there, unless the sentence is
   * about leaving.
   */
  private boolean isArrival(Matcher match, boolean by) {
    var text = sentence.plain();
    var before = text.substring(Math.max(0, match.start() - 40), match.start());
    var after = text.substring(match.end(), Math.min(text.length(), match.end() + 12));
    if (ARRIVE_BEFORE.matcher(before).find() && !LEAVE_BEFORE.matcher(before).find()) {
      // "到上海" names a place and not an arrival.
      return !before.matches(".*到[^,;。，]{2,6}") || before.matches(".*(到达|抵达|赶到|到站).*");
    }
    boolean backBefore = match.group().endsWith("前") && BACK_AFTER.matcher(after).find();
    return backBefore
        || ARRIVE_AFTER.matcher(after).matches()
        || (by && !LEAVE_BEFORE.matcher(before).find());
  }
}
