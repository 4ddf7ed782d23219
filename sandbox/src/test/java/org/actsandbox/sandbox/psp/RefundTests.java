package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what follows a payment: verification of proofs, confirmation of deliveries, refunds. */
class RefundTests {

  private final PspTestBench pspTestBench = new PspTestBench();

  @AfterEach
  void close() {
    pspTestBench.close();
  }

  @Test
  void partialRefundsAddUpToWhatWasPaidAndNoFurther() {
    var paid = pspTestBench.paid("S-1", "100.00");
    assertThat(refund("B-1", paid, "60.00").refundedTotal()).isEqualTo("60.00");
    assertThat(refused(() -> refund("B-2", paid, "40.01"))).isEqualTo(Problem.REFUND_EXCEEDS);
    var last = refund("B-3", paid, "40.00");
    assertThat(last.transactionState()).isEqualTo(TransactionState.TRADE_CLOSED);
    assertThat(refused(() -> refund("B-4", paid, "0.01"))).isEqualTo(Problem.REFUND_EXCEEDS);
    assertThat(pspTestBench.balance("balance")).isEqualTo("20000.00");
    assertThat(pspTestBench.balance("merchant:luma-mart")).isEqualTo("0.00");
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
  }

  @Test
  void theSameRefundRequestPaysBackOnce() {
    var paid = pspTestBench.paid("S-1", "100.00");
    var numbers = new CopyOnWriteArrayList<String>();
    PspTestBench.atOnce(10, _ -> numbers.add(refund("B-1", paid, "30.00").refundNo()));
    assertThat(numbers).hasSize(10);
    assertThat(numbers.stream().distinct()).hasSize(1);
    assertThat(pspTestBench.balance("balance")).isEqualTo("19930.00");
    assertThat(refused(() -> refund("B-1", paid, "31.00"))).isEqualTo(Problem.DUPLICATE_REQUEST);
    assertThat(pspTestBench.psp().refunds().get(PspTestBench.SHOP, "B-1").amount())
        .isEqualTo("30.00");
    assertThat(refused(() -> pspTestBench.psp().refunds().get(PspTestBench.RAIL, "B-1")))
        .isEqualTo(Problem.NOT_FOUND);
  }

  @Test
  void refundsAtOnceNeverGiveBackMoreThanWasPaid() {
    var paid = pspTestBench.paid("S-1", "100.00");
    var refusals = new CopyOnWriteArrayList<Problem>();
    PspTestBench.atOnce(
        8,
        i -> {
          try {
            refund("B-" + i, paid, "30.00");
          } catch (Refusal refusal) {
            refusals.add(refusal.problem());
          }
        });
    assertThat(refusals).hasSize(5).containsOnly(Problem.REFUND_EXCEEDS);
    assertThat(pspTestBench.balance("balance")).isEqualTo("19990.00");
  }

  @Test
  void onlyThePayeeRefundsAndOnlyWhatWasPaid() {
    var paid = pspTestBench.paid("S-1", "100.00");
    assertThat(
            refused(
                () ->
                    pspTestBench
                        .psp()
                        .refunds()
                        .refund(
                            pspTestBench.refundRequest(
                                "B-1", paid.tradeNo(), "1.00", PspTestBench.RAIL),
                            PspTestBench.RAIL)))
        .isEqualTo(Problem.KEY_FORBIDDEN);
    assertThat(
            refused(
                () ->
                    pspTestBench
                        .psp()
                        .refunds()
                        .refund(
                            pspTestBench.refundRequest(
                                "B-1", paid.tradeNo(), "1.00", PspTestBench.SHOP),
                            PspTestBench.RAIL)))
        .isEqualTo(Problem.KEY_FORBIDDEN);
    var waiting = pspTestBench.waiting("S-2", "1.00");
    assertThat(refused(() -> refund("B-2", waiting, "1.00"))).isEqualTo(Problem.REFUND_NOT_ALLOWED);
    var stale = pspTestBench.refundRequest("B-3", paid.tradeNo(), "1.00", PspTestBench.SHOP);
    pspTestBench.now.set(PspTestBench.START.plus(Duration.ofMinutes(6)));
    assertThat(refused(() -> pspTestBench.psp().refunds().refund(stale, PspTestBench.SHOP)))
        .isEqualTo(Problem.EXPIRED_REQUEST);
  }

  @Test
  void aFinishedTradeStaysFinishedWhenItIsRefunded() {
    var paid = pspTestBench.paid("S-1", "100.00");
    assertThat(confirm(paid, "sha-256:a").transactionState())
        .isEqualTo(TransactionState.TRADE_FINISHED);
    assertThat(refund("B-1", paid, "100.00").transactionState())
        .isEqualTo(TransactionState.TRADE_FINISHED);
  }

