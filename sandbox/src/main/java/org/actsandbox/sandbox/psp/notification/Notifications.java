package org.actsandbox.sandbox.psp.notification;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells merchants what became of payments (ACT PSD-8). Written down in the transaction of the
 * change, sent after it, and again with growing pauses until a 2xx; the merchant takes a repeat by
 * its id.
 */
public final class Notifications implements DueWork {

  /** Pauses before the second, third, ... attempt; after the last one the PSP gives up. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6));

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String REFUND = "refund_succeeded";
  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_INS;

  /** Side by side when an order to the clock waits for them. */
  private static final int AT_ONCE = 32;

  /** Set going in one go by a clock that runs. */
  private static final int STARTED_AT_ONCE = 200;

  private final PspWorld world;
  private final NotificationOutbox store;
  private final MerchantQueues merchantQueues;
  private final Set<String> underway = ConcurrentHashMap.newKeySet();

  public Notifications(PspWorld world) {
    this.world = world;
    this.store = new NotificationOutbox(world);
    this.merchantQueues = new MerchantQueues(world.agenda());
  }

  /** Between the first attempt and the second. */
  public static Duration firstPause() {
    return PAUSES.getFirst();
  }

  /** Writes it down, in the caller's transaction; returns its id. */
  public String add(String event, Trade trade) {
    return add(sign(event, trade));
  }

  /** Likewise, what was signed before. */
  public String add(NotificationEntry signed) {
    store.add(signed);
    return signed.notificationId();
  }

  /** What there is to tell; not written down yet. */
  public NotificationEntry sign(String event, Trade trade) {
    var id = world.ids().next("N");
    var now = world.now();
    var paymentTerms = trade.asked();
    // A part that went back must not look like the whole: the merchant would free what it sold.
    var amount = event.equals(REFUND) ? trade.now().refunded() : paymentTerms.amount();
    var message =
        new PspMessages.Notification(
            id,
            event,
            trade.tradeNo(),
            paymentTerms.bill().orderNo(),
            paymentTerms.bill().resourceId(),
            amount.decimal(),
            amount.currency().getCurrencyCode(),
            trade.now().state(),
            now,
            null,
            null,
            null);
    var signed = SignedJson.sign((ObjectNode) Json.tree(message), world.signer().get());
    return new NotificationEntry(
        id,
        paymentTerms.bill().payee().value(),
        event,
        trade.tradeNo(),
        paymentTerms.intentId(),
        Json.write(signed),
        now,
        NotificationEntry.Status.PENDING,
        0,
        merchantQueues.due(now, PAUSES.getFirst()),
        null,
        null);
  }

  /** First attempt, in the background or by the clock; to be called after the commit. */
  public void sendAfterCommit(String id, Trade trade) {
    if (!started(id, trade.asked().bill().payee())) {
      world.agenda().wakeAt(merchantQueues.due(world.now(), PAUSES.getFirst()));
    }
  }

  /** Newest first. */
  public Page<NotificationEntry.NotificationView> log(Did payee, @Nullable String cursor) {
    return PageCursor.page(
        store.newest(payee, PageCursor.parse(cursor)),
        entry -> new PageCursor(entry.createdAt(), entry.notificationId()),
        NotificationEntry::shown);
  }

  /**
   * Sends once more, at once, also what was delivered or given up.
   *
   * @throws Refusal {@code not_found}, also for another merchant's
   */
  public NotificationEntry.NotificationView resend(Did payee, String id) {
    var entry = store.find(id).filter(found -> found.payee().equals(payee.value()));
    if (entry.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such notification")
          .at("notification_id")
          .observed(id);
    }
    send(entry.get(), world.now());
    return store.find(id).orElseThrow().shown();
  }

  @Override
  public Optional<Instant> nextDue() {
    return store.nextDue();
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return store.waiting(limit);
  }

  /** Whoever finds no place tries again soon: a merchant that is silent holds up itself only. */
  @Override
  public void startDue(Instant now) {
    var again = now.plus(PAUSES.getFirst());
    var due =
        world.inTransaction(
            () -> {
              var claimed = store.due(now, STARTED_AT_ONCE);
              claimed.forEach(each -> store.postpone(each.id(), again));
              return claimed;
            });
    due.forEach(each -> started(each.id(), each.payee()));
    nextDue().ifPresent(world.agenda()::wakeAt);
  }

