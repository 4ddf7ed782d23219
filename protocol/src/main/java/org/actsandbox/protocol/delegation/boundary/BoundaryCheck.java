package org.actsandbox.protocol.delegation.boundary;

import java.util.List;
import org.actsandbox.protocol.delegation.IacPayload;

/** Says what a payment would pass; {@link DelegationBoundaryCheck} is the honest one. */
@FunctionalInterface
public interface BoundaryCheck {

  /** Every boundary passed, in the order of {@link Boundary}; empty when the payment is inside. */
  List<BoundaryViolation> violations(
      IacPayload authority, DelegationUsage delegationUsage, PaymentAttempt paymentAttempt);

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal for the first boundary passed
   */
  default void requireWithin(
      IacPayload authority, DelegationUsage delegationUsage, PaymentAttempt paymentAttempt) {
    var boundaryViolation = violations(authority, delegationUsage, paymentAttempt);
    if (!boundaryViolation.isEmpty()) {
      throw boundaryViolation.getFirst().refusal();
    }
  }
}
