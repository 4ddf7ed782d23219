package org.actsandbox.web.console.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.web.console.picture.FlowPicture.Transfer;
import org.junit.jupiter.api.Test;

/** Tests the layouts of money flows, of a delegation's life, and of who was told what. */
class FlowPictureTests {

  private static Transfer transfer(String from, String to, String yuan) {
    return new Transfer(from, to, Money.yuan(yuan), "¥" + yuan, "merchant");
  }

  @Test
  void anAccountIsAsThickAsWhatEntersOrLeavesIt() {
    var picture =
        FlowPicture.of(
            List.of(
                List.of(transfer("Balance", "RailEast", "80.00")),
                List.of(
                    transfer("RailEast", "Ticket", "60.00"), transfer("RailEast", "Fee", "20.00"))),
            "principal",
            Money::decimal);

    assertThat(picture.accounts())
        .extracting(FlowPicture.Account::name, FlowPicture.Account::shown)
        .containsExactly(
            tuple("Balance", "80.00"),
            tuple("RailEast", "80.00"),
            tuple("Ticket", "60.00"),
            tuple("Fee", "20.00"));
    var sizes = picture.accounts().stream().map(FlowPicture.Account::size).toList();
    assertThat(sizes.get(1)).isEqualTo(sizes.get(0));
    assertThat(sizes.get(2)).isEqualTo(3 * sizes.get(3));
    assertThat(picture.bands()).hasSize(3);
    assertThat(picture.accounts())
        .allSatisfy(
            account ->
                assertThat(account.y() + account.size()).isLessThanOrEqualTo(picture.height()));
  }

  @Test
  void aFlowOfNothingIsEmptyAndTheSmallestAmountIsSeen() {
    assertThat(FlowPicture.of(List.of(List.of()), "principal", Money::decimal).height()).isZero();
    var picture =
        FlowPicture.of(
            List.of(
                List.of(
                    transfer("Balance", "StayHub", "9000.00"),
                    transfer("Balance", "LingoBee", "0.01"))),
            "principal",
            Money::decimal);
    assertThat(picture.accounts().getLast().size()).isPositive();
  }

  @Test
  void aLifeHasASpanForEachStateAndEndsWhenItIsTakenBack() {
    var from = Instant.parse("2026-11-28T10:00:00Z");
    var picture =
        LifePicture.of(
            from,
            from.plus(Duration.ofHours(10)),
            from.plus(Duration.ofHours(9)),
            List.of(
                new LifePicture.Event("issued", from, "signed"),
                new LifePicture.Event("revoked", from.plus(Duration.ofHours(8)), "taken back"),
                new LifePicture.Event("suspended", from.plus(Duration.ofHours(2)), "paused"),
                new LifePicture.Event("resumed", from.plus(Duration.ofHours(4)), "resumed"),
                new LifePicture.Event("paid", from.plus(Duration.ofHours(5)), "¥73.00"),
                new LifePicture.Event("paid", from.plus(Duration.ofMinutes(310)), "¥24.00")));

    assertThat(picture.spans())
        .extracting(LifePicture.Span::state)
        .containsExactly("active", "suspended", "active", "over");
    assertThat(picture.spans())
        .extracting(LifePicture.Span::x)
        .containsExactly("0.00%", "20.00%", "40.00%", "80.00%");
    assertThat(picture.now()).isEmpty();
    assertThat(picture.moments()).extracting(LifePicture.Moment::line).contains(0, 1);
  }

  /**
   * Words stand on each other nowhere; what happens in one moment is one point with all its words.
   */
  @Test
  void wordsOfALifeNeverStandOnEachOther() {
    var from = Instant.parse("2026-11-28T10:00:00Z");
    var events = new ArrayList<LifePicture.Event>();
    events.add(new LifePicture.Event("issued", from, "signed"));
    events.add(new LifePicture.Event("paid", from.plusSeconds(20), "¥73.00"));
    events.add(new LifePicture.Event("ended", from.plusSeconds(21), "done"));
    for (int minute = 60; minute < 120; minute += 10) {
      events.add(
          new LifePicture.Event("refused", from.plus(Duration.ofMinutes(minute)), "✕ ¥9.00"));
    }
    var picture =
        LifePicture.of(
            from, from.plus(Duration.ofHours(10)), from.plus(Duration.ofHours(3)), events);

    assertThat(picture.moments().getFirst().words()).isEqualTo("signed · ¥73.00 · done");
    assertThat(picture.moments().getFirst().kind()).isEqualTo("ended");
    assertThat(picture.spans().getLast().state()).isEqualTo("over");
    var shown = picture.moments().stream().filter(each -> !each.words().isEmpty()).toList();
    assertThat(shown.size()).isBetween(2, picture.moments().size() - 1);
    for (var one : shown) {
      for (var other : shown) {
        if (!one.equals(other) && one.line() == other.line()) {
          assertThat(Math.abs(share(one) - share(other))).isGreaterThan(0.1);
        }
      }
    }
  }

  private static double share(LifePicture.Moment moment) {
    return Double.parseDouble(moment.x().replace("%", "")) / 100;
  }

  @Test
  void whatWasToldToNoParticipantHasNoLine() {
    var picture =
        LeakPicture.of(
            List.of("Journey", "Budget", "PIN"),
            List.of(
                new LeakPicture.Place("RailEast", "merchant", 0, 0),
                new LeakPicture.Place("GoTrip", "merchant", 0, 0),
                new LeakPicture.Place("Trust", "trust", 0, 0)),
            List.of(
                new LeakPicture.Told("Journey", "RailEast", "merchant", false),
                new LeakPicture.Told("Journey", "GoTrip", "merchant", false),
                new LeakPicture.Told("Budget", "GoTrip", "merchant", true)));

    assertThat(picture.alone()).containsExactly("PIN");
    assertThat(picture.participants())
        .extracting(LeakPicture.Place::name)
        .containsExactly("RailEast", "GoTrip");
    assertThat(picture.lines())
        .extracting(LeakPicture.Line::leak)
        .containsExactly(false, false, true);
  }
}