  private boolean started(String id, Did payee) {
    return merchantQueues.start(payee, "notify-" + id, () -> attempt(id, world.now()));
  }

  /** Everything due once. */
  @Override
  public void fireDue(Instant now) {
    var due = due(now);
    while (!due.isEmpty() && !merchantQueues.isClosed()) {
      if (!attempted(due, now)) {
        return;
      }
      var next = due(now);
      if (next.equals(due)) {
        // All under way elsewhere; their outcome sets their next time.
        break;
      }
      due = next;
    }
    nextDue().ifPresent(world.agenda()::wakeAt);
  }

  private List<String> due(Instant now) {
    return store.due(now, AT_ONCE).stream().map(NotificationOutbox.Due::id).toList();
  }

  /**
   * Side by side, so that one dead merchant does not hold up the others; but one after another
   * while the clock stands still, so that the order is always the same. False when interrupted.
   */
  private boolean attempted(List<String> due, Instant now) {
    if (world.agenda().isStopped()) {
      due.forEach(id -> attempt(id, now));
      return true;
    }
    return due.stream()
        .map(id -> Thread.ofVirtual().name("notify-" + id).start(() -> attempt(id, now)))
        .toList()
        .stream()
        .allMatch(Notifications::joined);
  }

  /** What was not sent stays in its table. */
  public void close() {
    merchantQueues.close();
  }

  private static boolean joined(Thread attempt) {
    try {
      attempt.join();
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void attempt(String id, Instant now) {
    if (!underway.add(id)) {
      return;
    }
    try {
      store
          .find(id)
          .filter(entry -> entry.status() == NotificationEntry.Status.PENDING)
          .ifPresent(entry -> send(entry, now));
    } finally {
      underway.remove(id);
    }
  }

  private void send(NotificationEntry entry, Instant now) {
    var outcome = call(entry);
    boolean delivered = outcome.delivered();
    var next = delivered ? null : next(entry, now);
    // A failed repeat of what was delivered changes nothing about that.
    boolean done = delivered || entry.status() == NotificationEntry.Status.DELIVERED;
    var status =
        done
            ? NotificationEntry.Status.DELIVERED
            : next == null ? NotificationEntry.Status.GIVEN_UP : NotificationEntry.Status.PENDING;
    store.attempted(entry.notificationId(), status, now, done ? null : next, outcome.text());
    if (!done && next != null) {
      world.agenda().wakeAt(next);
    }
    note(entry, status, outcome.text());
  }

  private static @Nullable Instant next(NotificationEntry entry, Instant now) {
    return entry.status() != NotificationEntry.Status.PENDING || entry.attempts() >= PAUSES.size()
        ? null
        : now.plus(PAUSES.get(entry.attempts()));
  }

  private record Outcome(boolean delivered, String text) {}

  private Outcome call(NotificationEntry entry) {
    var payee = world.payees().apply(new Did(entry.payee()));
    if (payee.isEmpty()) {
      return new Outcome(false, "the merchant has no address");
    }
    var headers = new HashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Act-Sender", world.did().value());
    if (entry.intentId() != null) {
      headers.put("Act-Intent-Id", entry.intentId());
    }
    try {
      var answer =
          world
              .outbound()
              .send(
                  new OutboundClient.Call(
                      "POST",
                      payee.get().notifications(),
                      headers,
                      entry.body().getBytes(StandardCharsets.UTF_8),
                      TIMEOUT));
      return new Outcome(answer.isSuccess(), "status " + answer.status());
    } catch (NoAnswerException silence) {
      return new Outcome(false, silence.isTimeout() ? "no answer in time" : "no answer");
    }
  }

  private void note(NotificationEntry entry, NotificationEntry.Status status, String outcome) {
    var event =
        switch (status) {
          case DELIVERED -> "notification-delivered";
          case GIVEN_UP -> "notification-given-up";
          case PENDING -> "notification-postponed";
        };
    world.note(
        JournalNote.Kind.STATE,
        COMPONENT,
        event,
        Map.of(JournalIds.TRADE_NO, entry.tradeNo()),
        Map.of(
            "notification_id", entry.notificationId(),
            "event", entry.event(),
            "attempt", String.valueOf(entry.attempts() + 1),
            "outcome", outcome));
  }
}
