package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.Instruments;
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
      bench
          .psp()
          .instruments()
          .bind(
              Bench.PRINCIPAL,
              new Instruments.Binding(Bench.AGENT.value(), account, null, null, null, Bench.PIN));
    }

    assertThat(accounts()).containsExactly("card", "balance", "balance", "card", "balance", "card");
  }

  @Test
  void aShortLivedCardLivesFromNowAlsoWhenTheClockWasSetBack() {
    bench.psp().instruments().bind(Bench.PRINCIPAL, card(null));
    bench.now.updateAndGet(at -> at.minus(Duration.ofDays(1)));

    var late = bench.psp().instruments().bind(Bench.PRINCIPAL, card("6200000000004036"));

    assertThat(late.validUntil()).isEqualTo(bench.now.get().plus(Duration.ofMinutes(1)));
  }

  private static Instruments.Binding card(@Nullable String number) {
    return new Instruments.Binding(Bench.AGENT.value(), "card", null, null, number, Bench.PIN);
  }

  private List<String> accounts() {
    return bench.psp().instruments().newest(Bench.PRINCIPAL, Bench.AGENT, null).items().stream()
        .map(Instrument::account)
        .toList();
  }
}
