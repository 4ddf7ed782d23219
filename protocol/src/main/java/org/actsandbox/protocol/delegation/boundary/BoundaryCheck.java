package org.actsandbox.protocol.delegation.boundary;

import java.util.List;
import org.actsandbox.protocol.delegation.IacPayload;

/** Says what a payment would pass; {@link Boundaries} is the honest one. */
@FunctionalInterface
public interface BoundaryCheck {

  /** Every boundary passed, in the order of {@link Boundary}; empty when the payment is inside. */
  List<Outside> outside(IacPayload authority, Standing standing, Attempt attempt);

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal for the first boundary passed
   */
  default void require(IacPayload authority, Standing standing, Attempt attempt) {
    var outside = outside(authority, standing, attempt);
    if (!outside.isEmpty()) {
      throw outside.getFirst().refusal();
    }
  }
}
