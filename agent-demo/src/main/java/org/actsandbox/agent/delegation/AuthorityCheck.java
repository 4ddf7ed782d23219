package org.actsandbox.agent.delegation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.boundary.BoundaryViolation;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;

/**
 * Holds a payment against the authority that it would rest on, with the same boundaries as the
 * payment service, before the agent requests it (ACT CID-6, PSD-5).
 */
public final class AuthorityCheck {

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;

  public AuthorityCheck(AgentWorld world, DelegationServiceClient delegationServiceClient) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
  }

  /** Returns how the authority stands; empty when no state of it is known (ADD-8). */
  public Optional<DelegationState> state(DelegatedAuthority authority) {
    return delegationServiceClient.currentState(delegationServiceClient.parseCredential(authority));
  }

  /**
   * Returns the boundaries that the payment would pass; empty when no state of the authority is
   * known (ADD-8), because then nothing can be paid.
   *
   * @param usage what was paid under the authority before; it is asked for only when a state is
   *     known
   */
  public Optional<List<BoundaryViolation>> violations(
      DelegatedAuthority authority,
      BiFunction<IacPayload, DelegationState, DelegationUsage> usage,
      PaymentAttempt paymentAttempt) {
    var iac = delegationServiceClient.parseCredential(authority);
    return delegationServiceClient
        .currentState(iac)
        .map(
            state ->
                world
                    .delegations()
                    .boundaries()
                    .violations(iac.payload(), usage.apply(iac.payload(), state), paymentAttempt));
  }

  /** Returns the catalogued error that the payment service would answer. */
  public static String code(BoundaryViolation boundaryViolation) {
    return boundaryViolation.boundary().problem().code();
  }

  public static Text reason(BoundaryViolation boundaryViolation) {
    return AgentPhrases.bilingual(
        "outside." + boundaryViolation.boundary().name().toLowerCase(Locale.ROOT),
        boundaryViolation.expected(),
        boundaryViolation.observed());
  }
}
