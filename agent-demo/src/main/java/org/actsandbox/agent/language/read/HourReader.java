package org.actsandbox.agent.language.read;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import org.actsandbox.agent.language.read.Meaning.AllowedHours;
import org.actsandbox.agent.language.read.Meaning.HourShift;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Finds hours by the rules of {@code hours.txt}: limits, ranges, approximate times, and parts of
 * the day.
 */
final class HourReader {

  static final RuleFile RULES = RuleFile.of("hours.txt");

  /** Rules of hours that are counted from noon. */
  private static final List<Rule> AFTERNOONS =
      RULES.rules().stream().filter(rule -> rule.argument().endsWith(" pm")).toList();

  /** Rules that give a part of the day beside what others read in the same words. */
  private static final List<Rule> BESIDES =
      RULES.rules().stream().filter(rule -> rule.kind().equals("also")).toList();

  private static final int ABOUT_MINUTES = 30;
  private static final int AROUND_MINUTES = 60;
  private static final LocalTime MIDNIGHT = LocalTime.of(23, 59);

  /** Rules that are read only after an earlier sentence. */
  private static final Set<String> CONTINUING = Set.of("shift", "fine");

  /** Rules of a time are tried only in a sentence that has one. */
  private static final Set<String> OF_TIMES =
      Set.of("after", "before", "by", "at", "about", "between", "from", "flight");

  private final Sentence sentence;
  private final String text;

  /** Tells where the clause about the way back begins; without one it is the end of the text. */
  private final int wayBack;

  private final boolean afternoon;

  /** Tells whether the words before the way back speak of the afternoon themselves. */
  private final boolean afternoonThere;

  private final List<MeaningSpan> spans = new ArrayList<>();

  private HourReader(Sentence sentence) {
    this.sentence = sentence;
    this.text = sentence.plain();
    var back = RULES.anywhere("way back", text);
    this.wayBack = back.find() ? back.start() : text.length();
    this.afternoon = isOfAfternoon(text);
    this.afternoonThere = afternoon && isOfAfternoon(text.substring(0, wayBack));
  }

  private static boolean isOfAfternoon(String words) {
    var searched = ScriptedPattern.Text.of(RULES.anywhere("counted nights", words).replaceAll(""));
    return AFTERNOONS.stream().anyMatch(rule -> rule.pattern().isFoundIn(searched));
  }

  private boolean isAfternoon(Matcher match) {
    return match.start() < wayBack ? afternoonThere : afternoon;
  }

  static List<MeaningSpan> read(Sentence sentence, boolean continuing) {
    var reader = new HourReader(sentence);
    boolean hasTime = RULES.occurs("time", reader.text);
    RULES.claim(
        sentence,
        rule ->
            (continuing || !CONTINUING.contains(rule.kind()))
                && (hasTime || !OF_TIMES.contains(rule.kind())),
        (rule, match) -> reader.claim(rule, match, continuing));
    for (var rule : BESIDES) {
      var match = rule.pattern().whole().matcher(reader.text);
      if (match.find()) {
        reader.add(match, part(rule.argument()));
      }
    }
    return reader.spans;
  }

  private boolean claim(Rule rule, Matcher match, boolean continuing) {
    return switch (rule.kind()) {
      case "shift" -> shift(rule.argument().equals("later"), match);
      case "bit" -> bit(rule.argument(), match, continuing);
      case "depart" -> add(match, limits(rule.argument()));
      case "flight" -> flight(match);
      case "midnight" -> add(match, bound("before", match, MIDNIGHT));
      case "between" -> between(rule, match);
      case "from" -> fromOneToNext(match);
      case "fine" -> {
        int hour = Integer.parseInt(RuleFile.captured(match).getFirst());
        yield add(match, roughly(match, LocalTime.of(hour, 0), true));
      }
      case "span" -> partOfDay(rule.argument(), match);
      case "also" -> false;
      default -> limit(rule, match);
    };
  }

  private boolean add(Matcher match, Meaning meaning) {
    return spans.add(MeaningSpan.of(match, meaning));
  }

  private boolean shift(boolean later, Matcher match) {
    var by = RuleFile.captured(match);
    if (by.isEmpty()) {
      return add(match, new HourShift(later, 0));
    }
    return TimeSpan.minutes(by.getFirst())
        .filter(minutes -> add(match, new HourShift(later, minutes)))
        .isPresent();
  }

  /**
   * In a first sentence 早一点 asks for an early train; in a later one it asks for an earlier train.
   */
  private boolean bit(String argument, Matcher match, boolean continuing) {
    boolean later = argument.equals("later");
    if (continuing) {
      return add(match, new HourShift(later, 0));
    }
    return later || add(match, part(argument.replace("earlier ", "")));
  }

