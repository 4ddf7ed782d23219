package org.actsandbox.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the order in which trains by night and by day are shown. */
class OfferRankingTests {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 16);
  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

  /** The price of each train follows from its hour, so the one at 00:48 is the cheapest. */
  private static final String TRAINS = "00:48 05:59 06:00 07:12 22:59 23:00";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          #sort,    after, before, order
          -,        -,     -,      06:00 07:12 22:59 00:48 05:59 23:00
          best,     -,     -,      06:00 07:12 22:59 00:48 05:59 23:00
          earliest, -,     -,      06:00 07:12 22:59 00:48 05:59 23:00
          cheapest, -,     -,      06:00 07:12 22:59 00:48 05:59 23:00
          latest,   -,     -,      23:00 22:59 07:12 06:00 05:59 00:48
          -,        22:00, -,      22:59 23:00
          -,        -,     06:00,  00:48 05:59 06:00
          -,        00:00, 05:59,  00:48 05:59
          """)
  void trainsByNightStandBehindThoseByDayWhereNoHourWasWished(
      @Nullable String sort, @Nullable LocalTime after, @Nullable LocalTime before, String order) {
    var shown = OfferRanking.rank(0, wish(sort, after, before), trains(TRAINS), true);

    assertThat(shown.stream().map(OfferRankingTests::departs).toList())
        .containsExactly(order.split(" "));
  }

  @Test
  void saysWhyTheEarlierTrainIsNotTheFirst() {
    var shown = OfferRanking.rank(0, wish(null, null, null), trains("00:48 07:12"), true);

    assertThat(shown.get(0).why().en()).startsWith("Earliest by day, leaves 07:12");
    assertThat(shown.get(0).why().zh()).startsWith("白天最早一班，07:12 发车");
    assertThat(shown.get(1).why().en()).contains("at night, so after the trains by day");
    assertThat(shown.get(1).why().zh()).contains("夜里发车");
  }

  @Test
  void claimsTheLowestPriceOnlyOfTrainsByDay() {
    var shown = OfferRanking.rank(0, wish("cheapest", null, null), trains("00:48 07:12"), true);

    assertThat(shown.get(0).why().en()).startsWith("Cheapest by day");
    assertThat(shown.get(0).why().zh()).startsWith("白天最便宜");
    assertThat(shown.get(1).why().en()).contains("at night, so after the trains by day");
  }

  @Test
  void saysSoAlsoWhereTheTrainByNightIsTooFarBehindToBeShown() {
    var shown =
        OfferRanking.rank(
            0,
            wish(null, null, null),
            trains("00:48 06:05 07:00 08:00 09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00 17:00"),
            true);

    assertThat(shown.stream().map(OfferRankingTests::departs)).hasSize(12).doesNotContain("00:48");
    assertThat(shown.getFirst().why().en()).startsWith("Earliest by day, leaves 06:05");
  }

  @Test
  void aDayWithoutTrainsByNightHasTheUsualReasons() {
    var shown = OfferRanking.rank(0, wish(null, null, null), trains("07:12 09:30"), true);

    assertThat(shown.getFirst().why().en()).startsWith("Earliest, leaves 07:12");
    assertThat(shown.getFirst().why().en()).doesNotContain("night");
  }

  @Test
  void claimsNoSuperlativeOfAPartOfAListInAnotherOrder() {
    var page = trains("07:12 09:30");
    var unordered = page.stream().map(each -> asked(each, null)).toList();
    var byPrice = page.stream().map(each -> asked(each, "cheapest")).toList();
    var byHour = page.stream().map(each -> asked(each, "earliest")).toList();
    var wish = wish(null, null, null);

    assertThat(why(OfferRanking.rank(0, wish, unordered, false))).startsWith("Leaves 07:12");
    assertThat(why(OfferRanking.rank(0, wish, byPrice, false))).startsWith("Leaves 07:12");
    assertThat(why(OfferRanking.rank(0, wish, byHour, false)))
        .startsWith("Earliest, leaves 07:12")
        .doesNotContain("cheaper")
        .doesNotContainIgnoringCase("fastest");
    assertThat(((Need.Train) wish.needs().getFirst()).sort()).isEqualTo("earliest");
  }

  @Test
  void claimsNoSuperlativeThatAnOfferOutsideOfTheListContradicts() {
    // The trains by night stand behind twelve others, and the first of them is the cheapest.
    var many = "00:48 06:05 07:00 08:00 09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00 17:00";
    var shown = OfferRanking.rank(0, wish(null, null, null), trains(many), true);

    assertThat(shown.stream().map(OfferRankingTests::departs)).doesNotContain("00:48");
    assertThat(why(shown)).doesNotContain("no other is cheaper");
  }

  private static OfferRanking.Candidate asked(
      OfferRanking.Candidate candidate, @Nullable String sort) {
    var need = (Need.Train) wish(sort, null, null).needs().getFirst();
    return new OfferRanking.Candidate(
        candidate.offer(),
        new Need.Train(
            need.from(),
            need.to(),
            need.date(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            1,
            sort));
  }

  private static String why(List<RankedOffer> shown) {
    return shown.getFirst().why().en();
  }

  @Test
  void asksForTrainsByDayWhereAFullPageHadNoneAndNotAgain() {
    var night = trains("00:10 00:48 05:59").stream().map(OfferRanking.Candidate::offer).toList();
    var wish = wish(null, null, null);
    var need = wish.needs().getFirst();

    var next = TrainSearchPages.nextNeed(wish, need, night);

    assertThat(next)
        .isInstanceOfSatisfying(
            Need.Train.class,
            asked -> assertThat(asked.departAfter()).isEqualTo(LocalTime.of(6, 0)));
    assertThat(next == null ? null : TrainSearchPages.nextNeed(wish, next, night)).isNull();
    assertThat(
            TrainSearchPages.nextNeed(
                wish,
                need,
                trains("00:48 07:12").stream().map(OfferRanking.Candidate::offer).toList()))
        .isNull();
    assertThat(TrainSearchPages.nextNeed(wish("latest", null, null), need, night)).isNull();
  }

  private static TrainWish wish(
      @Nullable String sort, @Nullable LocalTime after, @Nullable LocalTime before) {
    return new TrainWish(
        "Hangzhou",
        "Beijing",
        DAY,
        null,
        after,
        before,
        null,
        null,
        null,
        null,
        List.of(),
        1,
        null,
        null,
        sort,
        null,
        null);
  }

  private static List<OfferRanking.Candidate> trains(String departures) {
    var need = wish(null, null, null).needs().getFirst();
    return Arrays.stream(departures.split(" "))
        .map(LocalTime::parse)
        .map(time -> new OfferRanking.Candidate(offer(time), need))
        .toList();
  }

  private static Offer offer(LocalTime time) {
    var departs = OffsetDateTime.of(DAY, time, CHINA);
    var price = "%d.%02d".formatted(100 + time.getHour(), time.getMinute());
    return new Offer(
        "offer-" + time,
        "item-" + time,
        "raileast",
        "did:act:raileast",
        MerchantKind.TRAIN,
        Text.untranslated("K" + time.getHour()),
        Text.untranslated("train"),
        1,
        List.of(new Offer.PriceLine("base", Text.untranslated("ticket"), price)),
        price,
        "CNY",
        9,
        Instant.parse("2026-03-16T00:00:00Z"),
        "detail",
        new OfferDetails.Train(
            "K" + time.getHour() + time.getMinute(),
            Text.untranslated("Hangzhou"),
            Text.untranslated("Beijing"),
            departs,
            departs.plusHours(2),
            120,
            "second",
            Map.of("window", 9),
            null),
        null,
        null);
  }

  private static String departs(RankedOffer shown) {
    return ((OfferDetails.Train) shown.offer().details()).departs().toLocalTime().toString();
  }
}
