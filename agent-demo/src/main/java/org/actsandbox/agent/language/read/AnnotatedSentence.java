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
import org.actsandbox.agent.language.Clarification;
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

  /** Matches what a principal cannot bear, which is no wish for it: 我对羽绒过敏. */
  private static final Pattern ALLERGY =
      Pattern.compile("\\ballergic to [a-z]+(?: (?:and|or) [a-z]+)?|对[^，,。]{1,8}过敏");

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
              + "个?半?(?:小时|钟头)(?:以内|之内|内|以下)(?:就?能?到的?|的)?(?!送|发|[去出走坐])");

  /** A longest distance: "within 500 metres of the station". */
  private static final Pattern LONGEST_DISTANCE =
      Pattern.compile(
          "\\b(?:within|at most|no more than|not more than|less than|under|max(?:imum)?) (?:an?|"
              + Numerals.NUMBER
              + ") ?(?:(?:m|km|metres?|meters?|kilomet(?:re|er)s?|miles?)\\b(?: of| from| to| away)?"
              + "|(?:minutes?|mins?)\\b(?:'? (?:walk|by foot|on foot|away))*(?: of| from| to) )"
              + "|"
              + Numerals.NUMBER
              + "(?:米|公里|千米|里路)(?:以内|之内|内|以下)(?=的|，|,|。|$)");

  /** A greeting before a wish: "how's it going? I'd love a teapot". */
  private static final Pattern GREETING =
      Pattern.compile(
          "^(?:(?:hi|hello|hey|哈喽|你好|嗨)(?: there)?[,，!！. ]*)?(?:\\bhow(?:'s| is) (?:it going|everything|life|your day)\\b|\\bhow are you(?: doing)?(?: today)?\\b|最近(?:过得)?(?:怎么样|好吗|还好吗|如何))[?？!！,，. ]+(?=.{6})");

  /** Matches what principals say about their own command of the language; it is no wish. */
  private static final Pattern OWN_LANGUAGE =
      Pattern.compile(
          "\\b(?:(?:sorry|excuse me),? )?(?:for )?my (?:english|chinese)(?: is| not)*(?: (?:very|so|really|too|bad|poor|good|little|weak|terrible))*"
              + "|(?:不好意思|抱歉|对不起)?[，, ]*(?:我的?)?(?:中文|汉语|普通话|英文|英语)(?:说得?)?(?:不太?好|很差|一般|不行|不流利)");

  /** "Home to Hangzhou" goes to that city; "from home to Hangzhou" starts at home. */
  private static final Pattern HOMEWARD =
      Pattern.compile("(?<!\\bfrom )(?<!\\bfrom my )\\bhome (?=to [a-z])");

  /** Matches guests who stay at the principal's home and need no hotel: 婆婆要来住. */
  private static final Pattern COMES_TO_STAY =
      Pattern.compile("(?:要|会)?来(?:我家|我们家|家里)?住(?:几天|一阵子?|一段时间)?(?=[，,。])(?!.*(?:酒店|宾馆|旅馆|民宿))");

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

  /** Matches days on which the principal does not travel: 周末不出门，订周五的. */
  private static final Pattern NOT_AT_WEEKENDS =
      Pattern.compile(
          "\\b(?:not|never|n't)(?: [a-z]+){0,4} (?:on|at|over|during) (?:the )?weekends?\\b(?=.*\\b(?:mon|tues|wednes|thurs|fri)day\\b)"
              + "|周末(?:都|从来|一般)?(?:不|没)[^，,。;]{1,6}(?=[，,。;].*(?:周|星期|礼拜)[一二三四五])");

  /** The way back of a trip that ends at home: "two nights in Suzhou, home on Monday". */
  private static final Pattern HOME_AGAIN =
      Pattern.compile("(?<=[,;.] |\\band |\\bthen )home(?= (?:on|by|again|next|this)\\b)");

  /** Matches arrivals by air before a wish: "my boss flies in on Thursday and needs a room". */
  private static final Pattern FLIES_IN =
      Pattern.compile(
          "\\b(?:fl(?:y|ies|ew)|(?:is|are|be) flying|lands?) in(?:to town)?(?= (?:on|at|from|tomorrow|today|tonight|next|this|late|early)\\b)");

  /** Whom something is booked for changes nothing: orders here have no names of travellers. */
  private static final Pattern NAMED_PERSON =
      Pattern.compile(
          "\\b(?:(?:for|to|of|with|from) )?(?:mr|mrs|ms|dr|prof|professor|director|manager|chairman|president)\\b\\.? "
              + "(?!of\\b|is\\b|and\\b|wants?\\b|needs?\\b|has\\b|to\\b|who\\b|in\\b)[a-z][a-z'-]+"
              + "|(?<=[帮给替为])[\\p{IsHan}&&[^我你您他她它这那]](?:总|董|局|处|院长|主任|经理|老师|教授|部长|主席|博士|先生|女士|小姐|工)(?!是|在|的(?:票|车|酒店)?[^订买找])");

  /** The class that is taken instead has no noun of its own: "business class, otherwise first". */
  private static final Pattern OTHER_CLASS =
      Pattern.compile(
          "(?<=[,;] )(first|second|business)(?= if (?:it's |it is |they're |that's )?(?:sold out|full|gone|unavailable|not available))|\\b(?:otherwise|or else|else|if not|failing that|fall back to|fallback|versus|vs\\.?|compared (?:to|with)|back to|switch to|change to|change it to),?(?: to| in| take| book| get| go for)? (first|second|business)\\b(?! (?:class|train|option|offer|one|thing))");

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
        ALLERGY, match -> meaningSpans.add(unsupported(match, UnsupportedWish.ALLERGIES)));
    sentence.claimMatches(
        TRAVEL_TIME, match -> meaningSpans.add(unsupported(match, UnsupportedWish.TRAVEL_TIME)));
    sentence.claimMatches(
        OTHER_CLASS,
        match -> meaningSpans.add(classWithoutNoun(match, match.group(1) == null ? 2 : 1)));
    sentence.claimMatches(NAMED_PERSON, _ -> true);
    sentence.claimMatches(FLIES_IN, _ -> true);
    sentence.claimMatches(NOT_AT_WEEKENDS, _ -> true);
    sentence.claimMatches(HOME_AGAIN, match -> meaningSpans.add(back(match)));
    sentence.claimMatches(
        LONGEST_DISTANCE,
        match -> meaningSpans.add(unsupported(match, UnsupportedWish.LONGEST_DISTANCE)));
    sentence.claimMatches(GREETING, _ -> true);
    sentence.claimMatches(OWN_LANGUAGE, _ -> true);
    sentence.claimMatches(HOMEWARD, _ -> true);
    sentence.claimMatches(COMES_TO_STAY, _ -> true);
    sentence.claimMatches(COUNTED_COLOUR, match -> meaningSpans.add(colour(match)));
    meaningSpans.addAll(read(sentence, today, continuing));
    Collections.sort(meaningSpans);
    withoutCorrected(sentence, meaningSpans);
    withoutAsides(sentence, meaningSpans, today);
    withoutSettledDays(meaningSpans);
    return new AnnotatedSentence(sentence, List.copyOf(meaningSpans));
  }

  /**
   * Takes out what stands beside a wish and would change it: goods, and days and hours where the
   * wish has its own, as in "we broke up yesterday, a train to Shanghai tomorrow". Where nothing
   * else is wished they are the wish.
   */
  private static void withoutAsides(Sentence sentence, List<MeaningSpan> spans, LocalDate today) {
    var aside = Asides.in(sentence.plain());
    var wished =
        spans.stream()
            .filter(span -> aside.nextClearBit(span.start()) < span.end())
            .map(MeaningSpan::meaning)
            .toList();
    boolean hasNoun = wished.stream().anyMatch(AnnotatedSentence::isNoun);
    boolean hasPlace = wished.stream().anyMatch(Meaning.KnownPlace.class::isInstance);
    boolean hasDay = wished.stream().anyMatch(AnnotatedSentence::isDay);
    boolean hasHours = wished.stream().anyMatch(Meaning.Hours.class::isInstance);
    spans.removeIf(
        span ->
            aside.nextClearBit(span.start()) >= span.end()
                && switch (span.meaning()) {
                  case Word word when word.topic() == Topic.PRODUCT || isForeign(word) ->
                      hasNoun || hasPlace;
                  case Word word when word.topic() == Topic.KIND -> hasNoun;
                  case Meaning.InvalidDay day ->
                      hasDay
                          || ((hasNoun || hasPlace) && day.reason() == Clarification.Reason.PAST);
                  case Meaning.Day day ->
                      hasDay || ((hasNoun || hasPlace) && day.last().isBefore(today));
                  case Meaning.Hours _ -> hasHours;
                  default -> false;
                });
  }

  private static boolean isNoun(Meaning meaning) {
    return meaning instanceof Word word
        && (word.topic() == Topic.PRODUCT || word.topic() == Topic.KIND)
        && !isForeign(word);
  }

  private static boolean isForeign(Word word) {
    return word.topic() == Topic.KIND && word.value().equals("foreign");
  }

  /** A date settles which of two days a weekday means: "on Sunday, December 6". */
  private static void withoutSettledDays(List<MeaningSpan> spans) {
    var days =
        spans.stream()
            .map(MeaningSpan::meaning)
            .filter(Meaning.Day.class::isInstance)
            .map(day -> ((Meaning.Day) day).first().toString())
            .toList();
    spans.removeIf(
        span ->
            span.meaning() instanceof Meaning.InvalidDay day
                && day.reason() == Clarification.Reason.AMBIGUOUS
                && List.of(day.words().split(" / ", -1)).stream().anyMatch(days::contains));
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
          "(?:\\.{2,}|…|—|[,，;；。. -])*(?:(?:hm+|um+|uh+|er+|呃|嗯|额)[,，.。… ]*)?(?:(?<=(?:hmm|um|uh|er) )no\\b|\\b(?:oh )?(?:no(?=[,. ]*actually\\b)|no(?=,)|(?:no,? )?actually)\\b|\\b(?:oh )?(?:no,? )?(?:sorry|wait(?:,? no)?|no wait|i mean(?:t)?|i meant to say|or rather|correction|scratch that|oops|my mistake)\\b"
              + "|啊?不对|啊不|哦不|不不|不是不是|说错了?|打错了?|错了|我是说|应该是|算了还是|(?<=[.。…，, —-])不(?=[，,]))(?:[,，.。:： ]|我是说|是)*");

  private static final int MAX_BETWEEN = 6;

  /** Ours: a corrected day stands at most so far before the correction. */
  private static final int MAX_BACK = 30;

  private static void withoutCorrected(Sentence sentence, List<MeaningSpan> spans) {
    var match = TAKEN_BACK.matcher(sentence.plain());
    while (match.find()) {
      int start = match.start();
      int end = match.end();
      var next = spans.stream().filter(m -> m.start() >= end).findFirst();
      // In "Saturday, a hotel, no wait, Sunday" the day is corrected, although it was not said
      // last.
      var last =
          spans.stream()
              .filter(m -> m.end() <= start)
              .filter(m -> next.isEmpty() || isSameSort(m.meaning(), next.get().meaning()))
              .reduce((_, later) -> later);
      boolean corrects =
          next.isPresent()
              && last.isPresent()
              && next.get().start() - end <= MAX_BETWEEN
              && start - last.get().end() <= (isDay(last.get().meaning()) ? MAX_BACK : MAX_BETWEEN);
      if (corrects) {
        sentence.use(start, end);
        int at = spans.indexOf(next.get());
        spans.set(at, inRoleOf(last.get().meaning(), next.get()));
        spans.remove(last.get());
      }
    }
  }

  private static boolean isDay(Meaning meaning) {
    return meaning instanceof Meaning.Day || meaning instanceof Meaning.InvalidDay;
  }

  private static boolean isSameSort(Meaning one, Meaning other) {
    return (one.getClass() == other.getClass() || (isDay(one) && isDay(other)))
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
    if (!travels(meaningSpans)) {
      sentence.claimMatches(CHILD_OF_AGE, match -> meaningSpans.add(forChildren(match)));
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
    boolean product =
        meaningSpans.stream()
            .anyMatch(mark -> mark.meaning() instanceof Word word && word.topic() == Topic.PRODUCT);
    return !travels(meaningSpans) && (product || BUYING.matcher(sentence.plain()).find());
  }

  /** Returns whether the sentence names a place, a journey or a stay. */
  private static boolean travels(List<MeaningSpan> meaningSpans) {
    return meaningSpans.stream()
        .anyMatch(
            mark ->
                mark.meaning() instanceof Meaning.KnownPlace
                    || (mark.meaning() instanceof Word word
                        && (word.topic() == Topic.ROOM
                            || word.topic() == Topic.TRAINTYPE
                            || (word.topic() == Topic.KIND && !word.value().equals("foreign")))));
  }

  /** Goods for a person of this age are goods for children; shops give no ages. */
  private static final Pattern CHILD_OF_AGE =
      Pattern.compile(
          "\\b(?:[2-9]|1[0-2]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ]years?[- ]olds?(?: (?:boy|girl|son|daughter|child|kid|nephew|niece|grandson|granddaughter)s?)?\\b"
              + "|(?:[两三四五六七八九十2-9]|十[一二]|1[0-2])岁(?:大|半)?的?(?:小?男孩儿?|小?女孩儿?|小孩儿?|孩子?|儿子|女儿|侄子|侄女|外甥女?|孙子|孙女|小朋友|宝宝|娃)?");

  private static MeaningSpan forChildren(Matcher match) {
    var word = new Word(Topic.FEATURE, "kids", match.group(), false);
    return new MeaningSpan(match.start(), match.end(), word);
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

  private static MeaningSpan classWithoutNoun(Matcher match, int group) {
    var word = new Word(Topic.CLASS, match.group(group), match.group(group), false);
    return new MeaningSpan(match.start(group), match.end(group), word);
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
