package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.directive.DirectiveParser;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.read.UnsupportedWish;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.agent.language.understand.draft.Details;
import org.actsandbox.agent.language.understand.draft.FallbackSpans;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the example of every line of the data files that a contributor extends. */
class ExampleTests {

  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]");
  private static final Situation START = Situation.start(NOW, InterpreterProfile.of("Hangzhou"));

  private final RuleBasedInterpreter interpreter = new RuleBasedInterpreter();

  static List<UnsupportedWish> unsupported() {
    return UnsupportedWish.ALL;
  }

  static List<Rule> acts() {
    return ActReader.ACTS;
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void namesUnsupportedWishes(UnsupportedWish wish) {
    assertThat(interpreter.interpret(wish.example(), START))
        .isInstanceOfSatisfying(
            Interpretation.Wishes.class,
            said ->
                assertThat(said.remarks())
                    .anyMatch(
                        remark ->
                            remark.type() == Remark.Type.UNSUPPORTED
                                && remark.words().startsWith(wish.name().in(said.lang().code()))));
  }

  static List<Rule> asides() {
    return RuleFile.of("asides.txt").lines().stream()
        .filter(line -> !line.example().equals("-"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("asides")
  void namesNoWordThatStandsBesideTheWish(Rule line) {
    var understood = interpreter.interpret(line.example(), START);

    assertThat(understood)
        .isInstanceOfSatisfying(
            Interpretation.Wishes.class,
            said ->
                assertThat(said.remarks())
                    .noneMatch(remark -> remark.type() == Remark.Type.UNREAD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          because I'm carrying a cello, a train to Beijing tomorrow         | cello
          hotel in Hangzhou on Saturday, my wife wants a fireplace          | fireplace
          since I travel with my parrot, a hotel in Suzhou tomorrow         | pets
          train to Shanghai tomorrow, because my brother uses a wheelchair  | barrier-free
          since my daughter is allergic to feathers, hotel in Shanghai tomorrow | allergies
          I'm pregnant, a hotel in Hangzhou tomorrow                        | barrier-free
          明天上海酒店，我老公要有壁炉                                        | 壁炉
          因为我带着大提琴，明天去北京的高铁                                   | 大提琴
          毕竟我怀孕了，明天去南京的票                                         | 无障碍
          我对羽绒过敏，明天苏州酒店                                          | 过敏
          老公说要能看到海的房间，明天杭州酒店                                  | 景观
          """)
  void namesAWishThatStandsInAReason(String sentence, String words) {
    assertThat(interpreter.interpret(sentence, START))
        .isInstanceOfSatisfying(
            Interpretation.Wishes.class,
            said -> {
              assertThat(said.wishes()).hasSize(1);
              assertThat(said.remarks()).anyMatch(remark -> remark.words().contains(words));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          business class to Beijing on December 8 if it's under 900, otherwise second | class=business max=900 else train Hangzhou>Beijing 2026-12-08 class=second
          商务座九百以内就买，不然二等座，12月8号去北京                                     | class=business max=900 else train Hangzhou>Beijing 2026-12-08 class=second
          first class to Shanghai tomorrow, second if sold out                          | class=first else train Hangzhou>Shanghai 2026-11-26 class=second
          二等座没票的话一等座也行，明天去宁波                                             | class=second else train Hangzhou>Ningbo 2026-11-26 class=first
          train to Shanghai on Friday, if there's none on Friday then Monday            | 2026-11-27 else train Hangzhou>Shanghai 2026-11-30
          周五去南京，没票就周日                                                          | 2026-11-27 else train Hangzhou>Nanjing 2026-11-29
          明天早上去苏州，早上没有就下午                                                   | dep=05:00-10:00 else train Hangzhou>Suzhou 2026-11-26 dep=12:00-18:00
          the 9:00 train to Shanghai tomorrow, if it's sold out the next one            | sort=closest else train Hangzhou>Shanghai 2026-11-26 dep=08:30- sort=earliest
          明天去上海，没有一等座就算了                                                     | train Hangzhou>Shanghai 2026-11-26 class=first
          two umbrellas, one in white                                                   | with=white + shop 'umbrellas' cat=travel not=white
          两件T恤，一件白的                                                               | with=white + shop 'T恤' cat=clothing not=white
          三把雨伞，一把红的                                                              | with=red + shop '雨伞' cat=travel x2 not=red
          three notebooks, one of them black                                            | with=black + shop 'notebooks' cat=office x2 not=black
          """)
  void readsWhatIsWishedOtherwise(String sentence, String wishes) {
    assertThat(CompactInterpretation.of(interpreter.interpret(sentence, START))).endsWith(wishes);
  }

  static List<Rule> fallbacks() {
    return FallbackSpans.RULES.lines();
  }

  @ParameterizedTest
  @MethodSource("fallbacks")
  void readsWhatIsWishedOnlyIfPossible(Rule line) {
    assertThat(interpreter.interpret(line.example(), START))
        .isInstanceOfSatisfying(
            Interpretation.Wishes.class,
            said -> {
              assertThat(said.wishes()).hasSize(1);
              assertThat(said.wishes().getFirst().otherwise()).isNotNull();
              assertThat(said.remarks()).noneMatch(Remark::isLoss);
            });
  }

  static List<Rule> ideas() {
    return ProductIdeas.ALL;
  }

  @ParameterizedTest
  @MethodSource("ideas")
  void namesGoodsForWhatTheyAreWishedFor(Rule ideas) {
    assertThat(interpreter.interpret(ideas.example(), START))
        .isInstanceOfSatisfying(
            Interpretation.Question.class,
            open ->
                assertThat(open.text())
                    .contains(
                        QuestionText.text("product.missing.of." + ideas.kind(), open.lang())));
  }

  @ParameterizedTest
  @MethodSource("acts")
  void recognizesTheActOfASentence(Rule act) {
    var situation =
        switch (act.kind()) {
          case "about.none" -> nothingFound();
          case "about.facts" -> START;
          default -> shown();
        };
    var understood = interpreter.interpret(act.example(), situation);

    switch (understood) {
      case Interpretation.OfferQuestion question ->
          assertThat(question.topic()).isEqualTo(act.kind());
      case Interpretation.OrderQuestion question ->
          assertThat(question.topic()).isEqualTo(act.kind());
      default -> assertThat(understood).isInstanceOf(Interpretation.OutOfScope.class);
    }
  }

  @ParameterizedTest
  @MethodSource("acts")
  void findsAnActInWhateverScript(Rule act) {
    var sentences =
        Stream.of("sentences_zh.txt", "sentences_en.txt")
            .flatMap(name -> SentenceTable.rows(name).stream())
            .map(row -> Sentence.of(row.sentence()).plain());

    assertThat(Stream.concat(acts().stream().map(Rule::example), sentences))
        .allMatch(
            text ->
                act.pattern().isFoundIn(ScriptedPattern.Text.of(text))
                    == act.pattern().whole().matcher(text).find());
  }

  static Stream<Rule> rules() {
    return RuleFile.NAMES.stream().flatMap(name -> RuleFile.of(name).lines().stream());
  }

  /** Rules that only a later sentence uses are tried on one. */
  @ParameterizedTest
  @MethodSource("rules")
  void readsTheValueOfTheRule(Rule rule) {
    var match = rule.pattern().whole().matcher(Sentence.of(rule.example()).plain());
    assertThat(match.find()).as("the rule fits").isTrue();
    var marks =
        Stream.of(false, true)
            .flatMap(
                continuing ->
                    AnnotatedSentence.of(rule.example(), NOW.toLocalDate(), continuing)
                        .marks()
                        .stream())
            .toList();

    if (rule.value().equals("-")) {
      assertThat(marks)
          .filteredOn(span -> inShort(span.meaning(), rule).equals("count"))
          .noneMatch(span -> span.start() < match.end() && span.end() > match.start());
    } else {
      assertThat(marks).extracting(span -> inShort(span.meaning(), rule)).contains(rule.value());
    }
  }

  private static String inShort(Meaning meaning, Rule rule) {
    return switch (meaning) {
      case Meaning.Count count ->
          rule.value().equals("-")
              ? "count"
              : List.of(count.unit().name().toLowerCase(Locale.ROOT), "room", "part")
                      .contains(rule.kind())
                  ? Integer.toString(count.number())
                  : "";
      case Meaning.Hours hours -> inShort(hours);
      case Meaning.Cost cost when rule.value().equals("-") -> "count";
      case Meaning.Cost cost ->
          (cost.min() == null ? "" : plain(cost.min()))
              + "-"
              + plain(cost.max())
              + (cost.scope() == Meaning.Scope.OPEN
                  ? ""
                  : " " + cost.scope().name().toLowerCase(Locale.ROOT));
      case Meaning.ForeignCost _ -> "foreign";
      case Meaning.Word word ->
          (word.negated() ? "not " : "")
              + word.topic().name().toLowerCase(Locale.ROOT)
              + " "
              + word.value();
      case Meaning.TrainNumber train -> "train " + train.number();
      case Meaning.KnownPlace place ->
          place.role().name().toLowerCase(Locale.ROOT) + " " + names(place.places());
      case Meaning.ExcludedPlace place -> ("except " + names(place.places())).strip();
      case Meaning.AllowedHours hours -> "allowed " + inShort(hours.hours());
      case Meaning.HourShift shift ->
          ((shift.later() ? "later " : "earlier ") + (shift.minutes() == 0 ? "" : shift.minutes()))
              .strip();
      case Meaning.Day day when day.first().equals(day.last()) -> day.first().toString();
      case Meaning.Day day -> day.first() + ".." + day.last();
      case Meaning.DayShift shift -> "%+d".formatted(shift.days());
      case Meaning.InvalidDay invalid -> invalid.reason().name().toLowerCase(Locale.ROOT);
      default -> "";
    };
  }

  private static String names(Set<Place> places) {
    return places.stream().map(place -> place.name().en()).collect(Collectors.joining(", "));
  }

  private static String plain(Money money) {
    return new BigDecimal(money.decimal()).stripTrailingZeros().toPlainString();
  }

  private static String inShort(Meaning.Hours hours) {
    boolean arrives = hours.arriveAfter() != null || hours.arriveBefore() != null;
    var from = arrives ? hours.arriveAfter() : hours.departAfter();
    var to = arrives ? hours.arriveBefore() : hours.departBefore();
    return (arrives ? "arrive " : "")
        + (from == null ? "" : from)
        + "-"
        + (to == null ? "" : to)
        + (hours.about() ? " about" : hours.partOfDay() ? " part" : "");
  }

  static List<Rule> directives() {
    return RuleFile.of("directives.txt").lines();
  }

  @ParameterizedTest
  @MethodSource("directives")
  void readsTheDirectiveOfTheRule(Rule rule) {
    var sentence = AnnotatedSentence.of(rule.example(), NOW.toLocalDate(), false);
    var said = DirectiveParser.of(sentence, NOW.toLocalDate()).said();

    assertThat(rule.pattern().whole().matcher(sentence.sentence().plain()).find())
        .as("the rule fits")
        .isTrue();
    assertThat(inShort(said)).isEqualTo(rule.value());
  }

  private static String inShort(Directive said) {
    var words = new StringJoiner(" ").setEmptyValue("-");
    Optional.ofNullable(said.until()).ifPresent(day -> words.add("until " + day));
    Optional.ofNullable(said.most()).ifPresent(yuan -> words.add("at most " + yuan));
    Optional.ofNullable(said.below()).ifPresent(yuan -> words.add("below " + yuan));
    Optional.ofNullable(said.first()).ifPresent(day -> words.add("from " + day));
    Optional.ofNullable(said.every()).ifPresent(period -> words.add("every " + period));
    return words.toString();
  }

  static List<SpellingCorrection.Spelling> spellings() {
    return SpellingCorrection.SPELLINGS;
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void readsASpellingAsTheFullWord(SpellingCorrection.Spelling spelling) {
    var full = SpellingCorrection.inFull(spelling.example());

    assertThat(full).isNotEqualTo(spelling.example()).contains(spelling.word().split("\\$\\d", -1));
    assertThat(CompactInterpretation.of(interpreter.interpret(spelling.example(), START)))
        .isEqualTo(CompactInterpretation.of(interpreter.interpret(full, START)));
  }

  static Stream<Rule> cues() {
    return Stream.of(Cues.KNOWN, Details.KNOWN).flatMap(file -> file.lines().stream());
  }

  /** The expressions of some lines tell names by their capital letters. */
  @ParameterizedTest
  @MethodSource("cues")
  void findsTheWordsOfACueInItsExample(Rule cue) {
    var sentence = Sentence.of(cue.example());

    assertThat(Stream.of(sentence.plain(), sentence.original()))
        .anyMatch(text -> cue.pattern().whole().matcher(text).find());
  }

  static List<Rule> moments() {
    return SpokenHours.RULES.lines();
  }

  @ParameterizedTest
  @MethodSource("moments")
  void saysHoursInFullThatDependOnTheMoment(Rule rule) {
    var journey = ((TrainWish) WaiverExampleTests.ALL_SLOTS.getFirst()).withOtherwise(null);
    var evening = interpreter.interpret("train to Shanghai tomorrow evening", START);
    var wishes =
        rule.kind().equals("bare")
            ? ((Interpretation.Wishes) evening).wishes()
            : List.<Wish>of(journey);
    var situation = START.withUnderstood(wishes, null, List.of());

    assertThat(SpokenHours.inFull(rule.example(), situation)).isEqualTo(rule.value());
    assertThat(SpokenHours.inFull(rule.value(), situation)).isEqualTo(rule.value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train to Shanghai tomorrow, zorbing              | zorbing
          明天去上海，要能打麻将的                           | 打麻将
          a hotel in Shanghai tomorrow with a karaoke bar  | karaoke bar
          """)
  void namesUnreadWordsAsThePrincipalWroteThem(String sentence, String words) {
    assertThat(interpreter.interpret(sentence, START))
        .isInstanceOfSatisfying(
            Interpretation.Wishes.class,
            said ->
                assertThat(said.remarks())
                    .anyMatch(
                        remark ->
                            remark.type() == Remark.Type.UNREAD && remark.words().contains(words)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Not tomorrow but the day after, to Shanghai      | 2026-11-27
          a week from today to Shanghai                    | 2026-12-02
          a week from tomorrow to Nanjing                  | 2026-12-03
          不是明天，是后天去上海的票                         | 2026-11-27
          春节前一天去北京的票                               | 2027-02-05
          the day before Christmas to Shanghai by train    | 2026-12-24
          """)
  void readsRejectedDaysAndDaysBesideOthers(String sentence, String day) {
    assertThat(CompactInterpretation.of(interpreter.interpret(sentence, START))).contains(day);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          明天去上海，不要七点以前的              | dep=07:00-
          10:30以后到北京的票，明天               | dep=10:30-
          明天去上海，除了早上都行                | dep=10:00-
          to Shanghai tomorrow, not in the evening | dep=-18:00
          to Shanghai tomorrow, 8ish in the morning | sort=closest
          """)
  void readsUnwantedHoursAsTheRestOfTheDay(String sentence, String hours) {
    assertThat(CompactInterpretation.of(interpreter.interpret(sentence, START))).contains(hours);
  }

  /** A wish is understood, and no merchant has what it asks for. */
  private Situation nothingFound() {
    var understood = (Interpretation.Wishes) interpreter.interpret("a red scarf", START);
    return START.withUnderstood(understood.wishes(), null, List.of());
  }

  private static Situation shown() {
    var offer =
        new ShownOffer(
            "t1",
            MerchantKind.TRAIN,
            1,
            "raileast/RailEast",
            "G7342",
            "73.00",
            "CNY",
            OffsetDateTime.parse("2026-11-26T07:15:00+08:00"),
            true);
    return START.withOffers(List.of(offer)).withSuggestions(Map.of());
  }
}
