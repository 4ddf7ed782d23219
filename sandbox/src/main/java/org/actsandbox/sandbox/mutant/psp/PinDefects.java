package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.instrument.PinMatcher;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;

/** Takes PINs lightly. */
final class PinDefects {

  private PinDefects() {}

  /** Any six digits are the PIN. */
  static final class AnyPinAccepted implements PspDefect {

    @Override
    public PinMatcher pinMatch(PinMatcher standard) {
      return (_, _) -> true;
    }
  }

  /** Whoever has time finds the PIN. */
  static final class NeverLocked implements PspDefect {

    @Override
    public PinPolicy pinPolicy(PinPolicy standard) {
      return new PinPolicy(1_000_000, standard.lock());
    }
  }
}
