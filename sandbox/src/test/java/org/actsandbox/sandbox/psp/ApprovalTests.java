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
import org.actsandbox.sandbox.psp.payment.Trade;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The principal's decision: one debit, exactly what was shown, and a PIN that locks. */
class ApprovalTests {

  private final Bench bench = new Bench("1000.00", "50000.00");

  @AfterEach
  void close() {
    bench.close();
  }

  /** Checks ACT PSD-3.f. */
  @Test
  void paysOnceAndProvesIt() {
    var paid = bench.paid("S-1", "87.50");

    assertThat(paid.now().status()).isEqualTo(PaymentStatus.PAID);
    assertThat(paid.now().state()).isEqualTo(TransactionState.WAIT_SELLER_FULFILLMENT);
    assertThat(bench.balance("balance")).isEqualTo("912.50");
    assertThat(bench.balance("merchant:luma-mart")).isEqualTo("87.50");
    assertThat(bench.psp().ledger().sum()).isEqualTo("0");
    var settled = Objects.requireNonNull(paid.now().paid());
    var claims = ProofCodec.decode(settled.proof(), bench.psp().proofs().keySet());
    assertThat(claims.tradeNo()).isEqualTo(paid.tradeNo());
    assertThat(claims.amount()).isEqualTo("87.50");
    assertThat(claims.aud()).isEqualTo("did:act:luma-mart");
    var evidence = Json.parse(settled.approval());
    assertThat(SignedJson.verify(evidence, bench::publicKey)).isEqualTo(Bench.PRINCIPAL);
    assertThat(evidence.path("digest").stringValue()).isEqualTo(claims.approvalDigest());
  }

  @Test
  void twentyApprovalsAtOnceDebitOnce() {
    var waiting = bench.waiting("S-1", "100.00");
    var request = bench.approval(waiting, Bench.PIN);
    var statuses = new CopyOnWriteArrayList<PaymentStatus>();
    Bench.atOnce(
        20,
        _ ->
            statuses.add(
                bench
                    .psp()
                    .approvals()
                    .decide(waiting.tradeNo(), request, Bench.YOU)
                    .now()
                    .status()));
    assertThat(statuses).hasSize(20).containsOnly(PaymentStatus.PAID);
    assertThat(bench.balance("balance")).isEqualTo("900.00");
    assertThat(bench.psp().ledger().sum()).isEqualTo("0");
  }

  @Test
  void threeWrongPinsAtOnceLockAlsoForTheRightOne() {
    var waiting = bench.waiting("S-1", "100.00");
    var codes = new CopyOnWriteArrayList<Problem>();
    Bench.atOnce(
        12,
        _ ->
            codes.add(
                refused(
                    () ->
                        bench
                            .psp()
                            .approvals()
                            .decide(
                                waiting.tradeNo(), bench.approval(waiting, "000000"), Bench.YOU))));
    assertThat(codes.stream().filter(Problem.PIN_WRONG::equals)).hasSize(3);
    assertThat(codes.stream().filter(Problem.PIN_LOCKED::equals)).hasSize(9);
    var locked = catchThrowableOfType(Refusal.class, () -> bench.approve(waiting));
    assertThat(locked.problem()).isEqualTo(Problem.PIN_LOCKED);
    assertThat(locked.detail()).isEqualTo("the PIN is locked for 5 more minutes");
    assertThat(bench.balance("balance")).isEqualTo("1000.00");
  }

  @Test
  void theLockEndsAfterFiveMinutesAndARightPinClearsTheCount() {
    var waiting = bench.waiting("S-1", "100.00");
    wrongPin(waiting);
    wrongPin(waiting);
    assertThat(bench.psp().approvals().show(waiting.tradeNo(), Bench.YOU).pinAttemptsLeft())
        .isEqualTo(1);
    wrongPin(waiting);
    bench.machine.set(Bench.START.plus(Duration.ofSeconds(241)));
    assertThat(bench.psp().pins().state(Bench.PRINCIPAL)).isEqualTo(new PinState(0, 1L));
    bench.machine.set(Bench.START.plus(Duration.ofMinutes(5)));
    assertThat(bench.psp().approvals().show(waiting.tradeNo(), Bench.YOU).pinAttemptsLeft())
        .isEqualTo(3);
    wrongPin(waiting);
    assertThat(bench.approve(waiting).now().status()).isEqualTo(PaymentStatus.PAID);
    assertThat(bench.psp().pins().state(Bench.PRINCIPAL).attemptsLeft()).isEqualTo(3);
  }

