package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.psp.PspParts;
import org.actsandbox.sandbox.psp.PspWorld;

/** Of the payment service. */
public non-sealed interface PspDefect extends Defect, PspParts {

  default PspWorld changeWorld(PspWorld honest) {
    return honest;
  }
}
