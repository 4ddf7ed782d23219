package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.instrument.PinState;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the principal's decision: it debits once, signs exactly the content that was shown, and
 * wrong PINs lock.
 */
class ApprovalTests {

  private final PspTestBench pspTestBench = new PspTestBench("1000.00", "50000.00");

  @AfterEach
  void close() {
    pspTestBench.close();
  }

  /** Checks ACT PSD-3.f. */
  @Test
  void paysOnceAndProvesIt() {
    var paid = pspTestBench.paid("S-1", "87.50");

    assertThat(paid.progress().status()).isEqualTo(PaymentStatus.PAID);
    assertThat(paid.progress().state()).isEqualTo(TransactionState.WAIT_SELLER_FULFILLMENT);
    assertThat(pspTestBench.balance("balance")).isEqualTo("912.50");
    assertThat(pspTestBench.balance("merchant:luma-mart")).isEqualTo("87.50");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
    var settled = Objects.requireNonNull(paid.progress().paid());
    var claims = ProofCodec.decode(settled.proof(), pspTestBench.psp().proofs().keySet());
    assertThat(claims.tradeNo()).isEqualTo(paid.tradeNo());
    assertThat(claims.amount()).isEqualTo("87.50");
    assertThat(claims.aud()).isEqualTo("did:act:luma-mart");
    var evidence = Json.parse(settled.approval());
    assertThat(SignedJson.verify(evidence, pspTestBench::publicKey))
        .isEqualTo(PspTestBench.PRINCIPAL);
    assertThat(evidence.path("digest").stringValue()).isEqualTo(claims.approvalDigest());
  }

  /** A payment that was kept in memory as it was written is what the database has. */
  @Test
  void whatWasWrittenIsWhatIsRead() {
    var kept = pspTestBench.paid("S-1", "87.50");

    var elsewhere = new Trades(pspTestBench.world());

    assertThat(elsewhere.get(kept.tradeNo())).isEqualTo(kept);
  }

  @Test
  void twentyApprovalsAtOnceDebitOnce() {
    var waiting = pspTestBench.waiting("S-1", "100.00");
    var request = pspTestBench.approval(waiting, PspTestBench.PIN);
    var statuses = new CopyOnWriteArrayList<PaymentStatus>();
    PspTestBench.atOnce(
        20,
        _ ->
            statuses.add(
                pspTestBench
                    .psp()
                    .approvals()
                    .decide(waiting.tradeNo(), request, PspTestBench.PRINCIPAL_CALLER)
                    .progress()
                    .status()));
    assertThat(statuses).hasSize(20).containsOnly(PaymentStatus.PAID);
    assertThat(pspTestBench.balance("balance")).isEqualTo("900.00");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
  }

  @Test
  void threeWrongPinsAtOnceLockAlsoForTheRightOne() {
    var waiting = pspTestBench.waiting("S-1", "100.00");
    var codes = new CopyOnWriteArrayList<Problem>();
    PspTestBench.atOnce(
        12,
        _ ->
            codes.add(
                refused(
                    () ->
                        pspTestBench
                            .psp()
                            .approvals()
                            .decide(
                                waiting.tradeNo(),
                                pspTestBench.approval(waiting, "000000"),
                                PspTestBench.PRINCIPAL_CALLER))));
    assertThat(codes.stream().filter(Problem.PIN_WRONG::equals)).hasSize(3);
    assertThat(codes.stream().filter(Problem.PIN_LOCKED::equals)).hasSize(9);
    var locked = catchThrowableOfType(Refusal.class, () -> pspTestBench.approve(waiting));
    assertThat(locked.problem()).isEqualTo(Problem.PIN_LOCKED);
    assertThat(locked.detail()).isEqualTo("the PIN is locked for 5 more minutes");
    assertThat(pspTestBench.balance("balance")).isEqualTo("1000.00");
  }

  @Test
  void theLockEndsAfterFiveMinutesAndARightPinClearsTheCount() {
    var waiting = pspTestBench.waiting("S-1", "100.00");
    wrongPin(waiting);
    wrongPin(waiting);
    assertThat(
            pspTestBench
                .psp()
                .approvals()
                .show(waiting.tradeNo(), PspTestBench.PRINCIPAL_CALLER)
                .pinAttemptsLeft())
        .isEqualTo(1);
    wrongPin(waiting);
    pspTestBench.machine.set(PspTestBench.START.plus(Duration.ofSeconds(241)));
    assertThat(pspTestBench.psp().pins().state(PspTestBench.PRINCIPAL))
        .isEqualTo(new PinState(0, 1L));
    pspTestBench.machine.set(PspTestBench.START.plus(Duration.ofMinutes(5)));
    assertThat(
            pspTestBench
                .psp()
                .approvals()
                .show(waiting.tradeNo(), PspTestBench.PRINCIPAL_CALLER)
                .pinAttemptsLeft())
        .isEqualTo(3);
    wrongPin(waiting);
    assertThat(pspTestBench.approve(waiting).progress().status()).isEqualTo(PaymentStatus.PAID);
    assertThat(pspTestBench.psp().pins().state(PspTestBench.PRINCIPAL).attemptsLeft()).isEqualTo(3);
  }

