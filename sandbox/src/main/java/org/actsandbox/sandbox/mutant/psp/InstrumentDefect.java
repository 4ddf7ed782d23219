package org.actsandbox.sandbox.mutant.psp;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentRules;
import org.jspecify.annotations.Nullable;

/** A defect of the payment service: it sees an instrument in a changed form. */
@FunctionalInterface
interface InstrumentDefect extends PspDefect {

  Instrument altered(Instrument real, Did payer);

  static InstrumentDefect as(UnaryOperator<Instrument> change) {
    return (real, _) -> change.apply(real);
  }

  @Override
  default InstrumentRules instrumentRules(InstrumentRules standard) {
    return new InstrumentRules() {
      @Override
      public Instrument checked(Instrument real, Did payer, Instant now) {
        var altered = altered(real, payer);
        altered.requireUsableBy(payer, now);
        return altered;
      }

      @Override
      public void requireOf(Instrument instrument, Did principal) {
        standard.requireOf(instrument, principal);
      }
    };
  }

  /** A defect of the payment service: it ignores the owner of an instrument. */
  static final class IgnoredOwner implements PspDefect {

    @Override
    public InstrumentRules instrumentRules(InstrumentRules standard) {
      return new InstrumentRules() {
        @Override
        public Instrument checked(Instrument instrument, Did payer, Instant now) {
          return standard.checked(instrument, payer, now);
        }

        @Override
        public void requireOf(Instrument instrument, Did principal) {
          // Every owner is accepted.
        }
      };
    }
  }

  static Instrument active(Instrument real) {
    return copy(real, real.agent(), Instrument.Status.ACTIVE, real.validUntil());
  }

  static Instrument withoutExpiry(Instrument real) {
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
