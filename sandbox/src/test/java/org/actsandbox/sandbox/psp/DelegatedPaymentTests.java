package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.authority.PaymentPreferences;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests payments that rest on a delegation: their effects, sums and races. */
class DelegatedPaymentTests {

  private final DelegationBench delegations = new DelegationBench();
  private final PspTestBench pspTestBench = delegations.pspTestBench;

  @AfterEach
  void close() {
    delegations.close();
  }

  /** Checks ACT PSD-8.a and PSD-8.b. */
  @ParameterizedTest
  @EnumSource
  void paysAtOnceWithProofEvidenceAndNotification(DelegationMode mode) {
    var iac = delegations.issue("D-1", isr -> isr.put("delegation_mode", mode.name()));
    var paid = delegations.pay(iac, "S-1", "100.00");

    assertThat(paid.progress().status()).isEqualTo(PaymentStatus.PAID);
    assertThat(paid.progress().state()).isEqualTo(TransactionState.WAIT_SELLER_FULFILLMENT);
    var claims = ProofCodec.decode(proof(paid), pspTestBench.world().keys());
    assertThat(claims.outTradeNo()).isEqualTo("S-1");
    assertThat(claims.approvalDigest()).isEqualTo(iac.digest());
    assertThat(pspTestBench.peers.nextNotification().path("event").stringValue())
        .isEqualTo("payment_succeeded");
    assertThat(pspTestBench.balance("balance")).isEqualTo("19900.00");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
    var shown =
        pspTestBench.psp().payments().view(paid, new Caller(Role.AGENT, PspTestBench.AGENT));
    assertThat(shown.delegationId()).isEqualTo("D-1");
    var approval = Objects.requireNonNull(shown.approval());
    assertThat(approval.method()).isEqualTo("delegation");
    assertThat(approval.digest()).isEqualTo(iac.digest());
  }

  @Test
  void theSameRequestAgainIsAnsweredAndCountedOnce() {
    var iac = delegations.issue("D-1");
    var request = delegations.request(iac, "S-1", "40.00");
    var first = delegations.take(request, DelegationMode.SPECIFIED);
    var again = delegations.take(request, DelegationMode.SPECIFIED);
    assertThat(first.fresh()).isTrue();
    assertThat(again.fresh()).isFalse();
    assertThat(again.trade().tradeNo()).isEqualTo(first.trade().tradeNo());
    assertThat(delegations.spent(iac)).isEqualTo("40.00");
  }

  @Test
  void anOrderIsPaidOnceForAnyRequestId() {
    var iac = delegations.issue("D-1");
    delegations.pay(iac, "S-1", "40.00");
    var other = delegations.request(iac, "S-1", "40.00").put("request_id", "Q-other");
    assertRefused(Problem.PAYMENT_CLOSED, () -> delegations.take(other, DelegationMode.SPECIFIED));
    assertThat(delegations.spent(iac)).isEqualTo("40.00");
  }

  /** Checks ACT PSD-5.e. */
  @Test
  void spendsTheBudgetExactlyAndNotACentMore() {
    var iac = delegations.issue("D-1");
    delegations.pay(iac, "S-1", "100.00");
    delegations.pay(iac, "S-2", "100.00");
    delegations.pay(iac, "S-3", "99.99");
    assertRefused(Problem.CUMULATIVE_LIMIT_EXCEEDED, () -> delegations.pay(iac, "S-4", "0.02"));
    delegations.pay(iac, "S-5", "0.01");
    assertRefused(Problem.CUMULATIVE_LIMIT_EXCEEDED, () -> delegations.pay(iac, "S-6", "0.01"));
    assertThat(delegations.spent(iac)).isEqualTo("300.00");
  }

  /** Checks ACT PSD-5.d. */
  @Test
  void ofTwentyPaymentsRacingForTheLastHundredYuanOneIsMade() {
    var iac = delegations.issue("D-1");
    delegations.pay(iac, "S-a", "100.00");
    delegations.pay(iac, "S-b", "100.00");
    var paid = new AtomicInteger();
    PspTestBench.atOnce(
        20,
        i -> {
          try {
            delegations.pay(iac, "S-race-" + i, "100.00");
            paid.incrementAndGet();
          } catch (Refusal refused) {
            assertThat(refused.problem()).isEqualTo(Problem.CUMULATIVE_LIMIT_EXCEEDED);
          }
        });
    assertThat(paid).hasValue(1);
    assertThat(pspTestBench.balance("merchant:luma-mart")).isEqualTo("300.00");
    assertThat(delegations.spent(iac)).isEqualTo("300.00");
    assertThat(delegations.recounted(iac)).isEqualTo("300.00");
  }

