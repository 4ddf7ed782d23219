package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Asides;
import org.actsandbox.agent.language.read.CountRule;
import org.actsandbox.agent.language.read.DayRule;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.UnsupportedWish;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the example of every line of the data files that a contributor extends. */
class ExampleTests {

  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]");
  private static final Situation START = Situation.start(NOW, InterpreterProfile.of("Hangzhou"));

  private static final List<Wish> ALL_SLOTS =
      List.of(
          new TrainWish(
              "Hangzhou",
              "Shanghai",
              LocalDate.of(2026, 11, 26),
              null,
              LocalTime.of(9, 0),
              null,
              null,
              null,
              "first",
              "window",
              List.of("change"),
              1,
              "G",
              null,
              null,
              "90.00"),
          new HotelWish(
              "Shanghai",
              "station",
              LocalDate.of(2026, 11, 26),
              2,
              1,
              1,
              4,
              true,
              true,
              null,
              "500.00",
              "twin"),
          new ShopWish(
              "phone charger",
              "electronics",
              "Acme",
              List.of("black"),
              1,
              "100.00",
              LocalDate.of(2026, 12, 1),
              null));

  private static final Map<Waiver.Slot, String> IN_COMPACT =
      Map.ofEntries(
          Map.entry(Waiver.Slot.SEAT, "seat=.*"),
          Map.entry(Waiver.Slot.CLASS, "class=.*"),
          Map.entry(Waiver.Slot.HOURS, "dep=.*"),
          Map.entry(Waiver.Slot.PRICE, "max=.*"),
          Map.entry(Waiver.Slot.TYPE, "type=.*"),
          Map.entry(Waiver.Slot.CHANGE, "avoid=change"),
          Map.entry(Waiver.Slot.ROOM, "room=.*"),
          Map.entry(Waiver.Slot.STARS, "stars=.*"),
          Map.entry(Waiver.Slot.BREAKFAST, "breakfast"),
          Map.entry(Waiver.Slot.CANCELLATION, "cancellable"),
          Map.entry(Waiver.Slot.NEAR, "near=.*"),
          Map.entry(Waiver.Slot.COLOUR, "with=.*"),
          Map.entry(Waiver.Slot.BRAND, "brand=.*"),
          Map.entry(Waiver.Slot.DELIVERY, "by=.*"));

  private final RuleBasedInterpreter interpreter = new RuleBasedInterpreter();

  static List<UnsupportedWish> unsupported() {
    return UnsupportedWish.ALL;
  }

  static List<ActReader.Act> acts() {
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

  static List<Asides.Line> asides() {
    return Asides.LINES.stream().filter(line -> !line.example().equals("-")).toList();
  }

  @ParameterizedTest
  @MethodSource("asides")
  void namesNoWordThatStandsBesideTheWish(Asides.Line line) {
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
          two umbrellas, one in white                                                   | with=white + shop 'umbrellas' cat=travel
          两件T恤，一件白的                                                               | with=white + shop 'T恤' cat=clothing
          三把雨伞，一把红的                                                              | with=red + shop '雨伞' cat=travel x2
          three notebooks, one of them black                                            | with=black + shop 'notebooks' cat=office x2
          """)
  void readsWhatIsWishedOtherwise(String sentence, String wishes) {
    assertThat(CompactInterpretation.of(interpreter.interpret(sentence, START))).endsWith(wishes);
  }

  static List<ProductIdeas> ideas() {
    return ProductIdeas.ALL;
  }

  @ParameterizedTest
  @MethodSource("ideas")
  void namesGoodsForWhatTheyAreWishedFor(ProductIdeas ideas) {
    assertThat(interpreter.interpret(ideas.example(), START))
        .isInstanceOfSatisfying(
            Interpretation.Question.class,
            open ->
                assertThat(open.text())
                    .contains(QuestionText.text("product.missing.of." + ideas.key(), open.lang())));
  }

  static List<Waiver.Rule> waivers() {
    return Waiver.RULES;
  }

  @ParameterizedTest
  @MethodSource("waivers")
  void dropsTheWaivedDetailAndNothingElse(Waiver.Rule rule) {
    var before =
        ALL_SLOTS.stream()
            .map(CompactInterpretation::of)
            .flatMap(wish -> Stream.of(wish.split(" ", -1)))
            .toList();
    var understood =
        interpreter.interpret(rule.example(), START.withUnderstood(ALL_SLOTS, null, List.of()));
    var after = List.of(CompactInterpretation.of(understood).split(" ", -1));

    assertThat(understood).isInstanceOf(Interpretation.Wishes.class);
    assertThat(before.stream().filter(word -> !after.contains(word)))
        .isNotEmpty()
        .allMatch(word -> word.matches(IN_COMPACT.get(rule.slot())));
    assertThat(((Interpretation.Wishes) understood).remarks()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("acts")
  void recognizesTheActOfASentence(ActReader.Act act) {
    var understood = interpreter.interpret(act.example(), shown());

    switch (understood) {
      case Interpretation.OfferQuestion question ->
          assertThat(question.topic()).isEqualTo(act.name());
      case Interpretation.OrderQuestion question ->
          assertThat(question.topic()).isEqualTo(act.name());
      default -> assertThat(understood).isInstanceOf(Interpretation.OutOfScope.class);
    }
  }

  @ParameterizedTest
  @MethodSource("acts")
  void findsAnActInWhateverScript(ActReader.Act act) {
    var sentences =
        Stream.of("sentences_zh.txt", "sentences_en.txt")
            .flatMap(name -> SentenceTable.rows(name).stream())
            .map(row -> Sentence.of(row.sentence()).plain());

    assertThat(Stream.concat(acts().stream().map(ActReader.Act::example), sentences))
        .allMatch(
            text ->
                act.pattern().isFoundIn(ScriptedPattern.Text.of(text))
                    == act.pattern().whole().matcher(text).find());
  }

  static List<CountRule> counts() {
    return CountRule.ALL;
  }

  @ParameterizedTest
  @MethodSource("counts")
  void countsByTheRule(CountRule rule) {
    var match = rule.pattern().whole().matcher(Sentence.of(rule.example()).plain());
    assertThat(match.find()).as("the rule fits").isTrue();
    var counts =
        AnnotatedSentence.of(rule.example(), NOW.toLocalDate(), false).marks().stream()
            .filter(span -> span.meaning() instanceof Meaning.Count)
            .toList();

    if (rule.unit() == null || rule.count() == null) {
      assertThat(counts)
          .noneMatch(span -> span.start() < match.end() && span.end() > match.start());
    } else {
      assertThat(counts)
          .extracting(MeaningSpan::meaning)
          .contains(new Meaning.Count(rule.unit(), rule.count()));
    }
  }

  static List<DayRule> days() {
    return DayRule.ALL;
  }

  @ParameterizedTest
  @MethodSource("days")
  void readsTheDayOfTheRule(DayRule rule) {
    var meanings =
        AnnotatedSentence.of(rule.example(), NOW.toLocalDate(), rule.isShift()).marks().stream()
            .map(span -> inShort(span.meaning()))
            .toList();

    assertThat(rule.pattern().whole().matcher(Sentence.of(rule.example()).plain()).find())
        .as("the rule fits")
        .isTrue();
    assertThat(meanings).contains(rule.day());
  }

  private static String inShort(Meaning meaning) {
    return switch (meaning) {
      case Meaning.Day day when day.first().equals(day.last()) -> day.first().toString();
      case Meaning.Day day -> day.first() + ".." + day.last();
      case Meaning.DayShift shift -> "%+d".formatted(shift.days());
      case Meaning.InvalidDay invalid -> invalid.reason().name().toLowerCase(Locale.ROOT);
      default -> "";
    };
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
