package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.psp.PspWorld;

/** Of the payment service. */
public non-sealed interface PspDefect extends Defect {

  default PspWorld surroundings(PspWorld honest) {
    return honest;
  }
}