  /**
   * An agent that may advance the world's clock could otherwise guess on: there are only a million
   * PINs.
   */
  @Test
  void advancingTheWorldsClockEndsNoLock() {
    var waiting = pspTestBench.waiting("S-1", "100.00");
    for (int i = 0; i < 3; i++) {
      wrongPin(waiting);
    }
    pspTestBench.advance(Duration.ofMinutes(6));
    assertThat(pspTestBench.psp().pins().state(PspTestBench.PRINCIPAL))
        .isEqualTo(new PinState(0, 5L));
    assertThat(refused(() -> pspTestBench.approve(waiting))).isEqualTo(Problem.PIN_LOCKED);
    pspTestBench.restart();
    assertThat(refused(() -> pspTestBench.approve(waiting))).isEqualTo(Problem.PIN_LOCKED);
  }

  /** Checks ACT PSD-3.e. */
  @Test
  void whatWasNotShownIsNotSigned() {
    var waiting = pspTestBench.waiting("S-1", "100.00");
    var other = pspTestBench.approval(pspTestBench.waiting("S-2", "1.00"), PspTestBench.PIN);
    for (var digest : new String[] {other.digest(), null, ""}) {
      var request = new ApprovalRequest("APPROVE", digest, PspTestBench.PIN);
      assertThat(
              refused(
                  () ->
                      pspTestBench
                          .psp()
                          .approvals()
                          .decide(waiting.tradeNo(), request, PspTestBench.PRINCIPAL_CALLER)))
          .isEqualTo(Problem.APPROVAL_MISMATCH);
    }
    assertThat(pspTestBench.balance("balance")).isEqualTo("1000.00");
  }

  /** Checks ACT PSD-3.e. */
  @Test
  void declineTimeoutAndClosingAreDistinct() {
    assertEnded(decide("S-1", "DECLINE"), PaymentStatus.DECLINED, Problem.USER_DECLINED);
    assertEnded(decide("S-2", "CLOSE"), PaymentStatus.ABANDONED, null);
    var closed =
        pspTestBench.psp().payments().close(pspTestBench.waiting("S-3", "1.00").tradeNo(), agent());
    assertThat(closed.status()).isEqualTo(PaymentStatus.CLOSED);
    var late = pspTestBench.waiting("S-4", "1.00");
    pspTestBench.advance(Duration.ofMinutes(15));
    var timedOut = pspTestBench.psp().payments().get(late.tradeNo(), agent(), Duration.ZERO);
    assertThat(timedOut.status()).isEqualTo(PaymentStatus.TIMED_OUT);
    assertThat(Objects.requireNonNull(timedOut.error()).details().code())
        .isEqualTo("confirmation_timed_out");
    assertThat(refused(() -> pspTestBench.approve(late))).isEqualTo(Problem.CONFIRMATION_TIMED_OUT);
    assertThat(pspTestBench.balance("balance")).isEqualTo("1000.00");
  }

  @Test
  void anApprovalAfterTheLastMomentIsRefusedEvenBeforeTheClockTicked() {
    var waiting = pspTestBench.waiting("S-1", "1.00");
    var request = pspTestBench.approval(waiting, PspTestBench.PIN);
    pspTestBench.now.set(waiting.expiresAt());
    assertThat(
            refused(
                () ->
                    pspTestBench
                        .psp()
                        .approvals()
                        .decide(waiting.tradeNo(), request, PspTestBench.PRINCIPAL_CALLER)))
        .isEqualTo(Problem.CONFIRMATION_TIMED_OUT);
    assertThat(pspTestBench.balance("balance")).isEqualTo("1000.00");
  }

  @Test
  void approvedWithoutTheMoneyFailsAndMovesNothing() {
    var failed = pspTestBench.paid("S-1", "1000.01");
    assertEnded(failed, PaymentStatus.FAILED, Problem.INSUFFICIENT_BALANCE);
    assertThat(pspTestBench.balance("balance")).isEqualTo("1000.00");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
    var card =
        pspTestBench.take(
            pspTestBench
                .request("Q-2", PspTestBench.SHOP, "S-1", "1000.01")
                .put("instrument_ref", pspTestBench.instrument("card")));
    assertThat(pspTestBench.approve(card).progress().status()).isEqualTo(PaymentStatus.PAID);
  }

