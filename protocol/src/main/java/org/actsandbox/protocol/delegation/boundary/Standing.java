package org.actsandbox.protocol.delegation.boundary;

import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.money.Money;

/**
 * How a delegation stands at the moment of a payment, by the checking side's own records.
 *
 * @param spent all confirmed payments under it
 * @param payments how many those were
 * @param failures failed payments of the same order under it
 */
public record Standing(DelegationState state, Money spent, int payments, int failures) {}