  /** Reads the hour of a flight as an arrival at the airport, as long before it as was said. */
  private boolean flight(Matcher match) {
    var clock = clock(match, 0);
    if (!clock.isTime() || !clock.explicit() || !FlightReason.isReason(text)) {
      return false;
    }
    var time = clock.time(isAfternoon(match));
    var earlier = ahead(time, FlightReason.minutesBefore(sentence));
    return earlier.isBefore(time) && add(match, hours(true, null, earlier));
  }

  private boolean fromOneToNext(Matcher match) {
    var captured = RuleFile.captured(match);
    var part = captured.size() == 3 ? captured.getFirst() : "";
    var start = ClockTime.of(part + captured.get(captured.size() - 2) + "点");
    var end = ClockTime.of(part + captured.getLast() + "点");
    return end.hour() == start.hour() + 1
        && addRange(match, start.time(isAfternoon(match)), end.time(isAfternoon(match)));
  }

  private boolean between(Rule rule, Matcher match) {
    var first = clock(match, 0);
    var last = clock(match, 1);
    boolean clear = !isClear(rule) || first.explicit() || last.explicit();
    if (!clear || !first.isTime() || !last.isTime()) {
      return false;
    }
    var end = last.time(isAfternoon(match));
    var start = first.withHalfOf(last).time(isAfternoon(match));
    return addRange(match, start.isBefore(end) ? start : first.time(false), end);
  }

  private boolean addRange(Matcher match, LocalTime start, LocalTime end) {
    return start.isBefore(end) && add(match, hours(isArrival(match, false), start, end));
  }

  private boolean limit(Rule rule, Matcher match) {
    var clock = clock(match, 0);
    if (!clock.isTime() || (isClear(rule) && !clock.explicit()) || isDegree(match)) {
      return false;
    }
    var time = time(rule, match, clock);
    return switch (rule.kind()) {
      case "at" -> add(match, roughly(match, time, true));
      case "about" -> add(match, roughly(match, time, false));
      default -> add(match, bound(rule.kind(), match, time));
    };
  }

  private static boolean isClear(Rule rule) {
    return rule.argument().equals("clear");
  }

  /** Returns whether 一点 follows an adjective, as in 舒服一点, and is no hour. */
  private boolean isDegree(Matcher match) {
    return match.group().equals("一点") && RULES.precedes("degree", text, match.start());
  }

  private static ClockTime clock(Matcher match, int index) {
    return ClockTime.of(RuleFile.captured(match).get(index));
  }

  private LocalTime time(Rule rule, Matcher match, ClockTime clock) {
    boolean sameEvening =
        Set.of("before", "by").contains(rule.kind())
            && RULES.precedes("same evening", text, match.start());
    boolean isMidnight = clock.isBareTwelve() && RULES.precedes("evening", text, match.start());
    return isMidnight ? MIDNIGHT : clock.time(isAfternoon(match) || sameEvening);
  }

  private Hours roughly(Matcher match, LocalTime time, boolean exact) {
    if (RULES.precedes("event", text, match.start()) || RULES.follows("event", text, match.end())) {
      return hours(true, null, ahead(time, FlightReason.statedMinutes(sentence).orElse(0)));
    }
    if (isFreeFrom(match)) {
      return hours(false, time.isBefore(LocalTime.of(9, 0)) ? time.plusHours(12) : time, null);
    }
    if (isNegated(match)) {
      return withoutThatHour(time);
    }
    if (exact && RULES.follows("must arrive", text, match.end())) {
      return hours(true, null, time);
    }
    int minutes = exact ? ABOUT_MINUTES : AROUND_MINUTES;
    var from = time.toSecondOfDay() < minutes * 60 ? LocalTime.MIN : time.minusMinutes(minutes);
    var to = time.plusMinutes(minutes).isBefore(time) ? MIDNIGHT : time.plusMinutes(minutes);
    return isArrival(match, false)
        ? new Hours(null, null, from, to, false, true)
        : new Hours(from, to, null, null, false, true);
  }

  private static LocalTime ahead(LocalTime time, int minutes) {
    return time.toSecondOfDay() > minutes * 60 ? time.minusMinutes(minutes) : time;
  }

  /** "Not the seven o'clock train" leaves the later ones, and the earlier ones if it says so. */
  private Hours withoutThatHour(LocalTime time) {
    return RULES.occurs("only earlier", text)
        ? hours(false, null, time.minusMinutes(ABOUT_MINUTES))
        : hours(false, time.plusMinutes(ABOUT_MINUTES), null);
  }

