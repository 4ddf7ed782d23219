package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.subaccount.SubAccount.KeyState;
import org.actsandbox.sandbox.psp.subaccount.SubAccount.Status;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests ACT PSD-2: money that is set apart for one agent, with a key that is valid as long as the
 * account.
 */
class SubAccountTests {

  private final DelegationBench delegations = new DelegationBench();
  private final PspTestBench pspTestBench = delegations.pspTestBench;
  private Iac iac;
  private String id;

  @BeforeEach
  void open() {
    iac = delegations.issue("D-1", isr -> isr.put("delegation_mode", "BOUNDED"));
    id = delegations.subAccount("100.00");
  }

  @AfterEach
  void close() {
    delegations.close();
  }

  /** Checks ACT PSD-2.a. */
  @Test
  void isOpenedWithThePinOnlyAndForOneAgent() {
    assertRefused(
        Problem.PIN_WRONG,
        () ->
            accounts()
                .open(
                    PspTestBench.PRINCIPAL,
                    new SubAccounts.Opening(null, PspTestBench.AGENT.value(), "mine", "000000")));
    assertThat(shown().agentId()).isEqualTo(PspTestBench.AGENT.value());
    assertThat(shown().keyId()).startsWith(PspTestBench.AGENT.value() + "#");
  }

  /** Checks ACT PSD-2.e. */
  @Test
  void paysFromItsOwnMoney() {
    pay("S-1", "30.00");
    assertThat(shown().balance()).isEqualTo("70.00");
    assertThat(pspTestBench.balance("balance")).isEqualTo("19900.00");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
    assertRefused(Problem.INSUFFICIENT_BALANCE, () -> pay("S-2", "70.01"));
    pay("S-3", "70.00");
  }

  @Test
  void aTopUpIsBookedOnce() {
    accounts()
        .topUp(
            PspTestBench.PRINCIPAL,
            id,
            new SubAccounts.TopUp("U-2", "5.00", "card", PspTestBench.PIN));
    accounts()
        .topUp(
            PspTestBench.PRINCIPAL,
            id,
            new SubAccounts.TopUp("U-2", "5.00", "card", PspTestBench.PIN));
    assertThat(shown().balance()).isEqualTo("105.00");
    assertRefused(
        Problem.PIN_WRONG,
        () ->
            accounts()
                .topUp(
                    PspTestBench.PRINCIPAL,
                    id,
                    new SubAccounts.TopUp("U-3", "5.00", null, "000000")));
  }

  /** Checks ACT PSD-2.c. */
  @Test
  void aFrozenOnePaysNothingUntilItIsUnfrozen() {
    var key = shown().keyId();
    accounts().freeze(PspTestBench.PRINCIPAL, id);
    assertThat(shown().keyId()).isNull();
    assertRefused(Problem.SUB_ACCOUNT_FROZEN, () -> pay("S-1", "1.00"));
    assertRefused(
        Problem.PIN_WRONG, () -> accounts().unfreeze(PspTestBench.PRINCIPAL, id, "000000"));
    accounts().unfreeze(PspTestBench.PRINCIPAL, id, PspTestBench.PIN);
    assertThat(shown().keyId()).isEqualTo(key).startsWith("did:act:");
    pay("S-1", "1.00");
  }

  /** Checks ACT PSD-2.c. */
  @Test
  void aCancelledOneGivesItsMoneyBackAndItsKeyIsDead() {
    pay("S-1", "40.00");
    accounts().cancel(PspTestBench.PRINCIPAL, id);
    assertThat(shown().balance()).isEqualTo("0.00");
    assertThat(shown().keyId()).isNull();
    assertThat(shown().status()).isEqualTo(Status.CANCELLED);
    assertThat(pspTestBench.balance("balance")).isEqualTo("19960.00");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
    assertRefused(Problem.SUB_ACCOUNT_CANCELLED, () -> pay("S-2", "1.00"));
    assertRefused(
        Problem.ILLEGAL_TRANSITION, () -> accounts().unfreeze(PspTestBench.PRINCIPAL, id, null));
    assertRefused(
        Problem.SUB_ACCOUNT_CANCELLED,
        () ->
            accounts()
                .topUp(
                    PspTestBench.PRINCIPAL,
                    id,
                    new SubAccounts.TopUp("U-9", "1.00", null, PspTestBench.PIN)));
  }

