package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.Consumer;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests a platform agent with credentials of many principals, which pays for each with its own (ACT
 * PSD-5, reference scenario 2): a payment that mixes principals is refused, moves no money and
 * leaves no trace.
 */
class PrincipalCrossingTests {

  private final DelegationBench delegations = new DelegationBench();
  private final PspTestBench pspTestBench = delegations.pspTestBench;

  @AfterEach
  void close() {
    delegations.close();
  }

  /** Lists the ways to mix the credential of one principal with the payment of another. */
  enum Crossing {
    /** The agent uses B's credential and says that it acts for A. */
    ANOTHERS_CREDENTIAL(
        true, request -> request.put("principal_id", PspTestBench.PRINCIPAL.value())),
    /** The agent uses B's credential for B, and the money of A. */
    ANOTHERS_MONEY(true, _ -> {}),
    /** The agent uses A's credential and says that it acts for B. */
    ANOTHERS_NAME(
        false, request -> request.put("principal_id", DelegationBench.OTHER_PRINCIPAL.value())),
    /** The agent uses A's credential and names an unknown principal. */
    UNKNOWN_NAME(false, request -> request.put("principal_id", "did:act:nobody"));

    private final boolean others;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Consumer<ObjectNode> distortion;

    Crossing(boolean others, Consumer<ObjectNode> distortion) {
      this.others = others;
      this.distortion = distortion;
    }
  }

  /** Checks ACT PSD-5.g. */
  @ParameterizedTest
  @EnumSource
  void isRefusedAndLeavesNothingBehind(Crossing crossing) {
    var mine = delegations.issue("D-mine");
    delegations.pay(mine, "S-before", "5.00");
    var request = delegations.request(crossing.others ? others("D-others") : mine, "S-1", "80.00");
    crossing.distortion.accept(request);
    long entries = pspTestBench.entries();

    var refused =
        catchThrowableOfType(
            Refusal.class, () -> delegations.take(request, DelegationMode.SPECIFIED));

    assertThat(refused).as("paid").isNotNull();
    assertThat(refused.problem()).isEqualTo(Problem.IAC_PRINCIPAL_MISMATCH);
    assertThat(pspTestBench.entries()).isEqualTo(entries);
    assertThat(delegations.spent(mine)).isEqualTo("5.00");
    assertThat(pspTestBench.psp().delegationBook().find("D-others")).isEmpty();
  }

  /** The agent's own check knows the principal that it is about to pay for. */
  @Test
  void theAgentDoesNotUseTheCredentialOfAnother() {
    var request = delegations.request(others("D-others"), "S-1", "80.00");
    var refused =
        catchThrowableOfType(
            Refusal.class,
            () ->
                delegations.selfCheck(
                    new DelegationBoundaryCheck(), request, DelegationMode.SPECIFIED));
    assertThat(refused).isNotNull();
    assertThat(refused.problem()).isEqualTo(Problem.IAC_PRINCIPAL_MISMATCH);
  }

  /**
   * Two principals may get the same id from their services; the one with an account here has it.
   */
  @Test
  void theCredentialOfAnotherDoesNotTakeTheNumberOfMine() {
    var crossed = delegations.request(others("D-1"), "S-1", "80.00");
    assertThat(
            catchThrowableOfType(
                Refusal.class, () -> delegations.take(crossed, DelegationMode.SPECIFIED)))
        .isNotNull();
    var mine = delegations.issue("D-1");
    delegations.pay(mine, "S-2", "80.00");
    assertThat(delegations.spent(mine)).isEqualTo("80.00");
  }

  private Iac others(String id) {
    return delegations.issue(id, DelegationBench.OTHER_PRINCIPAL, _ -> {});
  }
}