  /** Whoever may turn the world's clock could otherwise guess on: a million PINs are few. */
  @Test
  void turningTheWorldsClockEndsNoLock() {
    var waiting = bench.waiting("S-1", "100.00");
    for (int i = 0; i < 3; i++) {
      wrongPin(waiting);
    }
    bench.advance(Duration.ofMinutes(6));
    assertThat(bench.psp().pins().state(Bench.PRINCIPAL)).isEqualTo(new PinState(0, 5L));
    assertThat(refused(() -> bench.approve(waiting))).isEqualTo(Problem.PIN_LOCKED);
    bench.restart();
    assertThat(refused(() -> bench.approve(waiting))).isEqualTo(Problem.PIN_LOCKED);
  }

  /** Checks ACT PSD-3.e. */
  @Test
  void whatWasNotShownIsNotSigned() {
    var waiting = bench.waiting("S-1", "100.00");
    var other = bench.approval(bench.waiting("S-2", "1.00"), Bench.PIN);
    for (var digest : new String[] {other.digest(), null, ""}) {
      var request = new ApprovalRequest("APPROVE", digest, Bench.PIN);
      assertThat(
              refused(() -> bench.psp().approvals().decide(waiting.tradeNo(), request, Bench.YOU)))
          .isEqualTo(Problem.APPROVAL_MISMATCH);
    }
    assertThat(bench.balance("balance")).isEqualTo("1000.00");
  }

  /** Checks ACT PSD-3.e. */
  @Test
  void declineTimeoutAndClosingAreDistinct() {
    assertEnded(decide("S-1", "DECLINE"), PaymentStatus.DECLINED, Problem.USER_DECLINED);
    assertEnded(decide("S-2", "CLOSE"), PaymentStatus.ABANDONED, null);
    var closed = bench.psp().payments().close(bench.waiting("S-3", "1.00").tradeNo(), agent());
    assertThat(closed.status()).isEqualTo(PaymentStatus.CLOSED);
    var late = bench.waiting("S-4", "1.00");
    bench.advance(Duration.ofMinutes(15));
    var timedOut = bench.psp().payments().get(late.tradeNo(), agent(), Duration.ZERO);
    assertThat(timedOut.status()).isEqualTo(PaymentStatus.TIMED_OUT);
    assertThat(Objects.requireNonNull(timedOut.error()).details().code())
        .isEqualTo("confirmation_timed_out");
    assertThat(refused(() -> bench.approve(late))).isEqualTo(Problem.CONFIRMATION_TIMED_OUT);
    assertThat(bench.balance("balance")).isEqualTo("1000.00");
  }

  @Test
  void anApprovalAfterTheLastMomentIsRefusedEvenBeforeTheClockTicked() {
    var waiting = bench.waiting("S-1", "1.00");
    var request = bench.approval(waiting, Bench.PIN);
    bench.now.set(waiting.expiresAt());
    assertThat(refused(() -> bench.psp().approvals().decide(waiting.tradeNo(), request, Bench.YOU)))
        .isEqualTo(Problem.CONFIRMATION_TIMED_OUT);
    assertThat(bench.balance("balance")).isEqualTo("1000.00");
  }

  @Test
  void approvedWithoutTheMoneyFailsAndMovesNothing() {
    var failed = bench.paid("S-1", "1000.01");
    assertEnded(failed, PaymentStatus.FAILED, Problem.INSUFFICIENT_BALANCE);
    assertThat(bench.balance("balance")).isEqualTo("1000.00");
    assertThat(bench.psp().ledger().sum()).isEqualTo("0");
    var card =
        bench.take(
            bench
                .request("Q-2", Bench.SHOP, "S-1", "1000.01")
                .put("instrument_ref", bench.instrument("card")));
    assertThat(bench.approve(card).now().status()).isEqualTo(PaymentStatus.PAID);
  }

