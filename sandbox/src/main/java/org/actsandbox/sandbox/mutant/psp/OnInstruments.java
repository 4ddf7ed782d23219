package org.actsandbox.sandbox.mutant.psp;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBook;
import org.jspecify.annotations.Nullable;

/** Sees an instrument other than it is. */
@FunctionalInterface
interface OnInstruments extends PspDefect {

  Instrument seen(Instrument real, Did payer);

  static OnInstruments as(UnaryOperator<Instrument> change) {
    return (real, _) -> change.apply(real);
  }

  @Override
  default InstrumentBook instruments(InstrumentBook standard) {
    return new Book(standard) {
      @Override
      public Instrument checked(Instrument real, Did payer, Instant now) {
        var seen = seen(real, payer);
        seen.requireUsableBy(payer, now);
        return seen;
      }
    };
  }

  /** Whose an instrument is does not matter. */
  static final class OfAnybody implements PspDefect {

    @Override
    public InstrumentBook instruments(InstrumentBook standard) {
      return new Book(standard) {
        @Override
        public void requireOf(Instrument instrument, Did principal) {
          // Nobody is turned away.
        }
      };
    }
  }

  /** Passes questions on to the honest book; a defect overrides one thing. */
  class Book implements InstrumentBook {

    private final InstrumentBook honest;

    Book(InstrumentBook honest) {
      this.honest = honest;
    }

    @Override
    public Instrument get(String ref) {
      return honest.get(ref);
    }

    @Override
    public Instrument lock(String ref) {
      return honest.lock(ref);
    }

    @Override
    public Instrument checked(Instrument instrument, Did payer, Instant now) {
      return honest.checked(instrument, payer, now);
    }

    @Override
    public void requireOf(Instrument instrument, Did principal) {
      honest.requireOf(instrument, principal);
    }
  }

  static Instrument active(Instrument real) {
    return copy(real, real.agent(), Instrument.Status.ACTIVE, real.validUntil());
  }

  static Instrument everlasting(Instrument real) {
    return copy(real, real.agent(), real.status(), null);
  }

  static Instrument boundTo(Instrument real, Did payer) {
    return copy(real, payer, real.status(), real.validUntil());
  }

  private static Instrument copy(
      Instrument real, Did agent, Instrument.Status status, @Nullable Instant until) {
    return new Instrument(
        real.ref(),
        real.principal(),
        real.account(),
        agent,
        real.label(),
        status,
        real.currency(),
        real.limit(),
        until,
        real.consent(),
        real.boundAt());
  }
}
