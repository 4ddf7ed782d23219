package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.delegation.DelegationRules;

/** Represents a defect of the delegation service. */
public non-sealed interface DelegationDefect extends Defect, DelegationRules {}
