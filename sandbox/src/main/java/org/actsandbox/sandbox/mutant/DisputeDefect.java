package org.actsandbox.sandbox.mutant;

import org.actsandbox.sandbox.dispute.DisputeRules;

/** Of the dispute service. */
public non-sealed interface DisputeDefect extends Defect, DisputeRules {}
