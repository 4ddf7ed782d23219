package org.actsandbox.agent.language.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Tells what the words around an hour make of it: an arrival, an hour to avoid, the end of work.
 */
final class HourSurroundings {

  private static final Pattern ARRIVE_BEFORE =
      Pattern.compile(
          "(?:\\b(?:arriv\\w*|gets? (?:there|in|me there|home)|gets (?:in)?to|getting (?:in)?to|be (?:there|in|at|home|back)|back (?:in|at|home)|reach\\w*|getting (?:there|in))\\b[^,;。，]{0,24}|(?:到达|抵达|赶到|到站|到)[^,;。，]{0,6})$");

  private static final Pattern ARRIVE_AFTER =
      Pattern.compile("^ ?(?:之?前|以前)?(?:必须|就|要|能|得|需要|一定|我)*(?:到(?!货)|抵达|赶到)(?!.{0,2}(?:酒店|店)).*");

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

  /** 九点半要到 is the latest hour of arrival, and 九点半到 is about it. */
  private static final Pattern MUST_ARRIVE =
      Pattern.compile(" ?(?:整|钟)?我?(?:必须|需要|一定|[要得])+(?:能|准时|赶)?(?:到(?!货)|抵达)");

  private static final Pattern LEAVE_BEFORE =
      Pattern.compile(
          "\\b(?:leav\\w*|depart\\w*|set(?:ting)? off|start\\w*|go(?:ing)?|board\\w*)\\b[^,;]{0,24}$");

  /** The hour at which the principal is free to leave: "I get off work at five", 五点下班. */
  private static final Pattern FREE_BEFORE =
      Pattern.compile(
          "\\b(?:(?:finish(?:es)?|ends?|over|(?:get|am|be|getting) off|off work|done|knock off)(?: (?:work|school|class|my shift|the meeting))?)(?: (?:at|by|around|about|until))? ?$");

  private static final Pattern FREE_AFTER =
      Pattern.compile("^ ?(?:钟|整)?(?:才|就|左右)?(?:下班|放学|下课|结束|散会|开完会|忙完|收工|考完).*");

  /** Words of a day, between "by" and the part of that day: "by Thursday evening". */
  private static final Pattern DEADLINE_BEFORE =
      Pattern.compile(
          "\\b(?:by|no later than|not later than|at the latest|(?<!not )(?<!never )(?<!nothing )before)(?: (?:on|the|this|next|coming|early|late|end|of|day|after|today|tomorrow|tmrw?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|\\d{1,2}(?:st|nd|rd|th)?|[a-z]{3,9}(?= \\d)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))* ?$");

  /** A part of the day that is allowed and not asked for: 下午也行, "a night train is fine". */
  private static final Pattern ALLOWED_AFTER =
      Pattern.compile(
          "^(?:的)?也(?:行|可以|可|好|成|没问题|能接受).*"
              + "|^(?: trains?)?(?: is| are| would be| works?)(?: also)?(?: perfectly)? ?(?:fine|ok|okay|alright|all right|acceptable|good|possible)?(?: too| as well)?(?: (?:for|by|with) me)?(?: ?[,.;!]| ?$).*");

  private final Sentence sentence;

  HourSurroundings(Sentence sentence) {
    this.sentence = sentence;
  }

  boolean isNegated(Matcher match) {
    var before = sentence.plain().substring(Math.max(0, match.start() - 60), match.start());
    return NEGATED_BEFORE.matcher(before).find() || IMPOSSIBLE_BEFORE.matcher(before).find();
  }

  boolean isFreeFrom(Matcher match) {
    var before = FREE_BEFORE.matcher(sentence.plain().substring(0, match.start()));
    if (before.find()) {
      // These words are about the work and not about something to get.
      sentence.claim(before.start(), before.end());
      return true;
    }
    return FREE_AFTER.matcher(sentence.plain().substring(match.end())).matches();
  }

  boolean isBeforeDestination(Matcher match) {
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
  boolean isArrival(Matcher match, boolean by) {
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

  /** A part of the day before which something ends: "by Thursday evening". */
  boolean isDeadline(Matcher match) {
    return DEADLINE_BEFORE.matcher(before(match)).find();
  }

  boolean isOfLeaving(Matcher match) {
    return LEAVE_BEFORE.matcher(before(match)).find();
  }

  boolean isAtStation(Matcher match) {
    return AT_STATION.matcher(before(match)).find();
  }

  boolean isLatestArrival(Matcher match) {
    return MUST_ARRIVE.matcher(after(match)).lookingAt();
  }

  boolean isAllowed(Matcher match) {
    return ALLOWED_AFTER.matcher(after(match)).matches();
  }

  /** Returns whether the words from there on are about the way back. */
  boolean isOfReturn(int from) {
    return BACK_AFTER.matcher(sentence.plain().substring(from)).find();
  }

  private String before(Matcher match) {
    return sentence.plain().substring(0, match.start());
  }

  private String after(Matcher match) {
    return sentence.plain().substring(match.end());
  }
}
