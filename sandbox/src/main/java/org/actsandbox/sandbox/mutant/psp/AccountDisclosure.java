package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.instrument.Instrument;

/** A defect of the payment service: it shows agents an instrument as its owner sees it. */
final class AccountDisclosure implements PspDefect {

  @Override
  public Instrument.InstrumentView instrumentView(
      Instrument.InstrumentView standard, Instrument instrument) {
    return instrument.shownToPrincipal();
  }
}
