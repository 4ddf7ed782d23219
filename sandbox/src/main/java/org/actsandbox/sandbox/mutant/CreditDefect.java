package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.credit.CreditRules;

/** Represents a defect of the credit service, the issuer or the verifier. */
public non-sealed interface CreditDefect extends Defect, CreditRules {}
