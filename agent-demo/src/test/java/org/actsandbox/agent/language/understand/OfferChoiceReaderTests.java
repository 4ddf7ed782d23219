package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Interpretation.Choice;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.ShownOffer;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that a clear choice is taken and everything else is not, because a choice leads to a
 * purchase.
 */
class OfferChoiceReaderTests {

  private static final List<ShownOffer> TRAINS =
      List.of(
          train("t1", 1, "raileast", "G7342", "87.50", "07:15", true),
          train("t2", 2, "gotrip-rail", "G7342", "97.50", "07:15", false),
          train("t3", 3, "raileast", "G7344", "73.00", "08:40", false));

  private static final List<ShownOffer> TRIP =
      List.of(
          train("t1", 1, "raileast", "G7342", "87.50", "07:15", true),
          train("t2", 2, "gotrip-rail", "G7344", "97.50", "08:40", false),
          offer("h1", MerchantKind.HOTEL, 1, "stayhub", "Lake Inn", "420.00", null, true),
          offer("h2", MerchantKind.HOTEL, 2, "gotrip-hotels", "Bund House", "399.00", null, false));

  private final RuleBasedInterpreter ruleBasedInterpreter = new RuleBasedInterpreter();

  private static ShownOffer train(
      String id, int position, String merchant, String no, String total, String at, boolean best) {
    var departs = OffsetDateTime.parse("2026-11-26T" + at + ":00+08:00");
    var title = no + " Hangzhou East - Shanghai Hongqiao / " + no + " 杭州东 - 上海虹桥";
    return offer(id, MerchantKind.TRAIN, position, merchant, title, total, departs, best);
  }

  private static ShownOffer offer(
      String id,
      MerchantKind merchantKind,
      int position,
      String merchant,
      String title,
      String total,
      @Nullable OffsetDateTime departs,
      boolean recommended) {
    return new ShownOffer(
        id, merchantKind, position, merchant, title, total, "CNY", departs, recommended);
  }

