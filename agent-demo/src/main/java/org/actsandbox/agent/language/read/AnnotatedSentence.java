package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.TrainNumber;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Holds a sentence with everything that was understood in it, in the order of the text.
 *
 * @param sentence the sentence, in which the understood stretches are claimed
 */
public record AnnotatedSentence(Sentence sentence, List<MeaningSpan> marks) {

  private static final Pattern TRAIN_NUMBER =
      Pattern.compile("(?<![a-z0-9])([gdkczt]\\d{1,4})(?:次)?(?![a-z0-9])");

  /**
   * Reads 周日回 as a return: only after a day, or after an hour at the end of a clause, because 回
   * alone has too many meanings.
   */
  private static final Pattern BACK =
      Pattern.compile(
          "(?<=[日天一二三四五六号末午晚]|[早晚]上)(?:再|就)?[回返](?![家民忆答复])"
              + "|(?<=[后前点半分])(?:再|就)?[回返](?=来?吧?(?:[，。,.；;！!？? ]|$))");

  /** "If first class costs at most 30 more, first, otherwise second": no search can weigh this. */
  private static final Pattern PRICE_DIFFERENCE =
      Pattern.compile(
          "\\b(?:if|as long as|provided(?: that)?|unless)\\b[^.;!?]{1,60}?(?:"
              + "(?:less than|under|at most|no more than|up to|within|more than|over) (?:¥ ?)?"
              + Numerals.NUMBER
              + "(?: ?(?:yuan|rmb|kuai|cny))?|"
              + Numerals.NUMBER
              + " ?(?:yuan|rmb|kuai|cny)) (?:more|extra|dearer|on top|cheaper)\\b"
              + "(?:[^.;!?:-]{0,40}?\\b(?:otherwise|or else|else|if not)\\b[^.;!?,:-]{0,30})?"
              + "|(?:如果|要是|假如|只要)[^，,。]{0,16}?(?:贵|多花|多出|差价?|便宜)[^，,。]{0,10}?"
              + Numerals.NUMBER
              + "(?:块|元|钱)[^，,。]{0,12}(?:[，,]?(?:不然|否则|要不然?|不行)[^，,。]{0,10})?");

  /** "The same umbrella again": the order that it was like is not known here. */
  private static final Pattern SAME_AGAIN =
      Pattern.compile(
          "\\b(?:the |that )?same\\b(?= (?!day|time|price|train|hotel|date|place|way|station|number)[a-z]+(?: [a-z]+)? (?:again|as (?:last time|before))\\b)");

  /** A longest travel time: "under two hours", 两个小时以内的. */
  private static final Pattern TRAVEL_TIME =
      Pattern.compile(
          "\\b(?:in |takes? |taking )?(?:under|less than|at most|no more than|not more than|max(?:imum)?(?: of)?|up to|within) "
              + "(?:an?|"
              + Numerals.NUMBER
              + ")(?: and a half)? hours?\\b(?! (?:before|after|of|from|later|earlier|ahead|walk))"
              + "|(?<!提前)(?:不超过|不要超过|最多|不到)"
              + Numerals.NUMBER
              + "个?半?(?:小时|钟头)"
              + "|(?<!提前)"
              + Numerals.NUMBER
              + "个?半?(?:小时|钟头)(?:以内|之内|内|以下)(?:就?能?到的?|的)?(?!送|发)");

  /** 一把黑一把白: one character is a colour only right behind a count. */
  private static final Pattern COUNTED_COLOUR =
      Pattern.compile(
          "(?<=[一两三四五六七八九十\\d][把个件条只双顶本支款台部套张]|(?<=^|[要买来就，,、。和 黑白红蓝绿灰粉黄紫棕橙])[一两三四五六七八九十])[黑白红蓝绿灰粉黄紫棕橙]"
              + "(?=吧?(?:$|[一两三四五六七八九十\\d，,、。和 ]))");