  /** Checks ACT PSD-2.b. */
  @Test
  void anotherKeyDoesNotPay() {
    var request = delegations.request(iac, "S-1", "1.00");
    delegations.payFromSubAccount(id, request, DelegationBench.key("did:act:demo-agent#SA-wrong"));
    refused(Problem.SUB_ACCOUNT_KEY_INVALID, request);
    delegations.payFromSubAccount(id, request, pspTestBench.signer(PspTestBench.AGENT));
    refused(Problem.SUB_ACCOUNT_KEY_INVALID, request);
  }

  /** Checks ACT PSD-2.b. */
  @Test
  void anAuthorizationIsForOnePaymentOnly() {
    for (var field : new String[] {"request_id", "merchant_order_no", "amount"}) {
      var request = delegations.request(iac, "S-1", "1.00");
      var other = delegations.request(iac, "S-2", "2.00");
      other.set(field, other.path(field));
      var authorized = delegations.payFromSubAccount(id, other);
      request.remove("instrument_ref");
      var authorization = ((ObjectNode) authorized.path("sub_account_authorization")).deepCopy();
      request.set("sub_account_authorization", authorization);
      refused(Problem.SUB_ACCOUNT_AUTHORIZATION_INVALID, request);
    }
  }

  /** One request id stands for one top-up; another one with the same id is refused. */
  @Test
  void aTopUpRepeatedWithSomethingElseIsRefused() {
    for (var other :
        List.of(
            new SubAccounts.TopUp("U-1", "99.00", null, PspTestBench.PIN),
            new SubAccounts.TopUp("U-1", "99999999.00", null, PspTestBench.PIN),
            new SubAccounts.TopUp("U-1", "100.00", "card", PspTestBench.PIN))) {
      assertRefused(
          Problem.DUPLICATE_REQUEST, () -> accounts().topUp(PspTestBench.PRINCIPAL, id, other));
    }
    accounts().freeze(PspTestBench.PRINCIPAL, id);
    accounts()
        .topUp(
            PspTestBench.PRINCIPAL,
            id,
            new SubAccounts.TopUp("U-1", "100.00", null, PspTestBench.PIN));
    assertThat(shown().balance()).isEqualTo("100.00");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
  }

  @Test
  void aRepeatedOpeningIsTheSameSubAccount() {
    var request =
        new SubAccounts.Opening("O-1", PspTestBench.AGENT.value(), "mine", PspTestBench.PIN);
    var first = accounts().open(PspTestBench.PRINCIPAL, request);

    assertThat(accounts().open(PspTestBench.PRINCIPAL, request).id()).isEqualTo(first.id());
    assertRefused(
        Problem.DUPLICATE_REQUEST,
        () ->
            accounts()
                .open(
                    PspTestBench.PRINCIPAL,
                    new SubAccounts.Opening(
                        "O-1", PspTestBench.AGENT.value(), "yours", PspTestBench.PIN)));
  }

  /** The standard requires six reasons with codes of their own. Checks ACT PSD-2.d. */
  @Test
  void everyReasonHasACodeOfItsOwn() {
    assertRefused(
        Problem.AGENT_UNKNOWN,
        () ->
            accounts()
                .open(
                    PspTestBench.PRINCIPAL,
                    new SubAccounts.Opening(null, "did:act:nobody", null, PspTestBench.PIN)));
    assertRefused(
        Problem.PIN_WRONG,
        () ->
            accounts()
                .open(
                    PspTestBench.PRINCIPAL,
                    new SubAccounts.Opening(null, PspTestBench.AGENT.value(), null, "000000")));
    assertRefused(
        Problem.SUB_ACCOUNT_UNKNOWN,
        () ->
            refusedBy(
                delegations.payFromSubAccount(
                    "SA-nothing", delegations.request(iac, "S-1", "1.00"))));
    pay("S-2", "50.00");
    assertRefused(Problem.INSUFFICIENT_BALANCE, () -> pay("S-5", "50.01"));
    accounts().freeze(PspTestBench.PRINCIPAL, id);
    assertThat(shown().keyState()).isEqualTo(KeyState.SUSPENDED);
    assertRefused(Problem.SUB_ACCOUNT_FROZEN, () -> pay("S-3", "1.00"));
    accounts().cancel(PspTestBench.PRINCIPAL, id);
    assertThat(shown().keyState()).isEqualTo(KeyState.DEAD);
    assertRefused(Problem.SUB_ACCOUNT_CANCELLED, () -> pay("S-4", "1.00"));
  }

