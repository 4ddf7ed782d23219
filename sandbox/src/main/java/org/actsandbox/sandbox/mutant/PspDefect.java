package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.endpoint.PspParts;

/** Represents a defect of the payment service. */
public non-sealed interface PspDefect extends Defect, PspParts {

  default PspWorld changeWorld(PspWorld honest) {
    return honest;
  }
}
