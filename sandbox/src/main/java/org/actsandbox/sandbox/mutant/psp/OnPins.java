package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.instrument.PinMatch;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;

/** Takes PINs lightly. */
final class OnPins {

  private OnPins() {}

  /** Any six digits are the PIN. */
  static final class Unread implements PspDefect {

    @Override
    public PinMatch pinMatch(PinMatch standard) {
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
