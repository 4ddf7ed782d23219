package org.actsandbox.sandbox.psp.instrument;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Refusal;

/** Where a reference is looked up before money moves. */
public interface InstrumentLookup {

  /**
   * @throws Refusal {@code instrument_invalid} when there is none of this name
   */
  Instrument get(String ref);

  /**
   * Likewise, and keeps everybody else from changing it until the caller's transaction ends.
   *
   * @throws Refusal {@code instrument_invalid} when there is none of this name
   */
  Instrument lock(String ref);

  /**
   * @throws Refusal {@code instrument_invalid}, {@code instrument_mismatch}
   */
  default Instrument usable(String ref, Did payer, Instant now) {
    return checked(get(ref), payer, now);
  }

  /** Likewise, and it stays so until the caller's transaction ends. */
  default Instrument lockUsable(String ref, Did payer, Instant now) {
    return checked(lock(ref), payer, now);
  }

  /**
   * Whether it is the instrument of whom the payment is for.
   *
   * @throws Refusal {@code instrument_mismatch}
   */
  default void requireOf(Instrument instrument, Did principal) {
    instrument.requireOf(principal);
  }

  /** Whether the instrument may pay now for this agent. */
  default Instrument checked(Instrument instrument, Did payer, Instant now) {
    instrument.requireUsableBy(payer, now);
    return instrument;
  }
}
