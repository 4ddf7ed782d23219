package org.actsandbox.agent.language.read;

import java.util.regex.Pattern;

/** Tells the hour of an event, at which the principal has to be there, from that of a train. */
final class EventTime {

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
          "^(?:整|钟)?(?:[^，,。;；去到走回]{0,8}?)(?:见面|约了|有约|等我|等我们|接我|报到|签到|签约|汇报|培训|答辩|上课|集合|开庭|面谈|比赛|体检|上班|聚会|婚宴|喜酒|碰头|碰面|彩排|开会|有个?会|的会|会议|面试|考试|婚礼|演唱会|见客户|讲座|开始|开场|开考)"
              + "|^ ?(?:o'clock |am |pm )?(?:"
              + EVENT
              + ")\\b");

  private EventTime() {}

  /** A meeting at two does not mean a train at two: the principal arrives before it. */
  static boolean isNear(String text, int start, int end) {
    return EVENT_BEFORE.matcher(text.substring(0, start)).find()
        || HAVE_TO_BE.matcher(text.substring(0, start)).find()
        || EVENT_AFTER.matcher(text.substring(end)).find();
  }
}
