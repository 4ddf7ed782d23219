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
 * A platform agent has credentials of many principals and pays for each with its own (ACT PSD-5,
 * reference scenario 2): whatever it mixes up is refused, moves no money and leaves nothing behind.
 */
class PrincipalCrossingTests {

  private final DelegationBench delegations = new DelegationBench();
  private final PspTestBench pspTestBench = delegations.pspTestBench;

  @AfterEach
  void close() {
    delegations.close();
  }

  /** What the agent mixes up: the credential of one with the payment of another. */
  enum Crossing {
    /** B's credential, and it says that it acts for A. */
    ANOTHERS_CREDENTIAL(
        true, request -> request.put("principal_id", PspTestBench.PRINCIPAL.value())),
    /** B's credential for B, and the money of A. */
    ANOTHERS_MONEY(true, _ -> {}),
    /** A's credential, and it says that it acts for B. */
    ANOTHERS_NAME(
        false, request -> request.put("principal_id", DelegationBench.OTHER_PRINCIPAL.value())),
    /** A's credential, and it does not say for whom. */
    NOBODYS_NAME(false, request -> request.put("principal_id", "did:act:nobody"));

    private final boolean others;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Consumer<ObjectNode> bend;

    Crossing(boolean others, Consumer<ObjectNode> bend) {
      this.others = others;
      this.bend = bend;
    }
  }

  /** Checks ACT PSD-5.g. */
  @ParameterizedTest
  @EnumSource
  void isRefusedAndLeavesNothingBehind(Crossing crossing) {
    var mine = delegations.issue("D-mine");
    delegations.pay(mine, "S-before", "5.00");
    var request = delegations.request(crossing.others ? others("D-others") : mine, "S-1", "80.00");
    crossing.bend.accept(request);
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

  /** The agent's own check knows for whom it is about to pay. */
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

  /** Two principals may get the same number from their services: the one with money here has it. */
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