  private void refusedBy(ObjectNode request) {
    delegations.take(request, DelegationMode.BOUNDED);
  }

  /** Checks ACT PSD-2.g. */
  @Test
  void accountAgentStateAndStateOfTheKeyAreShownTogether() {
    var unbound =
        accounts()
            .open(
                PspTestBench.PRINCIPAL,
                new SubAccounts.Opening(
                    null, PspTestBench.OTHER_AGENT.value(), null, PspTestBench.PIN));
    assertShown(unbound.id(), PspTestBench.OTHER_AGENT, Status.ACTIVE, KeyState.NONE);
    assertShown(id, PspTestBench.AGENT, Status.ACTIVE, KeyState.ACTIVE);
    accounts().freeze(PspTestBench.PRINCIPAL, id);
    assertShown(id, PspTestBench.AGENT, Status.FROZEN, KeyState.SUSPENDED);
    accounts().cancel(PspTestBench.PRINCIPAL, id);
    assertShown(id, PspTestBench.AGENT, Status.CANCELLED, KeyState.DEAD);
  }

  private void assertShown(String account, Did agent, Status status, KeyState key) {
    var shown = Json.tree(accounts().view(accounts().get(account)));
    assertThat(
            List.of("sub_account_id", "agent_id", "status", "key_state").stream()
                .map(field -> shown.path(field).asString()))
        .containsExactly(account, agent.value(), status.name(), key.name());
  }

  /** Checks ACT PSD-2.d. */
  @Test
  void withoutAKeyNothingIsPaid() {
    var opened =
        accounts()
            .open(
                PspTestBench.PRINCIPAL,
                new SubAccounts.Opening(null, PspTestBench.AGENT.value(), "new", PspTestBench.PIN));
    accounts()
        .topUp(
            PspTestBench.PRINCIPAL,
            opened.id(),
            new SubAccounts.TopUp("U-1", "5.00", null, PspTestBench.PIN));
    var request =
        delegations.payFromSubAccount(opened.id(), delegations.request(iac, "S-1", "1.00"));
    refused(Problem.SUB_ACCOUNT_KEY_INVALID, request);
    assertThat(accounts().view(opened).keyState()).isEqualTo(KeyState.NONE);
  }

  @Test
  void anotherAgentsIsNotUsed() {
    var other =
        accounts()
            .open(
                PspTestBench.PRINCIPAL,
                new SubAccounts.Opening(
                    null, PspTestBench.OTHER_AGENT.value(), null, PspTestBench.PIN));
    var request =
        delegations.payFromSubAccount(other.id(), delegations.request(iac, "S-1", "1.00"));
    assertRefused(
        Problem.SUB_ACCOUNT_MISMATCH, () -> delegations.take(request, DelegationMode.BOUNDED));
  }

  private void refused(Problem problem, ObjectNode request) {
    assertRefused(problem, () -> delegations.take(request, DelegationMode.BOUNDED));
  }

  private Trade pay(String orderNo, String amount) {
    var request = delegations.payFromSubAccount(id, delegations.request(iac, orderNo, amount));
    return delegations.take(request, DelegationMode.BOUNDED).trade();
  }

  private SubAccounts accounts() {
    return pspTestBench.psp().subAccounts();
  }

  private SubAccounts.SubAccountView shown() {
    return accounts().view(accounts().get(id));
  }

  private static void assertRefused(
      Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(work)
        .extracting(Refusal::problem)
        .isEqualTo(problem);
  }
}