  private static Situation withOffers(List<ShownOffer> offers) {
    var now = ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]");
    var start = Situation.start(now, InterpreterProfile.of("Hangzhou"));
    var wished = new RuleBasedInterpreter().interpret("train to Shanghai tomorrow", start);
    return start
        .withUnderstood(((Interpretation.Wishes) wished).wishes(), null, List.of())
        .withOffers(offers);
  }

  private static List<ShownOffer> talkedAbout(Set<String> ids) {
    return TRAINS.stream()
        .map(
            offer ->
                new ShownOffer(
                    offer.offerId(),
                    offer.kind(),
                    offer.position(),
                    offer.merchant(),
                    offer.title(),
                    offer.total(),
                    offer.currency(),
                    offer.departs(),
                    offer.recommended(),
                    ids.contains(offer.offerId())))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"take it", "ok, book it", "yes", "就这个", "好的"})
  void takesTheOnlyOfferThatWasAskedAbout(String sentence) {
    var situation = withOffers(talkedAbout(Set.of("t2")));

    assertThat(CompactInterpretation.of(ruleBasedInterpreter.interpret(sentence, situation)))
        .isEqualTo("choose t2");
    assertThat(ruleBasedInterpreter.interpret("how much is the fee?", situation))
        .isInstanceOfSatisfying(
            Interpretation.OfferQuestion.class,
            asked -> assertThat(asked.offerIds()).containsExactly("t2"));
  }

  /** 前两个比一比 is answered before; then 便宜的那个 is one of these two, and no new search. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      选便宜的那个     | t3
      那就要贵的那趟   | t2
      就早一点的那班吧 | t2
      the cheaper one  | t3
      """)
  void anOrderAfterAComparisonTakesOneOfTheComparedOffers(String sentence, String offer) {
    assertThat(
            ruleBasedInterpreter.interpret(sentence, withOffers(talkedAbout(Set.of("t2", "t3")))))
        .isInstanceOfSatisfying(
            Interpretation.Choice.class,
            choice -> assertThat(choice.offerIds()).containsExactly(offer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      take the cheaper one      | t3
      the cheaper one please    | t3
      the earlier one           | t2
      I'll take the later one   | t3
      要便宜的那个              | t3
      那就要便宜的那趟吧        | t3
      """)
  void takesOneOfTheComparedOffers(String sentence, String id) {
    var situation = withOffers(talkedAbout(Set.of("t2", "t3")));

    assertThat(CompactInterpretation.of(ruleBasedInterpreter.interpret(sentence, situation)))
        .isEqualTo("choose " + id);
  }

  /** One offer that was asked about is not the cheapest for that: the whole list is searched. */
  @ParameterizedTest
  @CsvSource({"the cheapest one", "要最便宜的那个", "the earlier one"})
  void takesNoFirstOfASingleOffer(String sentence) {
    var situation = withOffers(talkedAbout(Set.of("t2")));

    assertThat(CompactInterpretation.of(ruleBasedInterpreter.interpret(sentence, situation)))
        .doesNotContain("choose");
  }

  @ParameterizedTest
  @CsvSource({"okay take that", "book it", "就这个"})
  void asksWhichOfSeveralOffersThatWereNamed(String sentence) {
    assertThat(
            CompactInterpretation.of(
                ruleBasedInterpreter.interpret(
                    sentence, withOffers(talkedAbout(Set.of("t2", "t3"))))))
        .isEqualTo("? choice=missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      前两个比一比           | t1 t2
      把前三趟对比一下       | t1 t2 t3
      第一个和第三个哪个便宜 | t1 t3
      compare the first two  | t1 t2
      """)
  void offersAreComparedInWhateverWords(String sentence, String offers) {
    assertThat(ruleBasedInterpreter.interpret(sentence, withOffers(TRAINS)))
        .isInstanceOfSatisfying(
            Interpretation.OfferQuestion.class,
            question -> {
              assertThat(question.topic()).isEqualTo(Interpretation.OfferQuestion.COMPARISON);
              assertThat(question.offerIds()).containsExactly(offers.split(" ", -1));
            });
  }

  @ParameterizedTest
  @CsvSource({"ok take it", "yes", "就这个", "好的"})
  void yesAfterAChangeThatWasNotUnderstoodAsksWhichOffer(String sentence) {
    var offered = withOffers(TRIP.subList(0, 2));
    var open = offered.withUnderstood(offered.wishes(), null, List.of("wish"));
    assertThat(ruleBasedInterpreter.interpret(sentence, open))
        .isInstanceOfSatisfying(
            Interpretation.Question.class,
            asked ->
                assertThat(asked.gaps())
                    .anySatisfy(gap -> assertThat(gap.field()).isEqualTo("choice")));
    assertThat(ruleBasedInterpreter.interpret(sentence, offered))
        .isInstanceOf(Interpretation.Choice.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      the second one            | t2
      second                    | t2
      2                         | t2
      number 3                  | t3
      option two please         | t2
      the last one              | t3
      I'll take the third       | t3
      the first and the third   | t1 t3
      take it                   | t1
      yes                       | t1
      Yes, please               | t1
      ok, book it               | t1
      sounds good               | t1
      go ahead and book it      | t1
      RailEast's                | t1
      the one from GoTrip       | t2
      raileast please           | t1
      G7344                     | t3
      the 8:40 one              | t3
      can you book the second one? | t2
      no, the second one        | t2
      not the first, the second | t2
      第二个                    | t2
      就要第一个                | t1
      要第二个                  | t2
      我选第三趟                | t3
      就这个                    | t1
      好的                      | t1
      好，就它了                | t1
      可以，下单吧              | t1
      最后一个                  | t3
      RailEast的                | t1
      不要第一个，要第二个      | t2
      G7344那趟                 | t3
      8点40那趟                 | t3
      """)
  void takesAClearChoice(String sentence, String ids) {
    assertThat(
            CompactInterpretation.of(ruleBasedInterpreter.interpret(sentence, withOffers(TRAINS))))
        .isEqualTo("choose " + ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      the cheaper one  | sort=cheapest
      the cheapest one | sort=cheapest
      the earliest one | sort=earliest
      便宜的那个       | sort=cheapest
      要最便宜的       | sort=cheapest
      """)
  void aSuperlativeSearchesAgainBecauseTheListIsOnlyAPart(String sentence, String sort) {
    assertThat(ruleBasedInterpreter.interpret(sentence, withOffers(TRAINS)))
        .isInstanceOf(org.actsandbox.agent.language.Interpretation.Wishes.class)
        .extracting(CompactInterpretation::of)
        .asString()
        .endsWith(sort);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      take it              | t1 h1
      all of it            | t1 h1
      both                 | t1 h1
      都要                 | t1 h1
      the second hotel     | h2
      the first train      | t1
      the second train and the first hotel, please | t2 h1
      the second one       | ? choice=ambiguous
      第二家酒店           | h2
      stayhub              | h1
      """)
  void inATripTheKindSelectsTheOffer(String sentence, String meaning) {
    var expected = meaning.startsWith("?") ? meaning : "choose " + meaning;

    assertThat(CompactInterpretation.of(ruleBasedInterpreter.interpret(sentence, withOffers(TRIP))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the fifth one",
        "not the second one",
        "don't take it",
        "do not book the first one",
        "is the second one refundable?",
        "what about the second one?",
        "第二个可以退吗",
        "不要第二个",
        "别买",
        "cheaper",
        "a later one",
        "有便宜一点的吗",
        "the first train to Beijing on Friday",
        "hello",
        "hmm",
        "I don't like the first one",
        "第一个不好"
      })
  void aNegatedAskedOrUnclearChoiceBuysNothing(String sentence) {
    assertThat(ruleBasedInterpreter.interpret(sentence, withOffers(TRAINS)))
        .isNotInstanceOf(Choice.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"take it", "yes", "the second one", "就要第一个", "好的"})
  void withoutOffersThereIsNothingToChoose(String sentence) {
    assertThat(ruleBasedInterpreter.interpret(sentence, withOffers(List.of())))
        .isNotInstanceOf(Choice.class);
  }
}