  private Hours bound(String kind, Matcher match, LocalTime time) {
    boolean after = kind.equals("after");
    boolean arrives =
        isArrival(match, kind.equals("by"))
            && !(after && isBeforeDestination(match))
            && !RULES.precedes("at the station", text, match.start());
    return after != isNegated(match) ? hours(arrives, time, null) : hours(arrives, null, time);
  }

  private boolean partOfDay(String argument, Matcher match) {
    var part = part(argument);
    var start = part.departAfter();
    if (start == null) {
      throw new IllegalStateException("a part of the day has a start: " + argument);
    }
    var before = RULES.after("before the part", text, match.end());
    if (before.lookingAt() && start.isAfter(LocalTime.MIN)) {
      sentence.claim(match.end(), before.end());
      boolean arrives = isArrival(match, false) || RULES.follows("back", text, before.end());
      return add(match, hours(arrives, null, start));
    }
    if (RULES.precedes("deadline", text, match.start())) {
      boolean leaves = RULES.precedes("leave", text, match.start());
      return add(match, hours(!leaves, null, deadline(part, start)));
    }
    if (RULES.follows("allowed", text, match.end())
        && !RULES.precedes("instead", text, match.start())) {
      return add(match, new AllowedHours(part));
    }
    if (isNegated(match)) {
      return add(match, without(part, start));
    }
    return add(match, arrivesIn(match) ? part.asArrival() : part);
  }

  /**
   * Returns whether the traveller wants to arrive in that part of the day: 下午到, but not 下午到北京的票.
   */
  private boolean arrivesIn(Matcher match) {
    return RULES.follows("arrive then", text, match.end())
        || RULES.precedes("arriving", text, match.start());
  }

  /**
   * Returns by when "by the evening" is over. Ours: a morning's deadline is nine, so that some
   * train can keep it; that of the other parts is when they begin, but lunch is at noon.
   */
  private static LocalTime deadline(Hours part, LocalTime start) {
    boolean isMorning = part.departBefore() != null && !part.departBefore().isAfter(LocalTime.NOON);
    var earliest = isMorning ? LocalTime.of(9, 0) : LocalTime.NOON;
    return start.isBefore(earliest) ? earliest : start;
  }

  /** Returns the rest of the day before or after this part, for "anything but the morning". */
  private static Hours without(Hours part, LocalTime start) {
    return start.isBefore(LocalTime.NOON)
        ? new Hours(part.departBefore(), null, null, null, true)
        : new Hours(null, start, null, null, true);
  }

  /** Returns the hours of a part of the day, such as {@code 12-18 pm}. */
  private static Hours part(String argument) {
    var hours = argument.replace(" pm", "").split("-", -1);
    return limits(time(hours[0]) + "-" + (hours[1].equals("24") ? "" : time(hours[1])));
  }

  private static LocalTime time(String hour) {
    return LocalTime.of(Integer.parseInt(hour), 0);
  }

  /** Returns hours such as {@code 08:00-} as a part of the day. */
  private static Hours limits(String argument) {
    var ends = argument.split("-", -1);
    return new Hours(
        ends[0].isEmpty() ? null : LocalTime.parse(ends[0]),
        ends[1].isEmpty() ? null : LocalTime.parse(ends[1]),
        null,
        null,
        true);
  }

  private static Hours hours(boolean arrives, @Nullable LocalTime from, @Nullable LocalTime to) {
    return arrives
        ? new Hours(null, null, from, to, false)
        : new Hours(from, to, null, null, false);
  }

  private boolean isNegated(Matcher match) {
    return RULES.precedes("not", text, match.start()) || RULES.follows("not", text, match.end());
  }

  private boolean isFreeFrom(Matcher match) {
    var before = RULES.before("free", text, match.start());
    if (before.find()) {
      // These words are about the work and not about something to get.
      sentence.claim(before.start(), before.end());
      return true;
    }
    return RULES.follows("free", text, match.end());
  }

  private boolean isBeforeDestination(Matcher match) {
    int to = match.end() + (text.startsWith(" ", match.end()) ? 2 : 1);
    return RULES.follows("to a place", text, match.end())
        && to < text.length()
        && !sentence.isFree(to, to + 1);
  }

  /**
   * Returns whether the time is an arrival: "by 18:00" means to be there, unless the sentence is
   * about leaving. An hour by which the traveller must be back limits the arrival as well:
   * 十点之前要回到杭州.
   */
  private boolean isArrival(Matcher match, boolean by) {
    boolean leaves = RULES.precedes("leave", text, match.start());
    return (!leaves && (by || RULES.precedes("arrive", text, match.start())))
        || RULES.follows("arrive", text, match.end())
        || (match.group().endsWith("前") && RULES.follows("back", text, match.end()));
  }
}
