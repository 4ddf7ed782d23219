package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.instrument.PinMatcher;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;

/** Contains defects of the payment service in checking PINs. */
final class PinDefects {

  private PinDefects() {}

  /** A defect of the payment service: any six digits are accepted as the PIN. */
  static final class AnyPinAccepted implements PspDefect {

    @Override
    public PinMatcher pinMatch(PinMatcher standard) {
      return (_, _) -> true;
    }
  }

  /** A defect of the payment service: the PIN may be tried without limit. */
  static final class NeverLocked implements PspDefect {

    @Override
    public PinPolicy pinPolicy(PinPolicy standard) {
      return new PinPolicy(1_000_000, standard.lock());
    }
  }
}
