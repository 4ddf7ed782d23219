package org.actsandbox.agent.language.directive;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a sentence until when, below which price and how often something is to be bought later.
 *
 * @param said the directive, as far as the sentence says it
 * @param problem the reason why the last day is not understood
 * @param rest the sentence without these words: the wish itself
 */
public record DirectiveParser(Directive said, @Nullable Clarification problem, String rest) {

  private static final String N = "(?<n>" + Numerals.NUMBER + ")";

  /** Words that ask to keep trying, or to buy as soon as an offer appears. */
  private static final Pattern KEEP =
      Pattern.compile(
          "(?:\\b(?:and|then|but|just|please) )*\\b(?:keep|go on|continue)(?: on)?"
              + " (?:trying|looking|checking|watching|searching|monitoring|at it|an eye (?:on"
              + " (?:it|them|the price)|out)(?: for (?:it|one|them))?)(?: for"
              + " (?:it|one|them|me))?\\b|\\b(?:watch|wait)(?: out)? for (?=(?:an?|the|one|any|cheap(?:er)?|tickets?|seats?)\\b)|\\b(?:watch|monitor|track|follow|keep an eye on)(?: for)?"
              + " (?:the )?(?:prices?|fares?)(?: of| for| on)?\\b|\\bkeep an eye on\\b|\\b(?:as soon as|the"
              + " moment|whenever|when|once|if) (?:one|it|they|any|a"
              + " (?:ticket|seat|room|place)|tickets?|seats?|rooms?)"
              + " (?:(?:becomes?|is|are|gets?|goes?|comes?) (?:available|free|on sale|released|in"
              + " stock|back in stock)|turns? up|appears?|shows? up|comes? up|opens? up)\\b"
              + "|(?:一直|持续|不停地?|反复|不断地?)(?:帮我|替我|给我)?(?:抢|刷|盯|试|找|看|关注|监控|尝试|查|等|留意)(?:着|票|下去)*"
              + "|(?:帮我|替我)?(?:盯着|蹲守|抢票|刷票|持续关注|留意着)"
              + "|(?:一旦|一|等到?)?(?:有票|有货|有房|放票|开售)(?:了|时|的?时候)?(?:就|马上|立刻|立即)+(?:买|抢|下单|订)?");

