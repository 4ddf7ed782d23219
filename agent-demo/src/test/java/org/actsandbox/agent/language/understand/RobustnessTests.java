package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Interpretation.Question;
import org.actsandbox.agent.language.Interpretation.Wishes;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that every sentence has an interpretation: never an exception, never a guessed place. */
class RobustnessTests {

  private static final Situation START =
      Situation.start(
          ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]"),
          InterpreterProfile.of("Hangzhou"));

  private static final List<String> PARTS =
      List.of(
          "train",
          "to",
          "from",
          "Shanghai",
          "Hangzhou East",
          "tomorrow",
          "by",
          "9",
          "99999999999",
          "99:99",
          "yuan",
          "¥",
          "hotel",
          "nights",
          "two",
          "no",
          "the day after",
          "Feb 30",
          "31/31",
          "buy",
          "a",
          "and",
          ",",
          ".",
          "?",
          "(",
          "[",
          "\\",
          "{{it}}",
          "明天",
          "去",
          "上海",
          "酒店",
          "两",
          "晚",
          "不要",
          "三十二号",
          "十三月",
          "二十五点",
          "一万亿",
          "元",
          "以内",
          "和",
          "往返",
          "回",
          "，",
          "。",
          "第",
          "个",
          "😀",
          "\u0000",
          "\ud800",
          "ﷺ",
          "e\u0301",
          "\u202e",
          "１２",
          "½",
          "Ⅷ",
          "G7342",
          "size",
          "x",
          "%s",
          "'",
          "\"",
          "0",
          "-1",
          "0 yuan");

  private final RuleBasedInterpreter ruleBasedInterpreter = new RuleBasedInterpreter();

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anySequenceOfWordsIsUnderstoodOrLeadsToAQuestion(long seed) {
    var random = new Random(seed);
    var situation = START;
    for (int turn = 0; turn < 3; turn++) {
      var sentence =
          random
              .ints(1 + random.nextInt(25), 0, PARTS.size())
              .mapToObj(PARTS::get)
              .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
      var understood = ruleBasedInterpreter.interpret(sentence, situation);

      assertThat(understood).as(sentence).isNotNull();
      if (understood instanceof Question open) {
        assertThat(open.text()).as(sentence).isNotBlank();
        assertThat(open.missing()).as(sentence).isNotEmpty();
        situation = situation.withUnderstood(open.soFar(), open.budget(), open.missing());
      } else if (understood instanceof Wishes said) {
        assertThat(said.wishes()).as(sentence).isNotEmpty();
        said.wishes().forEach(wish -> assertThat(wish.needs()).as(sentence).isNotEmpty());
        situation = situation.withUnderstood(said.wishes(), said.budget(), List.of());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\n\t", "😀😀😀", "?!", "。。。", "asdf qwer", "啦啦啦", "\u0000\u0001"})
  void emptyAndMeaninglessSentencesLeadToAQuestion(String sentence) {
    assertThat(ruleBasedInterpreter.interpret(sentence, START)).isInstanceOf(Question.class);
  }

  @Test
  void tenThousandCharactersAreTooMany() {
    var understood =
        ruleBasedInterpreter.interpret("train to Shanghai tomorrow ".repeat(400), START);

    assertThat(understood)
        .isInstanceOfSatisfying(
            Question.class, q -> assertThat(q.missing()).containsExactly("text"));
  }

  /** The time-out catches a reading whose time grows out of all proportion. */
  @Test
  @Timeout(300)
  void theLongestSentenceAllowedIsRead() {
    for (var word : List.of("1", "一", "a ", "train to ", "明天", "9-", "on ", "two ", "，")) {
      var sentence = word.repeat(1_000 / word.length());
      assertThat(ruleBasedInterpreter.interpret(sentence, START))
          .as(word)
          .isInstanceOfSatisfying(Question.class, q -> assertThat(q.text()).isNotBlank());
    }
  }

  /**
   * Counts bytes, which are the same on a busy machine: what is quadratic takes four times more.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "一",
        "train to ",
        "明天",
        "9-",
        "two ",
        "，",
        "x",
        "不要",
        "北京",
        "tomorow ",
        "5 yuan "
      })
  void aSentenceTwiceAsLongTakesNoMoreThanThreeTimesTheMemory(String word) {
    long half = allocated(word.repeat(500 / word.length()));
    long whole = allocated(word.repeat(1_000 / word.length()));
    assertThat((double) whole / half).isLessThan(3);
  }

  /** A part of a random number may look like a word of phones: b4 was read as "before". */
  @Test
  void anOrderNumberIsReadAsItStandsThere() {
    var random = new Random(7);
    var numbers =
        Stream.concat(
                Stream.of(
                    "T-4b475264-5e76-439e-81a8-e923dd4d7273",
                    "K-7Q2N",
                    "X42N",
                    "eve-1",
                    "4b475264"),
                Stream.generate(() -> "T-" + new UUID(random.nextLong(), random.nextLong()))
                    .limit(400))
            .toList();
    for (var number : numbers) {
      for (var sentence : List.of("cancel order " + number, "取消订单 " + number)) {
        assertThat(ruleBasedInterpreter.interpret(sentence, START))
            .as(sentence)
            .isInstanceOfSatisfying(
                Interpretation.OrderQuestion.class,
                cancellation -> assertThat(cancellation.orderNo()).isEqualToIgnoringCase(number));
      }
    }
  }

  @Test
  void theSameSentenceHasTheSameInterpretation() {
    for (long seed : seeds().toArray()) {
      var random = new Random(seed);
      var sentence =
          random
              .ints(1 + random.nextInt(12), 0, PARTS.size())
              .mapToObj(PARTS::get)
              .collect(Collectors.joining(" "));
      var first = ruleBasedInterpreter.interpret(sentence, START);
      assertThat(new RuleBasedInterpreter().interpret(sentence, START)).isEqualTo(first);
    }
  }

  private long allocated(String sentence) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ruleBasedInterpreter.interpret(sentence, START);
    long before = threads.getCurrentThreadAllocatedBytes();
    ruleBasedInterpreter.interpret(sentence, START);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void anUnknownPlaceIsNamedInTheQuestion() {
    assertThat(question("train from Atlantis to Shanghai tomorrow").text()).contains("Atlantis");
    assertThat(question("明天从亚特兰蒂斯去上海").text()).contains("亚特兰蒂斯");
    assertThat(question("train to Shangai tomorrow").text()).contains("Did you mean Shanghai?");
  }

  @Test
  void theOriginIsAskedForWithoutAHome() {
    var nowhere = new InterpreterProfile(null, null, 1, null, false);
    var understood =
        ruleBasedInterpreter.interpret(
            "train to Shanghai tomorrow", Situation.start(START.now(), nowhere));

    assertThat(CompactInterpretation.of(understood)).isEqualTo("? from=missing");
  }

  @Test
  void theHomeStationGoesBeforeTheHomeCity() {
    var interpreterProfile = new InterpreterProfile("Hangzhou", "杭州东站", 2, Lang.EN, true);
    var situation = Situation.start(START.now(), interpreterProfile);

    assertThat(
            CompactInterpretation.of(
                ruleBasedInterpreter.interpret("train to Shanghai tomorrow", situation)))
        .isEqualTo("train Hangzhou East>Shanghai 2026-11-26");
    assertThat(
            CompactInterpretation.of(
                ruleBasedInterpreter.interpret("hotel in Suzhou tomorrow", situation)))
        .isEqualTo("hotel Suzhou 2026-11-26 1n guests=2");
  }

  @Test
  void theForcedLanguageWins() {
    var forced = START.withLang(Lang.ZH);

    assertThat(ruleBasedInterpreter.interpret("train to Shanghai", forced).lang())
        .isEqualTo(Lang.ZH);
    assertThat(((Question) ruleBasedInterpreter.interpret("train to Shanghai", forced)).text())
        .isEqualTo("您想哪一天出发？");
  }

  @Test
  void aCityAndItsStationOfTheSameNameAreToldApart() {
    assertThat(train("train from Hangzhou to Shanghai tomorrow").to()).isEqualTo("Shanghai");
    assertThat(train("明天从杭州到上海站").to()).isEqualTo("Shanghai Railway Station");
  }

  @Test
  void everyClarificationHasItsOwnWordsInBothLanguages() {
    for (var reason : Clarification.Reason.values()) {
      for (var lang : Lang.values()) {
        assertThat(QuestionText.question(List.of(new Clarification("from", reason, "X")), lang))
            .isNotBlank();
      }
    }
  }

  private Question question(String sentence) {
    return (Question) ruleBasedInterpreter.interpret(sentence, START);
  }

  private TrainWish train(String sentence) {
    Interpretation understood = ruleBasedInterpreter.interpret(sentence, START);
    return (TrainWish) ((Wishes) understood).wishes().getFirst();
  }
}