  private static final Map<String, String> COLOURS =
      Map.ofEntries(
          Map.entry("黑", "black"),
          Map.entry("白", "white"),
          Map.entry("红", "red"),
          Map.entry("蓝", "blue"),
          Map.entry("绿", "green"),
          Map.entry("灰", "grey"),
          Map.entry("粉", "pink"),
          Map.entry("黄", "yellow"),
          Map.entry("紫", "purple"),
          Map.entry("棕", "brown"),
          Map.entry("橙", "orange"));

  private static final Pattern TONIGHT = Pattern.compile("\\btonight\\b");

  /**
   * Reads a sentence.
   *
   * @param today the date in the principal's zone
   * @param continuing whether there was an earlier sentence, so that "the day after" has a base
   */
  public static AnnotatedSentence of(String text, LocalDate today, boolean continuing) {
    var sentence = Sentence.of(text);
    var meaningSpans = new ArrayList<MeaningSpan>();
    sentence.claimMatches(
        TRAIN_NUMBER,
        match ->
            meaningSpans.add(
                new MeaningSpan(
                    match.start(),
                    match.end(),
                    new TrainNumber(match.group(1).toUpperCase(Locale.ROOT)))));
    sentence.claimMatches(
        PRICE_DIFFERENCE,
        match -> {
          meaningSpans.addAll(WordReader.unsupportedInside(sentence, match.start(), match.end()));
          return meaningSpans.add(unsupported(match, UnsupportedWish.PRICE_DIFFERENCE));
        });
    sentence.claimMatches(
        SAME_AGAIN, match -> meaningSpans.add(unsupported(match, UnsupportedWish.SAME_AGAIN)));
    sentence.claimMatches(
        TRAVEL_TIME, match -> meaningSpans.add(unsupported(match, UnsupportedWish.TRAVEL_TIME)));
    sentence.claimMatches(COUNTED_COLOUR, match -> meaningSpans.add(colour(match)));
    meaningSpans.addAll(read(sentence, today, continuing));
    Collections.sort(meaningSpans);
    withoutCorrected(sentence, meaningSpans);
    return new AnnotatedSentence(sentence, List.copyOf(meaningSpans));
  }

  /**
   * Returns the sentence with the weekday of today read as the next one after an earlier wish:
   * 回程周日, said of a journey on Friday.
   */
  public AnnotatedSentence after(LocalDate earlier, LocalDate today) {
    var either = today + " / " + today.plusWeeks(1);
    return new AnnotatedSentence(
        sentence,
        marks.stream()
            .map(
                mark ->
                    mark.meaning() instanceof Meaning.InvalidDay day && day.words().equals(either)
                        ? new MeaningSpan(
                            mark.start(),
                            mark.end(),
                            Meaning.Day.on(
                                earlier.with(TemporalAdjusters.next(today.getDayOfWeek()))))
                        : mark)
            .toList());
  }

  /** The principal takes back what was said right before: "to Suzhou, sorry, Nanjing". */
  private static final Pattern TAKEN_BACK =
      Pattern.compile(
          "(?:\\.{2,}|…|[,，;；。. -])*(?:\\b(?:oh )?(?:no,? )?(?:sorry|wait(?:,? no)?|no wait|i mean(?:t)?|i meant to say|or rather|correction|scratch that|oops|my mistake)\\b"
              + "|啊?不对|啊不|哦不|不不|不是不是|说错了?|打错了?|错了|我是说|应该是)(?:[,，.。:： ]|我是说|是)*");

  private static final int MAX_BETWEEN = 6;

  private static void withoutCorrected(Sentence sentence, List<MeaningSpan> spans) {
    var match = TAKEN_BACK.matcher(sentence.plain());
    while (match.find()) {
      int start = match.start();
      int end = match.end();
      var next = spans.stream().filter(m -> m.start() >= end).findFirst();
      var last = spans.stream().filter(m -> m.end() <= start).reduce((_, later) -> later);
      boolean corrects =
          next.isPresent()
              && last.isPresent()
              && next.get().start() - end <= MAX_BETWEEN
              && start - last.get().end() <= MAX_BETWEEN
              && isSameSort(last.get().meaning(), next.get().meaning());
      if (corrects) {
        sentence.use(start, end);
        int at = spans.indexOf(next.get());
        spans.set(at, inRoleOf(last.get().meaning(), next.get()));
        spans.remove(last.get());
      }
    }
  }

