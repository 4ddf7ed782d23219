package org.actsandbox.agent.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the form in which wishes travel as tool arguments. */
class WishJsonTests {

  private static final TrainWish TRAIN =
      new TrainWish(
          "Hangzhou",
          "Shanghai",
          LocalDate.of(2026, 11, 28),
          LocalDate.of(2026, 11, 29),
          LocalTime.of(5, 0),
          LocalTime.of(9, 0),
          null,
          null,
          "first",
          "window",
          List.of("middle"),
          2,
          "G",
          null,
          "cheapest",
          "90.00",
          null);

  @Test
  void writesSnakeCaseAndLeavesOutAbsentFields() {
    assertThat(Json.parse(Json.write(TRAIN)))
        .isEqualTo(
            Json.parse(
                """
                {"kind":"train","from":"Hangzhou","to":"Shanghai","date":"2026-11-28",
                 "latest_date":"2026-11-29","depart_after":"05:00:00","depart_before":"09:00:00",
                 "seat_class":"first","position":"window","avoid":["middle"],"passengers":2,
                 "train_type":"G","sort":"cheapest","max_price":"90.00"}
                """));
  }

  @Test
  void readsItsOwnOutput() {
    var hotel =
        new HotelWish(
            "Suzhou",
            "station",
            LocalDate.of(2026, 12, 5),
            2,
            3,
            2,
            4,
            true,
            true,
            "best",
            null,
            null,
            null);
    var shop =
        new ShopWish(
            "power bank",
            "electronics",
            "Anker",
            List.of("black"),
            2,
            "99.00",
            null,
            null,
            List.of(),
            null,
            null);
    var list = Json.object();
    var wishes = list.putArray("wishes");
    for (Wish wish : List.of(TRAIN, hotel, shop)) {
      wishes.add(Json.parse(Json.write(wish)));
    }

    assertThat(WishJson.read(wishes)).containsExactly(TRAIN, hotel, shop);
  }

  @Test
  void fillsInFieldsThatAHostedModelLeavesOut() {
    var wishes =
        WishJson.read(
            Json.parse(
                """
                [{"kind":"train","to":"Wuhan"},{"kind":"hotel","city":"Wuhan"},
                 {"kind":"shop","terms":"tea"}]
                """));

    assertThat(((TrainWish) wishes.get(0)).passengers()).isEqualTo(1);
    assertThat(wishes.get(0).missing()).containsExactly("from", "date");
    assertThat(((HotelWish) wishes.get(1)).nights()).isEqualTo(1);
    assertThat(wishes.get(2).needs())
        .containsExactly(new Need.Shop("tea", null, null, List.of(), 1, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "null",
        "[1]",
        "[{\"kind\":\"flight\"}]",
        "[{\"from\":\"Hangzhou\"}]",
        "[{\"kind\":\"train\",\"passengers\":0}]",
        "[{\"kind\":\"train\",\"passengers\":1000}]",
        "[{\"kind\":\"train\",\"date\":\"tomorrow\"}]",
        "[{\"kind\":\"hotel\",\"nights\":400}]",
        "[{\"kind\":\"shop\",\"quantity\":-1}]"
      })
  void refusesInvalidWishes(String json) {
    assertThatThrownBy(() -> WishJson.read(Json.parse(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wishes");
  }

  @Test
  void asksMerchantsForEachPossibleDay() {
    assertThat(TRAIN.needs())
        .extracting(need -> ((Need.Train) need).date())
        .containsExactly(LocalDate.of(2026, 11, 28), LocalDate.of(2026, 11, 29));
    assertThat(Json.write(TRAIN.needs().getFirst())).doesNotContain("90");
  }

  @Test
  void refusesToAskBeforeTheEssentialsAreKnown() {
    var draft = new HotelWish(null, null, null, 1, 1, 1, null, null, null, null, null, null, null);

    assertThat(draft.missing()).containsExactly("city", "check_in");
    assertThatThrownBy(draft::needs).isInstanceOf(IllegalStateException.class);
  }
}
