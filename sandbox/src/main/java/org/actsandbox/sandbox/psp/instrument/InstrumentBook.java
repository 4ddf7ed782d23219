package org.actsandbox.sandbox.psp.instrument;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Refusal;

/** Where a reference is looked up before money moves. */
public interface InstrumentBook {

  /**
   * @throws Refusal {@code instrument_invalid} when there is none of this name
   */
  Instrument get(String ref);

  /**
   * @throws Refusal {@code instrument_invalid}, {@code instrument_mismatch}
   */
  default Instrument usable(String ref, Did payer, Instant now) {
    var instrument = get(ref);
    instrument.requireUsableBy(payer, now);
    return instrument;
  }
}
