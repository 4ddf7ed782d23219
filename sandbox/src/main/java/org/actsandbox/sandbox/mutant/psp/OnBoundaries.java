package org.actsandbox.sandbox.mutant.psp;

import java.util.function.UnaryOperator;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.delegation.boundary.Standing;
import org.actsandbox.sandbox.mutant.PspDefect;

/** Overlooks something that a delegation bounds. */
record OnBoundaries(UnaryOperator<BoundaryCheck> change) implements PspDefect {

  static OnBoundaries without(Boundary unseen) {
    return new OnBoundaries(
        honest ->
            (authority, standing, attempt) ->
                honest.outside(authority, standing, attempt).stream()
                    .filter(outside -> outside.boundary() != unseen)
                    .toList());
  }

  /** As if every delegation stood like this. */
  static OnBoundaries standing(DelegationState always) {
    return new OnBoundaries(
        honest ->
            (authority, standing, attempt) ->
                honest.outside(
                    authority,
                    new Standing(
                        always,
                        standing.spent(),
                        standing.payments(),
                        standing.failures(),
                        standing.bought(),
                        standing.firstPrice()),
                    attempt));
  }

  @Override
  public BoundaryCheck boundaries(BoundaryCheck honest) {
    return change.apply(honest);
  }
}
