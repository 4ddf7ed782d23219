package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The newest instrument is the one an agent pays with, also while the clock stands. */
class InstrumentOrderTests {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theBalanceComesBeforeTheCardInEveryWorld() {
    assertThat(accounts()).containsExactly("balance", "card");
  }

  @Test
  void whatIsBoundAtTheSameMomentIsNewerAllTheSame() {
    for (var account : List.of("card", "balance", "balance", "card")) {
      bench.bind(
          new InstrumentBindings.Wish(null, Bench.AGENT.value(), account, null, null, null, null));
    }

    assertThat(accounts()).containsExactly("card", "balance", "balance", "card", "balance", "card");
  }

  @Test
  void aShortLivedCardLivesFromNowAlsoWhenTheClockWasSetBack() {
    bench.bind(card(null));
    bench.now.updateAndGet(at -> at.minus(Duration.ofDays(1)));

    var late = bench.bind(card("6200000000004036"));

    assertThat(late.validUntil()).isEqualTo(bench.now.get().plus(Duration.ofMinutes(1)));
  }

  private static InstrumentBindings.Wish card(@Nullable String number) {
    return new InstrumentBindings.Wish(null, Bench.AGENT.value(), "card", null, null, number, null);
  }

  private List<String> accounts() {
    return bench.psp().instruments().newest(Bench.PRINCIPAL, Bench.AGENT, null).items().stream()
        .map(Instrument::account)
        .toList();
  }
}