  private static boolean isSameSort(Meaning one, Meaning other) {
    return one.getClass() == other.getClass()
        && (!(one instanceof Word word)
            || (other instanceof Word second && word.topic() == second.topic()))
        && (!(one instanceof Meaning.Count count)
            || (other instanceof Meaning.Count second && count.unit() == second.unit()));
  }

  private static MeaningSpan inRoleOf(Meaning corrected, MeaningSpan span) {
    return corrected instanceof Meaning.KnownPlace before
            && span.meaning() instanceof Meaning.KnownPlace after
            && after.role() == Meaning.Role.NONE
        ? new MeaningSpan(
            span.start(),
            span.end(),
            new Meaning.KnownPlace(after.places(), before.role(), after.words()))
        : span;
  }

  /** Runs the readers in this order: a reader never sees what an earlier one claimed. */
  private static List<MeaningSpan> read(Sentence sentence, LocalDate today, boolean continuing) {
    var meaningSpans = new ArrayList<MeaningSpan>();
    // The names come first: 三亚 is not three, 六安 is not six, and West Lake is not a direction.
    meaningSpans.addAll(WordReader.read(sentence));
    meaningSpans.addAll(DayReader.read(sentence, today, continuing));
    meaningSpans.addAll(CostReader.read(sentence));
    meaningSpans.addAll(CountReader.read(sentence));
    meaningSpans.addAll(HourReader.read(sentence, continuing));
    sentence.claimMatches(BACK, match -> meaningSpans.add(back(match)));
    var tonight = TONIGHT.matcher(sentence.plain());
    if (tonight.find()) {
      meaningSpans.add(new MeaningSpan(tonight.start(), tonight.end(), DayPart.EVENING.hours()));
    }
    meaningSpans.addAll(WordReader.unsupported(sentence, isAboutGoods(sentence, meaningSpans)));
    meaningSpans.addAll(UnknownPlaceReader.read(sentence));
    return meaningSpans;
  }

  private static final Pattern BUYING = Pattern.compile("\\b(?:buy|purchase)\\b|买|购");

  /**
   * Returns whether the sentence is about goods: it buys something and names no journey or stay, so
   * that a washing machine is a product.
   */
  private static boolean isAboutGoods(Sentence sentence, List<MeaningSpan> meaningSpans) {
    boolean travels =
        meaningSpans.stream()
            .anyMatch(
                mark ->
                    mark.meaning() instanceof Meaning.KnownPlace
                        || (mark.meaning() instanceof Word word
                            && (word.topic() == Topic.ROOM
                                || word.topic() == Topic.TRAINTYPE
                                || (word.topic() == Topic.KIND
                                    && !word.value().equals("foreign")))));
    boolean product =
        meaningSpans.stream()
            .anyMatch(mark -> mark.meaning() instanceof Word word && word.topic() == Topic.PRODUCT);
    return !travels && (product || BUYING.matcher(sentence.plain()).find());
  }

  private static MeaningSpan colour(Matcher match) {
    var word =
        new Word(
            Topic.FEATURE,
            Objects.requireNonNull(COLOURS.get(match.group())),
            match.group(),
            false);
    return new MeaningSpan(match.start(), match.end(), word);
  }

  private static MeaningSpan unsupported(Matcher match, String wish) {
    var word = new Word(Topic.UNSUPPORTED, wish, match.group(), false);
    return new MeaningSpan(match.start(), match.end(), word);
  }

  private static MeaningSpan back(Matcher match) {
    var word = new Word(Topic.RETURN, "back", match.group(), false);
    return new MeaningSpan(match.start(), match.end(), word);
  }
}
