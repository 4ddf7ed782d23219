package org.actsandbox.sandbox.mutant.psp;

import java.util.function.UnaryOperator;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.sandbox.mutant.PspDefect;

/** A defect of the payment service: it overlooks a boundary of a delegation. */
record BoundaryDefect(UnaryOperator<BoundaryCheck> change) implements PspDefect {

  static BoundaryDefect without(Boundary overlooked) {
    return new BoundaryDefect(
        honest ->
            (authority, delegationUsage, paymentAttempt) ->
                honest.violations(authority, delegationUsage, paymentAttempt).stream()
                    .filter(boundaryViolation -> boundaryViolation.boundary() != overlooked)
                    .toList());
  }

  /** Checks every delegation as if it had this state. */
  static BoundaryDefect withState(DelegationState state) {
    return new BoundaryDefect(
        honest ->
            (authority, delegationUsage, paymentAttempt) ->
                honest.violations(
                    authority,
                    new DelegationUsage(
                        state,
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
