package org.actsandbox.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.understand.RuleBasedInterpreter;
import org.actsandbox.agent.turn.WishDescription.Detail;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the details by which a wish is shown, dropped and changed, and the sentences for them. */
class WishDescriptionTests {

  private static final Situation START =
      Situation.start(
          ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]"),
          InterpreterProfile.of("Hangzhou"));

  private static final Wish TRAIN =
      new TrainWish(
          "Hangzhou",
          "Shanghai",
          LocalDate.of(2026, 11, 27),
          null,
          LocalTime.of(9, 0),
          null,
          null,
          null,
          "first",
          "window",
          List.of(),
          2,
          "G",
          null,
          "cheapest",
          "90.00",
          null);
  private static final Wish HOTEL =
      new HotelWish(
          "Shanghai",
          "station",
          LocalDate.of(2026, 11, 27),
          2,
          3,
          2,
          4,
          true,
          true,
          "cheapest",
          "500.00",
          "twin",
          null);
  private static final Wish SHOP =
      new ShopWish(
          "phone charger",
          "electronics",
          "Anker",
          List.of("black"),
          2,
          "100.00",
          LocalDate.of(2026, 12, 1),
          "cheapest",
          List.of(),
          null,
          null);

  static final List<Wish> WISHES = List.of(TRAIN, HOTEL, SHOP);

  static Stream<Arguments> details() {
    return Stream.of("en", "zh")
        .flatMap(
            lang ->
                WISHES.stream()
                    .flatMap(
                        wish ->
                            WishDescription.details(wish, lang).stream()
                                .map(detail -> Arguments.of(lang, wish, detail))));
  }

  @ParameterizedTest
  @MethodSource("details")
  void eachDetailCanBeDroppedOrChanged(String lang, Wish wish, Detail detail) {
    assertThat(Stream.of(detail.change(), detail.drop())).anyMatch(sentence -> sentence != null);
    assertThat(detail.text()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("details")
  void theSentenceThatDropsADetailDropsItAlone(String lang, Wish wish, Detail detail) {
    if (detail.drop() == null) {
      return;
    }
    assertThat(detailsAfter(detail.drop(), lang, wish))
        .containsExactlyElementsOf(
            WishDescription.details(wish, lang).stream()
                .filter(other -> !other.slot().equals(detail.slot()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("details")
  void theSentenceThatSetsADetailKeepsAllWhenTheValueIsKept(String lang, Wish wish, Detail detail) {
    if (detail.change() == null) {
      return;
    }
    assertThat(
            detailsAfter(
                Objects.requireNonNull(detail.change()).replaceAll("[\\[\\]]", ""), lang, wish))
        .containsExactlyElementsOf(WishDescription.details(wish, lang));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          from       | en | Suzhou     | from Suzhou
          from       | zh | 苏州       | 从苏州出发
          to         | en | Nanjing    | to Nanjing
          to         | zh | 南京       | 到南京
          date       | en | Saturday   | on Sat 28 Nov
          date       | zh | 周六       | 11月28日（周六）
          passengers | en | 3          | tickets: 3
          passengers | zh | 3          | 3张票
          price      | en | 80         | at most ¥80 a ticket
          price      | zh | 80         | 每张不超过 ¥80
          class      | en | second class | second class
          class      | zh | 商务座     | 商务座
          seat       | en | aisle seat | aisle
          hours      | en | leaving after 14:00 | leaving after 14:00
          hours      | zh | 14:00以后出发 | 14:00以后出发
          """)
  void theSentenceThatSetsADetailTakesAnotherValue(
      String slot, String lang, String value, String text) {
    var detail =
        WishDescription.details(TRAIN, lang).stream()
            .filter(each -> each.slot().equals(slot))
            .findFirst()
            .orElseThrow();
    var sentence = Objects.requireNonNull(detail.change()).replaceAll("\\[.*]", value);
    var after = detailsAfter(sentence, lang, TRAIN);
    assertThat(after)
        .filteredOn(each -> each.slot().equals(slot))
        .extracting(Detail::text)
        .containsExactly(text);
    assertThat(after)
        .filteredOn(each -> !each.slot().equals(slot))
        .containsExactlyElementsOf(
            WishDescription.details(TRAIN, lang).stream()
                .filter(each -> !each.slot().equals(slot))
                .toList());
  }

  @ParameterizedTest
  @FieldSource("WISHES")
  void theTextOfAWishSaysEachDetailThatIsNotTheUsual(Wish wish) {
    var whole = WishDescription.describe(wish, "en");
    assertThat(WishDescription.details(wish, "en"))
        .filteredOn(detail -> detail.drop() != null && !detail.slot().equals("near"))
        .allSatisfy(detail -> assertThat(whole).contains(detail.text()));
  }

  private static List<Detail> detailsAfter(String sentence, String lang, Wish wish) {
    var read =
        new RuleBasedInterpreter()
            .interpret(sentence, START.withUnderstood(List.of(wish), null, List.of()));
    assertThat(read).as(sentence).isInstanceOf(Interpretation.Wishes.class);
    var wishes = (Interpretation.Wishes) read;
    assertThat(wishes.remarks()).as(sentence).noneMatch(Remark::isLoss);
    assertThat(wishes.wishes()).as(sentence).hasSize(1);
    return WishDescription.details(wishes.wishes().getFirst(), lang);
  }
}
