package org.actsandbox.sandbox.psp.instrument;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Finds an instrument by its reference before money moves; mutants replace it, {@link Instruments}
 * is the standard implementation.
 */
public interface InstrumentLookup {

  /**
   * @throws Refusal {@code instrument_invalid} when the reference is unknown
   */
  Instrument get(String ref);

  /**
   * Finds an instrument and locks it until the caller's transaction ends.
   *
   * @throws Refusal {@code instrument_invalid} when the reference is unknown
   */
  Instrument lock(String ref);

  /**
   * @throws Refusal {@code instrument_invalid}, {@code instrument_mismatch}
   */
  default Instrument usable(String ref, Did payer, Instant now) {
    return checked(get(ref), payer, now);
  }

  /**
   * Finds a usable instrument and locks it, so that it stays usable until the caller's transaction
   * ends.
   */
  default Instrument lockUsable(String ref, Did payer, Instant now) {
    return checked(lock(ref), payer, now);
  }

  /**
   * Passes when the instrument belongs to the principal that the payment is for.
   *
   * @throws Refusal {@code instrument_mismatch}
   */
  default void requireOf(Instrument instrument, Did principal) {
    instrument.requireOf(principal);
  }

  /** Returns the instrument when this agent may pay with it now, and refuses otherwise. */
  default Instrument checked(Instrument instrument, Did payer, Instant now) {
    instrument.requireUsableBy(payer, now);
    return instrument;
  }
}
