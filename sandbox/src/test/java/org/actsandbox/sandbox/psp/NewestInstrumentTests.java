package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that an agent pays with the newest instrument, also while the clock is stopped. */
class NewestInstrumentTests {

  private final PspTestBench pspTestBench = new PspTestBench();

  @AfterEach
  void close() {
    pspTestBench.close();
  }

  @Test
  void theBalanceComesBeforeTheCardInEveryWorld() {
    assertThat(accounts()).containsExactly("balance", "card");
  }

  @Test
  void anInstrumentBoundLaterInTheSameMomentIsNewer() {
    for (var account : List.of("card", "balance", "balance", "card")) {
      pspTestBench.bind(
          new InstrumentBindings.BindingRequest(
              null, PspTestBench.AGENT.value(), account, null, null, null, null));
    }

    assertThat(accounts()).containsExactly("card", "balance", "balance", "card", "balance", "card");
  }

  @Test
  void aShortLivedCardLivesFromNowAlsoWhenTheClockWasSetBack() {
    pspTestBench.bind(card(null));
    pspTestBench.now.updateAndGet(at -> at.minus(Duration.ofDays(1)));

    var late = pspTestBench.bind(card("6200000000004036"));

    assertThat(late.validUntil()).isEqualTo(pspTestBench.now.get().plus(Duration.ofMinutes(1)));
  }

  private static InstrumentBindings.BindingRequest card(@Nullable String number) {
    return new InstrumentBindings.BindingRequest(
        null, PspTestBench.AGENT.value(), "card", null, null, number, null);
  }

  private List<String> accounts() {
    return pspTestBench
        .psp()
        .instruments()
        .newest(PspTestBench.PRINCIPAL, PspTestBench.AGENT, null)
        .items()
        .stream()
        .map(Instrument::account)
        .toList();
  }
}
