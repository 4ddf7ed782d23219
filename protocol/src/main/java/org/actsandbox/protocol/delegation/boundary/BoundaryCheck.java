package org.actsandbox.protocol.delegation.boundary;

import java.util.List;
import org.actsandbox.protocol.delegation.IacPayload;

/**
 * Finds the bounds of a delegation that a payment would violate. {@link DelegationBoundaryCheck} is
 * the correct implementation; others have a defect on purpose.
 */
@FunctionalInterface
public interface BoundaryCheck {

  /** Returns all violations in the order of {@link Boundary}; empty if the payment is allowed. */
  List<BoundaryViolation> violations(
      IacPayload authority, DelegationUsage usage, PaymentAttempt attempt);

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal for the first violation
   */
  default void requireWithin(IacPayload authority, DelegationUsage usage, PaymentAttempt attempt) {
    var violations = violations(authority, usage, attempt);
    if (!violations.isEmpty()) {
      throw violations.getFirst().refusal();
    }
  }
}
