package org.actsandbox.sandbox.psp.instrument;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;

/**
 * Defines what an instrument must fulfil before it pays; the defaults are the standard's rules, and
 * mutants override them.
 */
public interface InstrumentRules {

  InstrumentRules STANDARD = new InstrumentRules() {};

  /**
   * Returns the instrument when this agent may pay with it now.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code instrument_invalid}, {@code
   *     instrument_mismatch}
   */
  default Instrument checked(Instrument instrument, Did payer, Instant now) {
    instrument.requireUsableBy(payer, now);
    return instrument;
  }

  /**
   * Passes when the instrument belongs to the principal that the payment is for.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code instrument_mismatch}
   */
  default void requireOf(Instrument instrument, Did principal) {
    instrument.requireOf(principal);
  }
}
