package org.actsandbox.agent.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.language.read.UnreadWords;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.agent.task.TaskBrief.Topic;
import org.jspecify.annotations.Nullable;

/** Understands a sentence that asks for a report, in both languages and without a model. */
final class TaskBriefReader {

  static final int WARN_PERCENT = 80;

  private static final int DAYS = 30;
  private static final Duration TIME = Duration.ofDays(1);
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  private static final Pattern REPORT =
      Pattern.compile("\\b(?:report|briefing|analysis)\\b|报告|简报|分析", FLAGS);
  private static final Pattern MARKET =
      Pattern.compile(
          "\\b(?:prices?|markets?|quotes?)\\b|价格|(?<=[\\u4e00-\\u9fff])价(?=的|走势|报告|分析|简报)|行情|市场",
          FLAGS);

  private static final String AMOUNT = "([0-9]{1,6}(?:\\.[0-9]{1,2})?)";
  private static final String YUAN = "\\s*(?:yuan|rmb|cny|元|块)";
  private static final Pattern SINGLE =
      Pattern.compile(
          AMOUNT
              + YUAN
              + "\\s*(?:each|per\\s+(?:payment|purchase|request))|每[笔次][^0-9]{0,8}"
              + AMOUNT
              + YUAN,
          FLAGS);
  private static final Pattern MOST = Pattern.compile(AMOUNT + YUAN, FLAGS);
  private static final Pattern HISTORY =
      Pattern.compile(
          "(?:last|past|over)\\s+([0-9]{1,3})\\s+days|(?:最近|过去|近)\\s*([0-9]{1,3})\\s*天", FLAGS);
  private static final Pattern WITHIN =
      Pattern.compile(
          "(?:within|in)\\s+([0-9]{1,3})\\s+(minute|hour|day)s?|([0-9]{1,3})\\s*(分钟|小时|天)[之以]?内",
          FLAGS);
  private static final Pattern WARN =
      Pattern.compile(
          "(?:warn|tell|notify)\\s+me\\s+(?:at|when|after)[^0-9]{0,24}([0-9]{1,2})\\s*(?:%|percent)"
              + "|(?:用到|花到|达到|用了)\\s*(?:百分之)?\\s*([0-9]{1,2})\\s*%?[^0-9]{0,6}(?:提醒|通知|告诉)",
          FLAGS);
  private static final Pattern CHINESE = Pattern.compile("\\bchinese\\b|中文|汉语", FLAGS);
  private static final Pattern ENGLISH = Pattern.compile("\\benglish\\b|英文|英语", FLAGS);

  /** The parts of every report, and the words with which people ask for one. */
  private static final Pattern FRAME =
      Pattern.compile(
          "\\b(?:prepare|write|draft|compile|produce|create|summary|summari[sz]e|chart|graph|warn|notify|percent)\\b"
              + "|准备|撰写|写|做|生成|整理|摘要|总结|概要|图表|提醒|通知",
          FLAGS);

  /** The order of matching: "palm oil" is read before "oil". */
  private static final Comparator<Topic> LONGEST_FIRST =
      Comparator.comparingInt((Topic topic) -> topic.name().en().length()).reversed();

  private TaskBriefReader() {}

  /** Returns whether the sentence asks for a report on markets. */
  static boolean isTask(String sentence) {
    return REPORT.matcher(sentence).find() && MARKET.matcher(sentence).find();
  }

  static boolean namesAmount(String sentence) {
    return MOST.matcher(sentence).find();
  }

  /**
   * Reads the brief.
   *
   * @param known the topics that sellers have data of
   * @param lang the principal's language
   */
  static TaskBrief read(String sentence, List<Topic> known, String lang) {
    var single = firstGroup(SINGLE.matcher(sentence));
    // An amount per payment is not the amount for the whole task.
    var rest = SINGLE.matcher(sentence).replaceAll(" ");
    var days = firstGroup(HISTORY.matcher(sentence));
    var warn = firstGroup(WARN.matcher(sentence));
    return new TaskBrief(
        topics(sentence, known),
        days == null ? DAYS : Math.clamp(Integer.parseInt(days), 1, 180),
        summary(sentence, lang),
        firstGroup(MOST.matcher(rest)),
        single,
        time(sentence),
        warn == null ? WARN_PERCENT : Math.clamp(Integer.parseInt(warn), 1, 99));
  }

  /** Returns the meaningful words of the sentence that the brief does not hold. */
  static List<String> unread(String sentence, List<Topic> topics) {
    var read = Sentence.of(sentence);
    Stream.concat(
            Stream.of(REPORT, MARKET, SINGLE, MOST, HISTORY, WITHIN, WARN, CHINESE, ENGLISH, FRAME),
            topics.stream().sorted(LONGEST_FIRST).map(TaskBriefReader::name))
        .forEach(pattern -> read.claimMatches(pattern, _ -> true));
    return UnreadWords.in(read, 0, read.plain().length()).stream()
        .map(UnreadWords.Stretch::words)
        .distinct()
        .toList();
  }

  private static Pattern name(Topic topic) {
    return Pattern.compile(
        "\\b"
            + Pattern.quote(topic.name().en().toLowerCase(Locale.ROOT))
            + "\\b|"
            + Pattern.quote(topic.name().zh()));
  }

  private static @Nullable String firstGroup(Matcher matcher) {
    if (!matcher.find()) {
      return null;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      var text = matcher.group(group);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static String summary(String sentence, String lang) {
    if (CHINESE.matcher(sentence).find()) {
      return "zh";
    }
    return ENGLISH.matcher(sentence).find() ? "en" : lang;
  }

  private static Duration time(String sentence) {
    var within = WITHIN.matcher(sentence);
    if (!within.find()) {
      return TIME;
    }
    boolean english = within.group(1) != null;
    int number = Integer.parseInt(english ? within.group(1) : within.group(3));
    return switch (english ? within.group(2).toLowerCase(Locale.ROOT) : within.group(4)) {
      case "minute", "分钟" -> Duration.ofMinutes(Math.max(1, number));
      case "hour", "小时" -> Duration.ofHours(Math.max(1, number));
      default -> Duration.ofDays(Math.max(1, number));
    };
  }

  /** Finds the topics in the order of the sentence; "palm oil" does not count as oil as well. */
  private static List<Topic> topics(String sentence, List<Topic> known) {
    record Place(int at, Topic topic) {}
    var rest = new StringBuilder(sentence.toLowerCase(Locale.ROOT));
    var places = new ArrayList<Place>();
    for (var topic : known.stream().sorted(LONGEST_FIRST).toList()) {
      var name = name(topic).matcher(rest);
      if (name.find()) {
        places.add(new Place(name.start(), topic));
        rest.replace(name.start(), name.end(), " ".repeat(name.end() - name.start()));
      }
    }
    return places.stream().sorted(Comparator.comparingInt(Place::at)).map(Place::topic).toList();
  }
}