  @Test
  void theStoredSumEqualsARecountAlsoAfterRefundsFailuresAndRefusals() {
    var iac = delegations.issue("D-1");
    var first = delegations.pay(iac, "S-1", "12.34");
    delegations.pay(iac, "S-2", "56.78");
    assertRefused(Problem.SINGLE_LIMIT_EXCEEDED, () -> delegations.pay(iac, "S-3", "100.01"));
    pspTestBench
        .psp()
        .refunds()
        .refund(
            pspTestBench.refundRequest("R-1", first.tradeNo(), "12.34", PspTestBench.SHOP),
            PspTestBench.SHOP);
    assertThat(delegations.spent(iac)).isEqualTo("69.12");
    assertThat(delegations.recounted(iac)).isEqualTo("69.12");
    // Ours: a refund does not give the budget back, because the principal did not agree to that.
    assertThat(pspTestBench.psp().delegationSums("D-1", principal()).left()).isEqualTo("230.88");
  }

  @Test
  void readsTheStatusListOnceAMinute() {
    var iac = delegations.issue("D-1");
    delegations.pay(iac, "S-1", "1.00");
    delegations.pay(iac, "S-2", "1.00");
    pspTestBench.now.updateAndGet(at -> at.plusSeconds(59));
    delegations.pay(iac, "S-3", "1.00");
    assertThat(pspTestBench.peers.statusQueries).hasValue(1);
    pspTestBench.now.updateAndGet(at -> at.plusSeconds(1));
    delegations.pay(iac, "S-4", "1.00");
    assertThat(pspTestBench.peers.statusQueries).hasValue(2);
  }

  /** The state is stored together with the payment; after a refusal it is stored by itself. */
  @Test
  void theStateThatARefusedFirstPaymentObservedIsStored() {
    var iac = delegations.issue("D-1");
    assertRefused(Problem.SINGLE_LIMIT_EXCEEDED, () -> delegations.pay(iac, "S-1", "100.01"));
    assertThat(pspTestBench.psp().delegationBook().find("D-1").orElseThrow().state())
        .isEqualTo(DelegationState.ACTIVE);
    pspTestBench.peers.statusList = Optional.empty();
    delegations.pay(iac, "S-2", "1.00");
    assertThat(pspTestBench.peers.statusQueries).hasValue(1);
    assertThat(delegations.spent(iac)).isEqualTo("1.00");
  }

  /** Checks ACT ADD-7.e and ADD-8.a. */
  @Test
  void aChangeThatWasToldCountsAtOnceAndARevocationForGood() {
    var iac = delegations.issue("D-1");
    delegations.pay(iac, "S-1", "1.00");
    delegations.reportState("D-1", DelegationState.SUSPENDED);
    assertRefused(Problem.IAC_SUSPENDED, () -> delegations.pay(iac, "S-2", "1.00"));
    delegations.reportState("D-1", DelegationState.ACTIVE);
    delegations.pay(iac, "S-3", "1.00");
    delegations.reportState("D-1", DelegationState.REVOKED);
    delegations.reportState("D-1", DelegationState.ACTIVE);
    assertRefused(Problem.IAC_REVOKED, () -> delegations.pay(iac, "S-4", "1.00"));
  }

  @Test
  void aRevocationIsKnownBeforeTheFirstPayment() {
    var iac = delegations.issue("D-1");
    delegations.reportState("D-1", DelegationState.REVOKED);
    assertRefused(Problem.IAC_REVOKED, () -> delegations.pay(iac, "S-1", "1.00"));
  }

  /** Checks ACT ADD-8.c. */
  @Test
  void decidesOnTheLastKnownStateWhileTheStatusServiceIsDown() {
    var iac = delegations.issue("D-1");
    delegations.pay(iac, "S-1", "1.00");
    pspTestBench.peers.statusList = Optional.empty();
    pspTestBench.now.updateAndGet(at -> at.plus(Duration.ofMinutes(10)));
    delegations.pay(iac, "S-2", "1.00");
    assertThat(pspTestBench.journal)
        .anySatisfy(note -> assertThat(note.event()).isEqualTo("decided-on-last-known-state"));
    // The end of validity is in the credential, so it needs no query.
    pspTestBench.now.updateAndGet(at -> at.plus(Duration.ofDays(1)));
    assertRefused(Problem.IAC_EXPIRED, () -> delegations.pay(iac, "S-3", "1.00"));
  }

  @Test
  void aSuspensionInTheListIsSeenAtTheNextQuery() {
    var iac = delegations.issue("D-1");
    delegations.pay(iac, "S-1", "1.00");
    pspTestBench.peers.statusList = Optional.of(Map.of(0, DelegationState.SUSPENDED));
    pspTestBench.now.updateAndGet(at -> at.plusSeconds(61));
    assertRefused(Problem.IAC_SUSPENDED, () -> delegations.pay(iac, "S-2", "1.00"));
  }

