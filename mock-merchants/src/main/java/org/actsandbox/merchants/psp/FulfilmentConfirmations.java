package org.actsandbox.merchants.psp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.participant.RepeatableWork;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.time.AfterCommit;
import org.actsandbox.protocol.time.DueWork;

/**
 * Confirms deliveries to the payment service (ACT A402-7): at once in the background, and again
 * until it answers. A slow or silent payment service never undoes a delivery.
 */
public final class FulfilmentConfirmations {

  /**
   * The most confirmations in the background at one time. More would only queue at the payment
   * service; the retries send those that find no place.
   */
  private static final int MAX_CONCURRENT = 32;

  private final MerchantContext merchantContext;
  private final ParticipantClient psp;
  private final PspRetries pspRetries;
  private final AfterCommit afterCommit;
  private final OrderRows orders;

  /** The deliveries that were just stored and not sent yet, by order number. */
  private final Map<String, Pending> unsent = new ConcurrentHashMap<>();

  public FulfilmentConfirmations(
      MerchantContext merchantContext, ParticipantClient psp, OrderRows orders) {
    this.merchantContext = merchantContext;
    this.psp = psp;
    this.orders = orders;
    this.pspRetries =
        new PspRetries(
            merchantContext,
            "merchant_delivery",
            "order_no",
            "fulfilment_confirmation",
            this::attempt);
    this.afterCommit = new AfterCommit(merchantContext.world().agenda(), MAX_CONCURRENT);
  }

  public DueWork retries() {
    return pspRetries;
  }

  /** Returns when the retries begin; the code that stores a delivery writes it into the row. */
  public Instant firstDue(Instant now) {
    return afterCommit.rowDueAt(now, PspRetries.SCHEDULE.first());
  }

  /**
   * Is a delivery as its row has it.
   *
   * @param requestId the id of its confirmation
   * @param delivery the JSON that the paid resource answered
   * @param retryAt when the retries begin
   */
  public record StoredDelivery(
      String orderNo,
      String tradeNo,
      String resourceId,
      String requestId,
      String delivery,
      Instant deliveredAt,
      Instant retryAt) {}

  /**
   * Starts the first attempt; must be called after the delivery is committed, by the one that
   * stored it.
   */
  public void confirmAfterCommit(StoredDelivery stored) {
    var orderNo = stored.orderNo();
    pspRetries.rowAdded(stored.retryAt());
    if (unsent.size() < MAX_CONCURRENT) {
      unsent.put(orderNo, new Pending(stored, 0, "PENDING"));
    }
    if (!afterCommit.start("confirm-" + orderNo, () -> attempt(orderNo))) {
      unsent.remove(orderNo);
      pspRetries.wakeAt(stored.retryAt());
    }
  }

  /** Stops the background work; unsent confirmations stay in their table. */
  public void close() {
    afterCommit.close();
  }

  private record Pending(StoredDelivery row, int attempts, String outcome) {

    boolean isPending() {
      return outcome.equals("PENDING");
    }
  }

  /**
   * Returns the confirmation of a delivery, unsigned, sent or not; empty if nothing was delivered.
   */
  public Optional<PspMessages.FulfilmentConfirmation> of(String orderNo) {
    return find(orderNo).map(FulfilmentConfirmations::unsigned);
  }

  private boolean attempt(String orderNo) {
    var mine = unsent.remove(orderNo);
    return (mine == null ? find(orderNo) : Optional.of(mine))
        .filter(Pending::isPending)
        .map(this::attempt)
        .orElse(true);
  }

  private Optional<Pending> find(String orderNo) {
    return merchantContext
        .world()
        .jdbc()
        .sql(
            """
                select order_no, trade_no, resource_id, confirmation_request_id, delivery,
                  delivered_at, coalesce(next_attempt_at, delivered_at), attempts, fulfilment
                from merchant_delivery
                where world = ? and merchant = ? and order_no = ?
                """)
        .params(merchantContext.partition(), merchantContext.id(), orderNo)
        .query(
            (row, _) ->
                new Pending(
                    new StoredDelivery(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        TimeColumns.instant(row, 6),
                        TimeColumns.instant(row, 7)),
                    row.getInt(8),
                    row.getString(9)))
        .optional();
  }

  private boolean attempt(Pending pending) {
    return switch (psp.post(merchantContext.world().psp().at("/fulfilments"), message(pending))) {
      case ParticipantAnswer.Done _ -> {
        settle(
            pending,
            "CONFIRMED",
            JournalNote.Kind.STATE,
            JournalEvent.FULFILMENT_CONFIRMED,
            Map.of());
        yield true;
      }
      case ParticipantAnswer.Refused refused -> {
        giveUp(pending, "refused with %d %s".formatted(refused.status(), refused.code()));
        yield true;
      }
      case ParticipantAnswer.Unknown unknown -> {
        scheduleRetry(pending, unknown.detail());
        yield false;
      }
    };
  }

  private PspMessages.FulfilmentConfirmation message(Pending pending) {
    return SignedJson.sign(
        unsigned(pending),
        PspMessages.FulfilmentConfirmation.class,
        merchantContext.world().signer());
  }

  private static PspMessages.FulfilmentConfirmation unsigned(Pending pending) {
    return new PspMessages.FulfilmentConfirmation(
        pending.row().requestId(),
        pending.row().tradeNo(),
        pending.row().orderNo(),
        pending.row().resourceId(),
        pending.row().deliveredAt(),
        RequestFingerprint.digest(pending.row().delivery().getBytes(StandardCharsets.UTF_8)),
        null,
        null,
        null);
  }

  private void scheduleRetry(Pending pending, String why) {
    var next = PspRetries.SCHEDULE.next(merchantContext.now(), pending.attempts() + 1);
    if (next.isEmpty()) {
      giveUp(pending, "no answer after %d attempts: %s".formatted(pending.attempts() + 1, why));
      return;
    }
    pspRetries.failed(pending.row().orderNo(), next.get());
    merchantContext.note(JournalEvent.FULFILMENT_PENDING, ids(pending), Map.of("why", why));
  }

  private void giveUp(Pending pending, String why) {
    settle(
        pending,
        "FAILED",
        JournalNote.Kind.REFUSAL,
        JournalEvent.FULFILMENT_REFUSED,
        Map.of("why", why));
  }

  private void settle(
      Pending pending,
      String outcome,
      JournalNote.Kind kind,
      JournalEvent event,
      Map<String, String> data) {
    var update =
        merchantContext
            .world()
            .jdbc()
            .sql(
                """
                update merchant_delivery set fulfilment = ?, next_attempt_at = null
                where world = ? and merchant = ? and order_no = ? and fulfilment = 'PENDING'
                """)
            .params(
                outcome,
                merchantContext.partition(),
                merchantContext.id(),
                pending.row().orderNo());
    boolean won =
        RepeatableWork.call(
            () -> orders.changing(pending.row().orderNo(), () -> update.update() == 1));
    if (won) {
      merchantContext.note(kind, event, ids(pending), data);
    }
  }

  private static Map<String, String> ids(Pending pending) {
    return Map.of(
        JournalIds.ORDER_NO, pending.row().orderNo(),
        JournalIds.TRADE_NO, pending.row().tradeNo(),
        JournalIds.RESOURCE_ID, pending.row().resourceId());
  }
}
