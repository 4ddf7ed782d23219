package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.read.Meaning.TrainNumber;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.text.Sentence;

/**
 * Holds a sentence with everything that was understood in it, in the order of the text.
 *
 * @param sentence the sentence, in which the understood stretches are claimed
 */
public record AnnotatedSentence(Sentence sentence, List<MeaningSpan> marks) {

  private static final RuleFile RULES = RuleFile.of("phrases.txt");

  /** Rules that are tried after all readers. */
  private static final Set<String> LAST = Set.of("return", "age");

  /**
   * Reads a sentence.
   *
   * @param today the date in the principal's zone
   * @param continuing whether there was an earlier sentence, so that "the day after" has a base
   */
  public static AnnotatedSentence of(String text, LocalDate today, boolean continuing) {
    var sentence = Sentence.of(text);
    var spans = new ArrayList<MeaningSpan>();
    RULES.claim(
        sentence,
        rule -> !LAST.contains(rule.kind()),
        (rule, match) -> add(spans, sentence, rule, match));
    spans.addAll(read(sentence, today, continuing));
    Collections.sort(spans);
    withoutCorrected(sentence, spans);
    withoutAsides(sentence, spans, today);
    withoutSettledDays(spans);
    return new AnnotatedSentence(sentence, List.copyOf(spans));
  }

  /**
   * Takes out what stands beside a wish and would change it: goods, and days and hours where the
   * wish has its own, as in "we broke up yesterday, a train to Shanghai tomorrow". Where nothing
   * else is wished they are the wish.
   */
  private static void withoutAsides(Sentence sentence, List<MeaningSpan> spans, LocalDate today) {
    var aside = Asides.in(sentence);
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

    return meaning instanceof Word word && word.isOf(Topic.PRODUCT, Topic.KIND) && !isForeign(word);
  }

  private static boolean isForeign(Word word) {
    return word.is(Topic.KIND, "foreign");
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
                        ? mark.with(
                            Meaning.Day.on(
                                earlier.with(TemporalAdjusters.next(today.getDayOfWeek()))))
                        : mark)
            .toList());
  }

  /** Returns the text in lower case and simplified characters. */
  public String text() {
    return sentence.plain();
  }

  /** Returns the words of a stretch as the principal wrote them. */
  public String words(MeaningSpan span) {
    return span.in(sentence.original()).strip();
  }

  /** Notes that a wish took these characters as they are. */
  public void use(int start, int end) {
    sentence.use(start, end);
  }

  /** Returns all meanings of a type, in the order of the text. */
  public <M extends Meaning> Stream<M> all(Class<M> type) {
    return marks.stream().map(MeaningSpan::meaning).filter(type::isInstance).map(type::cast);
  }

  /** Returns whether some stretch is like that. */
  public boolean any(Predicate<MeaningSpan> like) {
    return marks.stream().anyMatch(like);
  }

  public boolean has(Class<? extends Meaning> type) {
    return all(type).findAny().isPresent();
  }

  /** Returns whether a word of one of the topics is in the sentence. */
  public boolean names(Topic... topics) {
    return all(Word.class).anyMatch(word -> word.isOf(topics));
  }

  private static final int MAX_BETWEEN = 6;

  /** Ours: a corrected day stands at most so far before the correction. */
  private static final int MAX_BACK = 30;

  private static void withoutCorrected(Sentence sentence, List<MeaningSpan> spans) {
    var match = RULES.anywhere("corrected", sentence.plain());
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
        ? span.with(new Meaning.KnownPlace(after.places(), before.role(), after.words()))
        : span;
  }

  /** Runs the readers in this order: a reader never sees what an earlier one claimed. */
  private static List<MeaningSpan> read(Sentence sentence, LocalDate today, boolean continuing) {
    var spans = new ArrayList<MeaningSpan>();
    // The names come first: 三亚 is not three, 六安 is not six, and West Lake is not a direction.
    spans.addAll(WordReader.read(sentence));
    spans.addAll(DayReader.read(sentence, today, continuing));
    spans.addAll(CostReader.read(sentence));
    spans.addAll(CountReader.read(sentence));
    spans.addAll(HourReader.read(sentence, continuing));
    RULES.claim(
        sentence,
        rule -> rule.kind().equals("return") || (rule.kind().equals("age") && !travels(spans)),
        (rule, match) -> add(spans, sentence, rule, match));
    spans.addAll(WordReader.unsupported(sentence, isAboutGoods(sentence, spans)));
    spans.addAll(UnknownPlaceReader.read(sentence));
    return spans;
  }

  /**
   * Returns whether the sentence is about goods: it buys something and names no journey or stay, so
   * that a washing machine is a product.
   */
  private static boolean isAboutGoods(Sentence sentence, List<MeaningSpan> spans) {
    boolean product = spans.stream().anyMatch(mark -> mark.isWord(Topic.PRODUCT));
    return !travels(spans) && (product || RULES.occurs("buying", sentence.plain()));
  }

  /** Returns whether the sentence names a place, a journey or a stay. */
  private static boolean travels(List<MeaningSpan> spans) {
    return spans.stream()
        .anyMatch(
            mark ->
                mark.meaning() instanceof Meaning.KnownPlace
                    || mark.isWord(Topic.ROOM, Topic.TRAINTYPE)
                    || (mark.isWord(Topic.KIND) && !isForeign((Word) mark.meaning())));
  }

  /** Adds the meaning of a phrase; each phrase is claimed. */
  private static boolean add(List<MeaningSpan> spans, Sentence sentence, Rule rule, Matcher match) {
    if (rule.kind().equals("mixed")) {
      spans.addAll(WordReader.unsupportedInside(sentence, match.start(), match.end()));
    }
    switch (rule.kind()) {
      case "nothing" -> {}
      case "train" -> {
        var number = RuleFile.captured(match).getFirst().toUpperCase(Locale.ROOT);
        spans.add(MeaningSpan.of(match, new TrainNumber(number)));
      }
      case "class" -> {
        var name = RuleFile.captured(match).getFirst();
        int start = match.start() + match.group().lastIndexOf(name);
        var word = new Word(Topic.CLASS, name, name, false);
        spans.add(new MeaningSpan(start, start + name.length(), word));
      }
      case "colour" -> {
        var colour = Lexicon.KNOWN.colour(match.group().charAt(0), match.end());
        var value = Objects.requireNonNull(colour).entry().value();
        spans.add(word(match, Topic.FEATURE, value));
      }
      case "home", "return" -> spans.add(word(match, Topic.RETURN, "back"));
      case "age" -> spans.add(word(match, Topic.FEATURE, "kids"));
      default -> spans.add(word(match, Topic.UNSUPPORTED, rule.argument()));
    }
    return true;
  }

  private static MeaningSpan word(Matcher match, Topic topic, String value) {
    return MeaningSpan.of(match, new Word(topic, value, match.group(), false));
  }
}
