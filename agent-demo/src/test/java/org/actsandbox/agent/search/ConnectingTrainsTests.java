package org.actsandbox.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which two trains take the place of a direct one, and that each shown pair connects. */
class ConnectingTrainsTests {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 16);
  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
  private static final String ADVICE =
      "no train goes from Hangzhou to Suzhou without a change; Change trains in %s: ask for the two"
          + " journeys one by one";

  /** Trains as {@code departure-arrival@station of the change/price}. */
  private static final String TO_SHANGHAI =
      "00:48-02:44@Shanghai/23 06:05-07:00@Shanghai/70 06:40-07:30@Shanghai Hongqiao/73"
          + " 09:00-09:50@Shanghai Hongqiao/60";

  private static final String FROM_SHANGHAI =
      "06:05-06:27@Shanghai/35 07:20-07:40@Shanghai/30 07:45-08:10@Shanghai/38"
          + " 08:30-08:55@Shanghai Hongqiao/40 10:30-10:50@Shanghai Hongqiao/25";

  private final List<TrainWish> asked = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # sort,   by,    limit, first, second
          -,        -,     -,     06:05, 07:45
          cheapest, -,     -,     09:00, 10:30
          fastest,  -,     -,     09:00, 10:30
          -,        09:00, -,     06:40, 08:30
          latest,   -,     -,     09:00, 10:30
          -,        -,     90,    09:00, 10:30
          """)
  void takesThePairThatFitsTheWish(
      @Nullable String sort,
      @Nullable LocalTime by,
      @Nullable String limit,
      String first,
      String second) {
    var found = instead(wish(sort, by, limit, List.of()), "Shanghai");

    assertThat(found).isPresent();
    assertThat(found.get().stream().map(each -> departs(each.offers().getFirst())))
        .containsExactly(LocalTime.parse(first), LocalTime.parse(second));
  }

  @Test
  void everyShownFirstTrainConnectsWithEverySecondOne() {
    var found = instead(wish(null, null, null, List.of()), "Shanghai").orElseThrow();

    for (var first : found.getFirst().offers()) {
      for (var second : found.getLast().offers()) {
        var wait = Duration.between(train(first).arrives(), train(second).departs()).toMinutes();
        boolean isOneStation = train(first).to().equals(train(second).from());
        assertThat(wait).isBetween(isOneStation ? 30L : 90L, 9 * 60L);
      }
    }
  }

  @Test
  void saysWhereToChangeAndHowLongItTakes() {
    var found = instead(wish(null, null, null, List.of()), "Shanghai").orElseThrow();

    assertThat(found.getFirst().offers().getFirst().why())
        .isEqualTo(
            new Text(
                "no direct train, so with a change in Shanghai; leaves 06:05",
                "没有直达车，在上海换乘；06:05 发车"));
    assertThat(found.getLast().offers().getFirst().why())
        .isEqualTo(new Text("45 minutes to change trains, arrives 08:10", "换乘时间 45 分钟，08:10 到达"));
  }

  @Test
  void aLaterSearchOfOneTrainKeepsTheConnection() {
    var found = instead(wish(null, null, null, List.of()), "Shanghai").orElseThrow();

    assertThat(((TrainWish) found.getFirst().wish()).arriveBefore()).isEqualTo("07:00");
    assertThat(((TrainWish) found.getLast().wish()).departAfter()).isEqualTo("07:30");
  }

  @Test
  void asksForNoChangeWhereThePrincipalWantsNone() {
    assertThat(instead(wish(null, null, null, List.of(TrainWish.CHANGE)), "Shanghai")).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void goesThroughCitiesOfTheMapAlone() {
    assertThat(instead(wish(null, null, null, List.of()), "Atlantis or http://evil")).isEmpty();
    assertThat(asked).isEmpty();
    assertThat(instead(wish(null, null, null, List.of()), "Atlantis or Shanghai")).isPresent();
  }

  @Test
  void asksForThreeCitiesAtMost() {
    var tooLong = wish("cheapest", null, "1", List.of());
    assertThat(instead(tooLong, "Shanghai or Nanjing or Wuxi or Bengbu")).isEmpty();
    assertThat(asked.stream().map(TrainWish::to).filter(to -> !to.equals("Suzhou")))
        .containsExactly("Shanghai", "Nanjing", "Wuxi");
  }

  private Optional<List<SearchResult>> instead(TrainWish wish, String cities) {
    var reason = ADVICE.formatted(cities);
    var empty =
        new SearchResult(
            wish,
            List.of("raileast"),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(new Text(reason, reason)));
    return ConnectingTrains.instead(empty, this::search);
  }

  private SearchResult search(TrainWish leg) {
    asked.add(leg);
    boolean isFirst = !"Suzhou".equals(leg.to());
    var candidates =
        Arrays.stream((isFirst ? TO_SHANGHAI : FROM_SHANGHAI).split(" (?=[0-9])"))
            .map(each -> candidate(leg, each, isFirst))
            .toList();
    var ranked = OfferRanking.rank(0, leg, candidates, true);
    return new SearchResult(leg, List.of("raileast"), List.of(), ranked, Optional.empty());
  }

  private static TrainWish wish(
      @Nullable String sort, @Nullable LocalTime by, @Nullable String limit, List<String> avoid) {
    return new TrainWish(
        "Hangzhou",
        "Suzhou",
        DAY,
        null,
        null,
        null,
        null,
        by,
        null,
        null,
        avoid,
        1,
        null,
        null,
        sort,
        limit,
        null);
  }

  private static OfferRanking.Candidate candidate(TrainWish leg, String text, boolean isFirst) {
    var part = text.split("[-@/]", -1);
    var station = new Text(part[2], part[2]);
    var end = new Text(isFirst ? "Hangzhou" : "Suzhou", isFirst ? "杭州" : "苏州");
    var details =
        new OfferDetails.Train(
            "G" + part[0].replace(":", ""),
            isFirst ? end : station,
            isFirst ? station : end,
            OffsetDateTime.of(DAY, LocalTime.parse(part[0]), CHINA),
            OffsetDateTime.of(DAY, LocalTime.parse(part[1]), CHINA),
            60,
            "second",
            Map.of("window", 5),
            null);
    var title = new Text("train " + part[0], "车 " + part[0]);
    var offer =
        new Offer(
            "O-" + part[0] + "-" + isFirst,
            "T-" + part[0],
            "raileast",
            "did:act:raileast",
            MerchantKind.TRAIN,
            title,
            title,
            1,
            List.of(new Offer.PriceLine("base", title, part[3] + ".00")),
            part[3] + ".00",
            "CNY",
            9,
            Instant.EPOCH,
            "detail",
            details,
            null,
            null);
    return new OfferRanking.Candidate(offer, leg.needs().getFirst());
  }

  private static LocalTime departs(RankedOffer offer) {
    return train(offer).departs().toLocalTime();
  }

  private static OfferDetails.Train train(RankedOffer offer) {
    return (OfferDetails.Train) offer.offer().details();
  }
}