  @Test
  void anInstrumentFrozenInBetweenDoesNotPay() {
    var waiting = pspTestBench.waiting("S-1", "1.00");
    pspTestBench
        .psp()
        .instruments()
        .freeze(PspTestBench.PRINCIPAL, waiting.terms().instrumentRef());
    assertEnded(pspTestBench.approve(waiting), PaymentStatus.FAILED, Problem.INSTRUMENT_INVALID);
  }

  @Test
  void theSameRequestGetsTheSamePaymentAlsoAfterALostAnswer() {
    var request = pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "10.00");
    var first = pspTestBench.take(request);
    pspTestBench.approve(first);
    pspTestBench.restart();
    pspTestBench.now.set(PspTestBench.START.plus(Duration.ofHours(1)));
    var again = pspTestBench.take(request);
    assertThat(again.tradeNo()).isEqualTo(first.tradeNo());
    assertThat(again.progress().status()).isEqualTo(PaymentStatus.PAID);
    var found = pspTestBench.psp().payments().list(agent(), "Q-1", null).items();
    assertThat(found).singleElement().satisfies(one -> assertThat(one.proof()).isNotNull());
    assertThat(pspTestBench.balance("balance")).isEqualTo("990.00");
  }

  @Test
  void twoRequestsForOneOrderNeverDebitTwice() {
    var trades = new CopyOnWriteArrayList<Trade>();
    var codes = new CopyOnWriteArrayList<Problem>();
    var requests =
        List.of("a", "b", "c", "d", "e", "f").stream()
            .map(id -> pspTestBench.request("Q-" + id, PspTestBench.SHOP, "S-1", "10.00"))
            .toList();
    PspTestBench.atOnce(
        requests.size(),
        i -> {
          try {
            trades.add(pspTestBench.take(requests.get(i)));
          } catch (Refusal refusal) {
            codes.add(refusal.problem());
          }
        });
    assertThat(trades).hasSize(1);
    assertThat(codes).hasSize(5).containsOnly(Problem.DUPLICATE_REQUEST);
    pspTestBench.approve(trades.getFirst());
    assertThat(
            refused(
                () ->
                    pspTestBench.take(
                        pspTestBench.request("Q-z", PspTestBench.SHOP, "S-1", "10.00"))))
        .isEqualTo(Problem.PAYMENT_CLOSED);
    assertThat(pspTestBench.balance("balance")).isEqualTo("990.00");
  }

  @Test
  void aDeclinedOrderMayBeAskedForAgain() {
    decide("S-1", "DECLINE");
    var again = pspTestBench.take(pspTestBench.request("Q-2", PspTestBench.SHOP, "S-1", "1.00"));
    assertThat(pspTestBench.approve(again).progress().status()).isEqualTo(PaymentStatus.PAID);
  }

  @Test
  void aWaitingQueryReturnsWithTheDecision() throws Exception {
    var waiting = pspTestBench.waiting("S-1", "1.00");
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var query =
          threads.submit(
              () ->
                  pspTestBench
                      .psp()
                      .payments()
                      .get(waiting.tradeNo(), agent(), Duration.ofSeconds(20)));
      pspTestBench.approve(waiting);
      assertThat(query.get(10, java.util.concurrent.TimeUnit.SECONDS).status())
          .isEqualTo(PaymentStatus.PAID);
    }
  }

  private Trade decide(String orderNo, String decision) {
    var waiting = pspTestBench.waiting(orderNo, "1.00");
    return pspTestBench
        .psp()
        .approvals()
        .decide(
            waiting.tradeNo(),
            new ApprovalRequest(decision, null, null),
            PspTestBench.PRINCIPAL_CALLER);
  }

  private static void assertEnded(
      Trade trade, PaymentStatus status, @org.jspecify.annotations.Nullable Problem failure) {
    assertThat(trade.progress().status()).isEqualTo(status);
    assertThat(trade.progress().failure()).isEqualTo(failure);
    assertThat(trade.progress().state()).isEqualTo(TransactionState.TRADE_CLOSED);
  }

  private void wrongPin(Trade trade) {
    assertThat(
            refused(
                () ->
                    pspTestBench
                        .psp()
                        .approvals()
                        .decide(
                            trade.tradeNo(),
                            pspTestBench.approval(trade, "111111"),
                            PspTestBench.PRINCIPAL_CALLER)))
        .isEqualTo(Problem.PIN_WRONG);
  }

  private static Problem refused(ThrowingCallable work) {
    return catchThrowableOfType(Refusal.class, work).problem();
  }

  private static Caller agent() {
    return new Caller(Role.AGENT, PspTestBench.AGENT);
  }
}