  @Test
  void aChangeOfProgressThatAnotherHasMadeMeanwhileIsLost() {
    var trades = new Trades(pspTestBench.world());
    var paid = pspTestBench.paid("S-1", "100.00");
    refund("B-1", paid, "40.00");
    var refunded = trades.get(paid.tradeNo());

    assertThat(trades.updateIfUnchanged(paid.progress(), paid.deliver("sha-256:a"))).isFalse();
    assertThat(trades.get(paid.tradeNo())).isEqualTo(refunded);
    assertThat(trades.updateIfUnchanged(refunded.progress(), refunded.deliver("sha-256:a")))
        .isTrue();
    assertThat(confirm(paid, "sha-256:a").transactionState())
        .isEqualTo(TransactionState.TRADE_FINISHED);
  }

  @Test
  void aDeliveryIsConfirmedOnceByItsMerchant() {
    var paid = pspTestBench.paid("S-1", "100.00");
    confirm(paid, "sha-256:a");
    assertThat(confirm(paid, "sha-256:a").transactionState())
        .isEqualTo(TransactionState.TRADE_FINISHED);
    assertThat(refused(() -> confirm(paid, "sha-256:b"))).isEqualTo(Problem.DUPLICATE_REQUEST);
    assertThat(
            refused(
                () ->
                    pspTestBench
                        .psp()
                        .fulfilments()
                        .confirm(
                            pspTestBench.fulfilment(paid, "sha-256:a", PspTestBench.RAIL),
                            PspTestBench.RAIL,
                            false)))
        .isEqualTo(Problem.KEY_FORBIDDEN);
    var waiting = pspTestBench.waiting("S-2", "1.00");
    assertThat(refused(() -> confirm(waiting, "sha-256:a"))).isEqualTo(Problem.ILLEGAL_TRANSITION);
    var moves =
        pspTestBench.journal.stream()
            .filter(note -> note.event().equals("payment-state-changed"))
            .filter(note -> paid.tradeNo().equals(note.ids().get("trade_no")))
            .map(note -> String.valueOf(note.data().get("to")));
    assertThat(moves)
        .containsExactly(
            "WAIT_BUYER_PAY", "WAIT_SELLER_FULFILLMENT", "WAIT_BUYER_RECEIPT", "TRADE_FINISHED");
  }

  @Test
  void aProofIsActiveUntilRefundedOrExpiredAndForItsMerchantOnly() {
    var paid = pspTestBench.paid("S-1", "100.00");
    assertThat(verify(paid).active()).isTrue();
    refund("B-1", paid, "40.00");
    assertThat(verify(paid).active()).isTrue();
    var query = query(paid);
    assertThat(refused(() -> pspTestBench.psp().proofs().verify(query, PspTestBench.RAIL)))
        .isEqualTo(Problem.PROOF_MISMATCH);
    var other = pspTestBench.paid("S-2", "100.00");
    var mixed = new PspMessages.ProofQuery(query.paymentProof(), other.tradeNo());
    assertThat(refused(() -> pspTestBench.psp().proofs().verify(mixed, PspTestBench.SHOP)))
        .isEqualTo(Problem.PROOF_MISMATCH);
    refund("B-2", paid, "60.00");
    assertThat(verify(paid).active()).isFalse();
    pspTestBench.now.set(PspTestBench.START.plus(Duration.ofHours(25)));
    assertThat(verify(other).active()).isFalse();
  }

  @Test
  void oldKeysStillVerifyAfterARotation() {
    var before = pspTestBench.paid("S-1", "1.00");
    pspTestBench.addKey(PspTestBench.PSP, 2);
    var after = pspTestBench.paid("S-2", "1.00");
    assertThat(pspTestBench.psp().proofs().keySet().keys().keySet())
        .containsExactly("did:act:sandbox-pay#key-1", "did:act:sandbox-pay#key-2");
    assertThat(verify(before).active()).isTrue();
    assertThat(verify(after).active()).isTrue();
  }

  private PspMessages.Refund refund(String id, Trade trade, String amount) {
    return pspTestBench
        .psp()
        .refunds()
        .refund(
            pspTestBench.refundRequest(id, trade.tradeNo(), amount, PspTestBench.SHOP),
            PspTestBench.SHOP);
  }

  private org.actsandbox.sandbox.psp.proof.Fulfilments.Confirmed confirm(
      Trade trade, String digest) {
    return pspTestBench
        .psp()
        .fulfilments()
        .confirm(
            pspTestBench.fulfilment(trade, digest, PspTestBench.SHOP), PspTestBench.SHOP, false);
  }

  private PspMessages.ProofAnswer verify(Trade trade) {
    return pspTestBench.psp().proofs().verify(query(trade), PspTestBench.SHOP);
  }

  private static PspMessages.ProofQuery query(Trade trade) {
    return new PspMessages.ProofQuery(
        Objects.requireNonNull(trade.progress().paid()).proof(), trade.tradeNo());
  }

  private static Problem refused(ThrowingCallable work) {
    return catchThrowableOfType(Refusal.class, work).problem();
  }
}
