package org.actsandbox.web.console.comparison;

import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * Says how far a run was when a step ended.
 *
 * @param step number of the step; 0 for the world before the first one
 * @param explanation what the step does
 * @param lastSeq newest entry of the journal
 * @param funds all that the principals own
 */
public record StepMark(int step, Text explanation, long lastSeq, Money funds) {}
