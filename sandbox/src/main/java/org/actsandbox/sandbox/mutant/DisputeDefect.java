package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.dispute.DisputeRules;

/** Represents a defect of the dispute service. */
public non-sealed interface DisputeDefect extends Defect, DisputeRules {}