  /** Words that give the agent an authority over money. */
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "\\b(?:you (?:may|can|are allowed to)|i (?:allow|authori[sz]e|permit) you to|i give you (?:the )?(?:authority|permission) to) (?=spend)"
              + "|(?:我)?(?:给你|给予)?授权(?:给)?(?:你|给你)?(?:可以)?[，,：: ]*");

  private static final Pattern THIS_WEEK =
      Pattern.compile(
          "\\b(?:within|during|by the end of|until the end of) (?:this|the) week\\b|[这本](?:个?星期|个?礼拜|周)(?:之?内|以内|结束前|末之前)");

  /** Words that name a price to fall below: "when it falls below 300". */
  private static final Pattern BELOW =
      Pattern.compile(
          "(?:\\b(?:and|but) )?(?:\\b(?:buy|order|get|book) (?:it|one|them) )?\\b(?:as soon as|the"
              + " moment|whenever|when|once|if)(?: (?:it|they|this|that|prices?|its price|the"
              + " (?:price|ticket|fare|room|rate|cost)s?|(?:(?:the|my|these|those|a|an|some)"
              + " )?(?<thing>[a-z][a-z' -]{2,40}?))(?:'s|"
              + " (?:falls?|drops?|goe?s?|gets?|is|are|comes?|costs?|sinks?)(?: down)?)"
              + "|(?= (?:below|under|less than|cheaper than) )) ?(?:to"
              + " )?(?<strict>below |under |less than |cheaper than )?(?:at most )?(?:¥|rmb |cny )?"
              + "(?<en>"
              + Numerals.NUMBER
              + ")(?! ?(?:yuan|rmb|cny|kuai)? ?(?:more|extra|dearer|on top|cheaper)\\b)"
              + "(?: ?(?:yuan|rmb|cny|kuai))?(?: or (?:less|lower|below))?\\b"
              + "|(?:如果|等到?|当|要是|一旦|只要)?(?:它的?|这个)?(?:价格|票价|房价|售价|价钱)?"
              + "(?:降|跌|低|掉)(?<how>到|至|于|破)了?(?<zh>"
              + Numerals.NUMBER
              + ")(?:元|块钱?|人民币)?(?<within>以下|之下)?(?:以内)?(?:的?时候|的话|时|了)?(?:就|再|马上|立刻)*");

  private static final Pattern CONDITION = Pattern.compile("\\bif\\b|如果|要是|只要|假如");

  private static final Pattern WAITING =
      Pattern.compile(
          "\\b(?:when|once|whenever|as soon as|the moment|drops?|falls?|sinks?|goes? down|comes? down|gets? (?:below|under|to))\\b|降|跌|掉到|一旦|等到|等.{0,8}再");

  private static final Pattern UNTIL_BEFORE =
      Pattern.compile(
          "[ ,，]*(?:\\b(?:until|till|til|through|up to)(?: the)?(?: end of)?(?: on)? ?|直到|(?:最[晚迟多])?(?:等|盯|试)?[到至])$");
  private static final Pattern UNTIL_AFTER = Pattern.compile("^ ?(?:为止|之前|以前|前)");

  private static final Pattern MONTH_ALONE =
      Pattern.compile(
          "\\b(?<word>until|till|til|through)(?<edge> the end of)?"
              + " (?<month>january|february|march|april|may|june|july|august|september|october"
              + "|november|december)\\b(?! ?\\d{1,2}(?!\\d))(?: (?<year>20\\d{2}))?"
              + "|(?:直到|[到至])(?:明年|今年)?"
              + N
              + "月份?(?<late>底|末)?(?![\\d一二三四五六七八九十])(?:为止|之前|以前|前)?");

  public boolean isEmpty() {
    return said.equals(Directive.OPEN) && problem == null && rest.isEmpty();
  }

  private static final DirectiveParser NONE = new DirectiveParser(Directive.OPEN, null, "");

  /**
   * Reads the directive; it is empty unless the sentence has a word of waiting, watching, a plan or
   * a falling price.
   */
  public static DirectiveParser of(AnnotatedSentence annotatedSentence, LocalDate today) {
    var text = annotatedSentence.sentence().plain();
    var cut = new BitSet();
    var below = below(text, cut);
    boolean authorizes = cutMatches(AUTHORITY, text, cut);
    boolean keeps = cutMatches(KEEP, text, cut) || authorizes;
    var plan = PaymentPlanReader.in(annotatedSentence, today, cut);
    if (below.isEmpty() && !keeps && plan.isEmpty()) {
      return NONE;
    }
    var until = until(annotatedSentence, today, cut);
    if (!keeps && plan.isEmpty() && until.equals(Until.UNSAID) && isLimitNow(annotatedSentence)) {
      return NONE;
    }
    var directive =
        new Directive(
            until.day(),
            below.filter(price -> !price.strict()).map(Price::yuan).orElse(null),
            below.filter(Price::strict).map(Price::yuan).orElse(null),
            plan.map(PaymentPlanReader.Plan::first).orElse(null),
            plan.map(PaymentPlanReader.Plan::every).orElse(null));
    return new DirectiveParser(
        directive, until.problem(), without(annotatedSentence.sentence().original(), cut));
  }

  /**
   * Returns whether the price is a limit of a purchase now: "a ticket for Monday, if it is under
   * 200". A price that falls, or a moment to come, needs waiting.
   */
  private static boolean isLimitNow(AnnotatedSentence annotatedSentence) {
    return annotatedSentence.marks().stream().anyMatch(m -> m.meaning() instanceof Day)
        && CONDITION.matcher(annotatedSentence.sentence().plain()).find()
        && !WAITING.matcher(annotatedSentence.sentence().plain()).find();
  }

  /** Reads the last day that the sentence calls so, as in 到周五. */
  public static Until namedLastDay(AnnotatedSentence annotatedSentence, LocalDate today) {
    return until(annotatedSentence, today, new BitSet());
  }

  /** Reads the last day alone, as the answer to a question. */
  public static Until lastDay(AnnotatedSentence annotatedSentence, LocalDate today) {
    var until = until(annotatedSentence, today, new BitSet());
    if (until.day() != null || until.problem() != null) {
      return until;
    }
    for (var meaningSpan : annotatedSentence.marks()) {
      var found = until(meaningSpan);
      if (found != null) {
        return found;
      }
    }
    return Until.UNSAID;
  }

  /**
   * The last day of the purchase.
   *
   * @param problem the reason why the day that was said is not understood
   */
  public record Until(@Nullable LocalDate day, @Nullable Clarification problem) {
    static final Until UNSAID = new Until(null, null);
  }

  private record Price(String yuan, boolean strict) {}

  private static Optional<Price> below(String text, BitSet cut) {
    var matcher = BELOW.matcher(text);
    while (matcher.find()) {
      boolean english = matcher.group("en") != null;
      var amount = Numerals.parse(matcher.group(english ? "en" : "zh"));
      if (amount.isPresent()) {
        cut.set(matcher.start(), matcher.end());
        if (matcher.group("thing") != null) {
          // The thing with the falling price is the wish itself.
          cut.clear(matcher.start("thing"), matcher.end("thing"));
        }
        boolean strict =
            english
                ? matcher.group("strict") != null
                : matcher.group("within") != null || "于破".contains(matcher.group("how"));
        var yuan = amount.get().setScale(2, java.math.RoundingMode.HALF_UP).toPlainString();
        return Optional.of(new Price(yuan, strict));
      }
    }
    return Optional.empty();
  }

  private static boolean cutMatches(Pattern pattern, String text, BitSet cut) {
    var matcher = pattern.matcher(text);
    boolean found = false;
    while (matcher.find()) {
      int next = cut.nextSetBit(matcher.start());
      if (next < 0 || next >= matcher.end()) {
        cut.set(matcher.start(), matcher.end());
        found = true;
      }
    }
    return found;
  }

  private static Until until(AnnotatedSentence annotatedSentence, LocalDate today, BitSet cut) {
    var text = annotatedSentence.sentence().plain();
    for (var meaningSpan : annotatedSentence.marks().reversed()) {
      int next = cut.nextSetBit(meaningSpan.start());
      if (next >= 0 && next < meaningSpan.end()) {
        continue;
      }
      var before = UNTIL_BEFORE.matcher(text).region(0, meaningSpan.start());
      var after = UNTIL_AFTER.matcher(text).region(meaningSpan.end(), text.length());
      boolean led = before.find();
      boolean followed = after.lookingAt();
      var found = led || followed ? until(meaningSpan) : null;
      if (found != null) {
        cut.set(
            led ? before.start() : meaningSpan.start(), followed ? after.end() : meaningSpan.end());
        return found;
      }
    }
    var week = THIS_WEEK.matcher(text);
    if (week.find()) {
      cut.set(week.start(), week.end());
      return new Until(today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)), null);
    }
    var month = MONTH_ALONE.matcher(text);
    if (month.find()) {
      cut.set(month.start(), month.end());
      return new Until(endOf(month, today), null);
    }
    return Until.UNSAID;
  }

  private static @Nullable Until until(MeaningSpan meaningSpan) {
    return switch (meaningSpan.meaning()) {
      case Day day -> new Until(day.last(), null);
      case Meaning.InvalidDay bad ->
          new Until(null, new Clarification("until", bad.reason(), bad.words()));
      default -> null;
    };
  }

  /**
   * Returns the end: "until March" ends before March. A principal who means more can say so, and a
   * shorter time does no harm.
   */
  private static @Nullable LocalDate endOf(Matcher match, LocalDate today) {
    boolean english = match.group("month") != null;
    int number =
        english
            ? "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(match.group("month").substring(0, 3))
                    / 3
                + 1
            : Numerals.whole(match.group("n")).orElse(0);
    if (number < 1 || number > 12) {
      return null;
    }
    boolean whole =
        english
            ? match.group("edge") != null || "through".equals(match.group("word"))
            : match.group("late") != null;
    var year = match.group("year");
    var month = LocalDate.of(year == null ? today.getYear() : Integer.parseInt(year), number, 1);
    if (year == null && !month.isAfter(today)) {
      month = month.plusYears(1);
    }
    return whole ? month.plusMonths(1).minusDays(1) : month.minusDays(1);
  }

  static boolean isSingleDay(MeaningSpan meaningSpan) {
    return meaningSpan.meaning() instanceof Day day
        && day.bound() == Bound.ON
        && day.first().equals(day.last());
  }

  private static String without(String original, BitSet cut) {
    var rest = new StringBuilder();
    for (int i = 0; i < original.length(); i++) {
      if (!cut.get(i)) {
        rest.append(original.charAt(i));
      } else if (i == 0 || !cut.get(i - 1)) {
        rest.append(", ");
      }
    }
    return rest.toString();
  }
}