  @Test
  void anInstrumentFrozenInBetweenDoesNotPay() {
    var waiting = bench.waiting("S-1", "1.00");
    bench.psp().instruments().freeze(Bench.PRINCIPAL, waiting.asked().instrumentRef());
    assertEnded(bench.approve(waiting), PaymentStatus.FAILED, Problem.INSTRUMENT_INVALID);
  }

  @Test
  void theSameRequestGetsTheSamePaymentAlsoAfterALostAnswer() {
    var request = bench.request("Q-1", Bench.SHOP, "S-1", "10.00");
    var first = bench.take(request);
    bench.approve(first);
    bench.restart();
    bench.now.set(Bench.START.plus(Duration.ofHours(1)));
    var again = bench.take(request);
    assertThat(again.tradeNo()).isEqualTo(first.tradeNo());
    assertThat(again.now().status()).isEqualTo(PaymentStatus.PAID);
    var found = bench.psp().payments().list(agent(), "Q-1", null).items();
    assertThat(found).singleElement().satisfies(one -> assertThat(one.proof()).isNotNull());
    assertThat(bench.balance("balance")).isEqualTo("990.00");
  }

  @Test
  void twoRequestsForOneOrderNeverDebitTwice() {
    var trades = new CopyOnWriteArrayList<Trade>();
    var codes = new CopyOnWriteArrayList<Problem>();
    var requests =
        List.of("a", "b", "c", "d", "e", "f").stream()
            .map(id -> bench.request("Q-" + id, Bench.SHOP, "S-1", "10.00"))
            .toList();
    Bench.atOnce(
        requests.size(),
        i -> {
          try {
            trades.add(bench.take(requests.get(i)));
          } catch (Refusal refusal) {
            codes.add(refusal.problem());
          }
        });
    assertThat(trades).hasSize(1);
    assertThat(codes).hasSize(5).containsOnly(Problem.DUPLICATE_REQUEST);
    bench.approve(trades.getFirst());
    assertThat(refused(() -> bench.take(bench.request("Q-z", Bench.SHOP, "S-1", "10.00"))))
        .isEqualTo(Problem.PAYMENT_CLOSED);
    assertThat(bench.balance("balance")).isEqualTo("990.00");
  }

  @Test
  void aDeclinedOrderMayBeAskedForAgain() {
    decide("S-1", "DECLINE");
    var again = bench.take(bench.request("Q-2", Bench.SHOP, "S-1", "1.00"));
    assertThat(bench.approve(again).now().status()).isEqualTo(PaymentStatus.PAID);
  }

  @Test
  void aWaitingQueryHearsOfTheDecision() throws Exception {
    var waiting = bench.waiting("S-1", "1.00");
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var query =
          threads.submit(
              () -> bench.psp().payments().get(waiting.tradeNo(), agent(), Duration.ofSeconds(20)));
      bench.approve(waiting);
      assertThat(query.get(10, java.util.concurrent.TimeUnit.SECONDS).status())
          .isEqualTo(PaymentStatus.PAID);
    }
  }

  private Trade decide(String orderNo, String decision) {
    var waiting = bench.waiting(orderNo, "1.00");
    return bench
        .psp()
        .approvals()
        .decide(waiting.tradeNo(), new ApprovalRequest(decision, null, null), Bench.YOU);
  }

  private static void assertEnded(
      Trade trade, PaymentStatus status, @org.jspecify.annotations.Nullable Problem failure) {
    assertThat(trade.now().status()).isEqualTo(status);
    assertThat(trade.now().failure()).isEqualTo(failure);
    assertThat(trade.now().state()).isEqualTo(TransactionState.TRADE_CLOSED);
  }

  private void wrongPin(Trade trade) {
    assertThat(
            refused(
                () ->
                    bench
                        .psp()
                        .approvals()
                        .decide(trade.tradeNo(), bench.approval(trade, "111111"), Bench.YOU)))
        .isEqualTo(Problem.PIN_WRONG);
  }

  private static Problem refused(ThrowingCallable work) {
    return catchThrowableOfType(Refusal.class, work).problem();
  }

  private static Caller agent() {
    return new Caller(Role.AGENT, Bench.AGENT);
  }
}
