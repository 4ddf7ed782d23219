package org.actsandbox.sandbox.mutant.psp;

import java.util.function.UnaryOperator;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.sandbox.mutant.PspDefect;

/** Overlooks something that a delegation bounds. */
record BoundaryDefect(UnaryOperator<BoundaryCheck> change) implements PspDefect {

  static BoundaryDefect without(Boundary unseen) {
    return new BoundaryDefect(
        honest ->
            (authority, delegationUsage, paymentAttempt) ->
                honest.violations(authority, delegationUsage, paymentAttempt).stream()
                    .filter(boundaryViolation -> boundaryViolation.boundary() != unseen)
                    .toList());
  }

  /** As if every delegation stood like this. */
  static BoundaryDefect standing(DelegationState always) {
    return new BoundaryDefect(
        honest ->
            (authority, delegationUsage, paymentAttempt) ->
                honest.violations(
                    authority,
                    new DelegationUsage(
                        always,
                        delegationUsage.spent(),
                        delegationUsage.payments(),
                        delegationUsage.failures(),
                        delegationUsage.bought(),
                        delegationUsage.firstPrice()),
                    paymentAttempt));
  }

  @Override
  public BoundaryCheck boundaries(BoundaryCheck honest) {
    return change.apply(honest);
  }
}
