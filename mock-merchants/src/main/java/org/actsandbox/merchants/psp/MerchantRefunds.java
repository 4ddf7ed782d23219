package org.actsandbox.merchants.psp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.OrderRefund;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/**
 * Pays money back: reserves the refund together with the decision and asks the payment service for
 * it until it answers. The same refund request id never pays back twice.
 */
public final class MerchantRefunds {

  private final MerchantContext merchantContext;
  private final ParticipantClient psp;
  private final MerchantRefundStore store;
  private final PspRetries pspRetries;

  public MerchantRefunds(MerchantContext merchantContext, ParticipantClient psp, OrderRows orders) {
    this.merchantContext = merchantContext;
    this.psp = psp;
    this.store = new MerchantRefundStore(merchantContext, orders);
    this.pspRetries =
        new PspRetries(
            merchantContext, "merchant_refund", "refund_request_id", "refund", this::attempt);
  }

  public DueWork retries() {
    return pspRetries;
  }

  /** Returns the refunds of an order, the oldest first. */
  public List<OrderRefund> ofOrder(String orderNo) {
    return store.ofOrder(orderNo);
  }

  /** Represents a refund that was decided and is not yet asked of the payment service. */
  public record DecidedRefund(
      String refundRequestId, String orderNo, String tradeNo, Money amount, String reason) {}

  /**
   * Says whether this very refund was asked for before.
   *
   * @param amount null if all that is left is meant
   * @throws Refusal {@code duplicate_request} when the id belongs to another refund
   */
  public boolean isKnown(String refundRequestId, String orderNo, @Nullable Money amount) {
    var known = store.find(refundRequestId);
    if (known.isEmpty()) {
      return false;
    }
    if (!known.get().orderNo().equals(orderNo)
        || (amount != null && !amount.equals(known.get().amount()))) {
      throw new Refusal(
              Problem.DUPLICATE_REQUEST, "this refund request id stands for another refund")
          .at("refund_request_id")
          .observed(refundRequestId)
          .remedy("Use a new refund_request_id for another refund.");
    }
    return true;
  }

  /**
   * Reserves the amount on the order and stores the refund, in the caller's transaction.
   *
   * @throws Refusal {@code refund_exceeds} when more would go back than was paid
   */
  public void reserve(DecidedRefund decidedRefund) {
    if (!store.reserve(decidedRefund.orderNo(), decidedRefund.amount())) {
      throw new Refusal(Problem.REFUND_EXCEEDS, "more would be given back than was paid")
          .at("amount")
          .observed(decidedRefund.amount().toString());
    }
    if (!store.add(decidedRefund, true, merchantContext.now(), firstRetry())) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this refund request id is being used already")
          .at("refund_request_id")
          .observed(decidedRefund.refundRequestId());
    }
  }

  /**
   * Stores the refund of a whole trade that paid for nothing, because the order was paid by another
   * trade or was over. Runs in the caller's transaction; false when it was stored before.
   */
  public boolean giveBackTrade(DecidedRefund decidedRefund) {
    return store.add(decidedRefund, false, merchantContext.now(), firstRetry());
  }

  private Instant firstRetry() {
    return merchantContext.now().plus(PspRetries.SCHEDULE.first());
  }

  /**
   * Makes one attempt, after the commit; false when the payment service gave no answer, so that the
   * refund must be tried again.
   */
  public boolean attempt(String refundRequestId) {
    pspRetries.rowAdded(merchantContext.now());
    var refund = store.find(refundRequestId).orElseThrow();
    if (!refund.isPending()) {
      return true;
    }
    return switch (psp.post(merchantContext.world().psp().at("/refunds"), request(refund))) {
      case ParticipantAnswer.Done(int _, var body) -> {
        settle(refund, body.path("refund_no").asString(""));
        yield true;
      }
      case ParticipantAnswer.Refused refused -> {
        giveUp(refund, "refused with %d %s".formatted(refused.status(), refused.code()), true);
        yield true;
      }
      case ParticipantAnswer.Unknown unknown -> {
        scheduleRetry(refund, unknown.detail());
        yield false;
      }
    };
  }

  private PspMessages.RefundRequest request(MerchantRefundStore.Stored refund) {
    var request =
        new PspMessages.RefundRequest(
            refund.refundRequestId(),
            refund.tradeNo(),
            refund.amount().decimal(),
            refund.amount().currency().getCurrencyCode(),
            refund.reason(),
            merchantContext.now(),
            null,
            null,
            null);
    return SignedJson.sign(
        request, PspMessages.RefundRequest.class, merchantContext.world().signer());
  }

  private void settle(MerchantRefundStore.Stored refund, String refundNo) {
    boolean first =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  if (!store.done(refund, refundNo, merchantContext.now())) {
                    return false;
                  }
                  if (refund.reserved() && store.addRefunded(refund)) {
                    merchantContext.vertical().release(refund.orderNo());
                  }
                  return true;
                });
    if (first) {
      note(JournalNote.Kind.STATE, JournalEvent.REFUNDED, refund, Map.of("refund_no", refundNo));
    }
  }

  private void scheduleRetry(MerchantRefundStore.Stored refund, String why) {
    var next = PspRetries.SCHEDULE.next(merchantContext.now(), refund.attempts() + 1);
    if (next.isEmpty()) {
      giveUp(
          refund, "no answer after %d attempts: %s".formatted(refund.attempts() + 1, why), false);
      return;
    }
    pspRetries.failed(refund.refundRequestId(), next.get());
    note(JournalNote.Kind.STATE, JournalEvent.REFUND_PENDING, refund, Map.of("why", why));
  }

  /**
   * Marks the refund as failed.
   *
   * @param certain true if the payment service refused, so that the amount is free again; after
   *     mere silence it is unknown whether the money went back, and the reservation stays
   */
  private void giveUp(MerchantRefundStore.Stored refund, String why, boolean certain) {
    boolean first =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  boolean won = store.failed(refund, why, merchantContext.now());
                  if (won && certain && refund.reserved()) {
                    store.unreserve(refund);
                  }
                  return won;
                });
    if (first) {
      note(JournalNote.Kind.REFUSAL, JournalEvent.REFUND_FAILED, refund, Map.of("why", why));
    }
  }

  private void note(
      JournalNote.Kind kind,
      JournalEvent event,
      MerchantRefundStore.Stored refund,
      Map<String, String> more) {
    var data = new TreeMap<String, String>(more);
    data.put("refund_request_id", refund.refundRequestId());
    data.put("amount", refund.amount().decimal());
    merchantContext.note(
        kind,
        event,
        Map.of(JournalIds.ORDER_NO, refund.orderNo(), JournalIds.TRADE_NO, refund.tradeNo()),
        data);
  }
}