  @Test
  void aPlanIsPaidAtItsMomentsOnly() {
    var iac =
        delegations.issue(
            "D-1",
            isr -> {
              isr.put("validity_end_time", PspTestBench.START.plus(Duration.ofDays(40)).toString());
              var plan = ((ObjectNode) isr.at("/ext/vendor_private")).putObject("plan");
              plan.put("first_at", PspTestBench.START.toString())
                  .put("every", "P7D")
                  .put("count", 2);
            });
    delegations.pay(iac, "S-1", "9.00");
    assertRefused(Problem.NOT_IN_PLAN, () -> delegations.pay(iac, "S-2", "9.00"));
    pspTestBench.now.updateAndGet(at -> at.plus(Duration.ofDays(7)));
    delegations.pay(iac, "S-3", "9.00");
    pspTestBench.now.updateAndGet(at -> at.plus(Duration.ofDays(7)));
    assertRefused(Problem.NOT_IN_PLAN, () -> delegations.pay(iac, "S-4", "9.00"));
  }

  @Test
  void asksEveryTimeWhenThePrincipalWishesSo() {
    pspTestBench
        .psp()
        .preferences()
        .set(PspTestBench.PRINCIPAL, new PaymentPreferences.PreferenceRequest(true, null));
    var iac = delegations.issue("D-1");
    var waiting = delegations.pay(iac, "S-1", "40.00");
    assertThat(waiting.isWaiting()).isTrue();
    assertThat(delegations.spent(iac)).isEqualTo("0.00");

    var paid = pspTestBench.approve(waiting);
    assertThat(paid.progress().status()).isEqualTo(PaymentStatus.PAID);
    assertThat(delegations.spent(iac)).isEqualTo("40.00");
    var shown =
        pspTestBench.psp().payments().view(paid, new Caller(Role.AGENT, PspTestBench.AGENT));
    assertThat(Objects.requireNonNull(shown.approval()).method()).isEqualTo("payment_pin");

    assertRefused(
        Problem.PIN_WRONG,
        () ->
            pspTestBench
                .psp()
                .preferences()
                .set(
                    PspTestBench.PRINCIPAL,
                    new PaymentPreferences.PreferenceRequest(false, "000000")));
    pspTestBench
        .psp()
        .preferences()
        .set(
            PspTestBench.PRINCIPAL,
            new PaymentPreferences.PreferenceRequest(false, PspTestBench.PIN));
    assertThat(delegations.pay(iac, "S-2", "1.00").isWaiting()).isFalse();
  }

  @Test
  void aRevocationBetweenRequestAndApprovalMovesNoMoney() {
    pspTestBench
        .psp()
        .preferences()
        .set(PspTestBench.PRINCIPAL, new PaymentPreferences.PreferenceRequest(true, null));
    var iac = delegations.issue("D-1");
    var waiting = delegations.pay(iac, "S-1", "40.00");
    long entries = pspTestBench.entries();
    delegations.reportState("D-1", DelegationState.REVOKED);
    var failed = pspTestBench.approve(waiting);
    assertThat(failed.progress().status()).isEqualTo(PaymentStatus.FAILED);
    assertThat(failed.progress().failure()).isEqualTo(Problem.IAC_REVOKED);
    assertThat(pspTestBench.entries()).isEqualTo(entries);
  }

  @Test
  void aFailedPaymentIsRetriedAsOftenAsThePolicySays() {
    var iac =
        delegations.issue(
            "D-1",
            isr ->
                ((ObjectNode) isr.path("ext"))
                    .putObject("agent_behavior")
                    .put("on_payment_failure", "AUTO_RETRY")
                    .put("max_retry_count", 1));
    var id = delegations.subAccount("10.00");
    assertRefused(Problem.INSUFFICIENT_BALANCE, () -> payFromSubAccount(id, iac, "Q-1"));
    assertRefused(Problem.INSUFFICIENT_BALANCE, () -> payFromSubAccount(id, iac, "Q-2"));
    assertRefused(Problem.RETRIES_EXHAUSTED, () -> payFromSubAccount(id, iac, "Q-3"));
  }

  private Trade payFromSubAccount(String id, Iac iac, String requestId) {
    var request = delegations.request(iac, "S-1", "40.00").put("request_id", requestId);
    return delegations
        .take(delegations.payFromSubAccount(id, request), DelegationMode.SPECIFIED)
        .trade();
  }

  private static Caller principal() {
    return new Caller(Role.PRINCIPAL, PspTestBench.PRINCIPAL);
  }

  private static String proof(Trade paid) {
    return Objects.requireNonNull(paid.progress().paid()).proof();
  }

  private static void assertRefused(
      Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    var refused = catchThrowableOfType(Refusal.class, work);
    assertThat(refused).isNotNull();
    assertThat(refused.problem()).as(refused.detail()).isEqualTo(problem);
  }
}
