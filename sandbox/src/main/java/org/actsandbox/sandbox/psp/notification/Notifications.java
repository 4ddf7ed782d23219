package org.actsandbox.sandbox.psp.notification;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.RetrySchedule;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notifies merchants of the results of payments (ACT PSD-8). A notification is stored in the
 * transaction of the change, sent after it, and sent again with growing pauses until a 2xx; the
 * merchant recognizes a repetition by its id.
 */
public final class Notifications implements DueWork {

  private static final RetrySchedule SCHEDULE =
      RetrySchedule.ending(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6));

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String REFUND = "refund_succeeded";

  /** The number of parallel attempts while a clock operation waits for them. */
  private static final int PARALLEL_ATTEMPTS = 32;

  /** The number of attempts that a running clock starts at a time. */
  private static final int MAX_STARTED = 200;

  private final PspWorld world;
  private final NotificationOutbox store;
  private final MerchantQueues merchantQueues;
  private final ParticipantClient client;
  private final Set<String> underway = ConcurrentHashMap.newKeySet();

  public Notifications(PspWorld world) {
    this.world = world;
    this.store = new NotificationOutbox(world);
    this.merchantQueues = new MerchantQueues(world.agenda());
    this.client = new ParticipantClient(world.outbound(), world.did(), TIMEOUT);
  }

  /** Returns the pause between the first attempt and the second. */
  public static Duration firstPause() {
    return SCHEDULE.first();
  }

  /** Signs and stores a notification in the caller's transaction and returns its id. */
  public String add(String event, Trade trade) {
    return add(sign(event, trade));
  }

  /** Stores a signed notification in the caller's transaction and returns its id. */
  public String add(NotificationEntry signed) {
    store.add(signed);
    return signed.notificationId();
  }

  /** Makes and signs a notification without storing it. */
  public NotificationEntry sign(String event, Trade trade) {
    var id = world.ids().next("N");
    var now = world.now();
    var paymentTerms = trade.terms();
    // A partial refund states its own amount: if it looked like the whole, the merchant would
    // release what it sold.
    var amount = event.equals(REFUND) ? trade.progress().refunded() : paymentTerms.amount();
    var message =
        new PspMessages.Notification(
            id,
            event,
            trade.tradeNo(),
            paymentTerms.bill().orderNo(),
            paymentTerms.bill().resourceId(),
            amount.decimal(),
            amount.currency().getCurrencyCode(),
            trade.progress().state(),
            now,
            null,
            null,
            null);
    var signed = SignedJson.sign((ObjectNode) Json.tree(message), world.signer());
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
        merchantQueues.due(now, SCHEDULE.first()),
        null,
        null);
  }

  /** Makes the first attempt in the background or by the clock; must be called after the commit. */
  public void sendAfterCommit(String id, Trade trade) {
    if (!start(id, trade.terms().bill().payee())) {
      world.agenda().wakeAt(merchantQueues.due(world.now(), SCHEDULE.first()));
    }
  }

  /** Lists a merchant's notifications, newest first. */
  public Page<NotificationEntry.NotificationView> log(Did payee, @Nullable String cursor) {
    return PageCursor.page(
        store.newest(payee, PageCursor.parse(cursor)),
        entry -> new PageCursor(entry.createdAt(), entry.notificationId()),
        NotificationEntry::shown);
  }

  /**
   * Sends a notification again at once, also one that was delivered or given up.
   *
   * @throws Refusal {@code not_found}, also for another merchant's notification
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

  /**
   * Starts what is due; an attempt that finds no place is due again soon, so a silent merchant only
   * delays itself.
   */
  @Override
  public void startDue(Instant now) {
    var again = now.plus(SCHEDULE.first());
    var due =
        world.inTransaction(
            () -> {
              var claimed = store.due(now, MAX_STARTED);
              claimed.forEach(each -> store.postpone(each.id(), again));
              return claimed;
            });
    due.forEach(each -> start(each.id(), each.payee()));
    nextDue().ifPresent(world.agenda()::wakeAt);
  }

  private boolean start(String id, Did payee) {
    return merchantQueues.start(payee, "notify-" + id, () -> attempt(id, world.now()));
  }

  /** Attempts each due notification once. */
  @Override
  public void fireDue(Instant now) {
    var due = due(now);
    while (!due.isEmpty() && !merchantQueues.isClosed()) {
      if (!attemptAll(due, now)) {
        return;
      }
      var next = due(now);
      if (next.equals(due)) {
        // All of them are under way in other threads; their outcome sets the next time.
        break;
      }
      due = next;
    }
    nextDue().ifPresent(world.agenda()::wakeAt);
  }

  private List<String> due(Instant now) {
    return store.due(now, PARALLEL_ATTEMPTS).stream().map(NotificationOutbox.Due::id).toList();
  }

  /**
   * Attempts in parallel, so that one dead merchant does not delay the others; but one after
   * another while the clock is stopped, so that the order is always the same. Returns false when
   * interrupted.
   */
  private boolean attemptAll(List<String> due, Instant now) {
    if (world.agenda().isStopped()) {
      due.forEach(id -> attempt(id, now));
      return true;
    }
    return due.stream()
        .map(id -> Thread.ofVirtual().name("notify-" + id).start(() -> attempt(id, now)))
        .toList()
        .stream()
        .allMatch(Notifications::join);
  }

  /** Stops sending; unsent notifications stay in the table. */
  public void close() {
    merchantQueues.close();
  }

  private static boolean join(Thread attempt) {
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
    // A failed repetition of a delivered notification leaves it delivered.
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
    return entry.status() == NotificationEntry.Status.PENDING
        ? SCHEDULE.next(now, entry.attempts()).orElse(null)
        : null;
  }

  private record Outcome(boolean delivered, String text) {}

  private Outcome call(NotificationEntry entry) {
    var payee = world.payees().apply(new Did(entry.payee()));
    if (payee.isEmpty()) {
      return new Outcome(false, "the merchant has no address");
    }
    Map<String, String> headers =
        entry.intentId() == null ? Map.of() : Map.of("Act-Intent-Id", entry.intentId());
    var message = entry.body().getBytes(StandardCharsets.UTF_8);
    return switch (client.tell(payee.get().notifications(), message, headers)) {
      case ParticipantAnswer.Done done -> new Outcome(true, "status " + done.status());
      case ParticipantAnswer.Refused refused -> new Outcome(false, "status " + refused.status());
      case ParticipantAnswer.Unknown unknown -> new Outcome(false, unknown.why());
    };
  }

  private void note(NotificationEntry entry, NotificationEntry.Status status, String outcome) {
    var event =
        switch (status) {
          case DELIVERED -> JournalEvent.NOTIFICATION_DELIVERED;
          case GIVEN_UP -> JournalEvent.NOTIFICATION_GIVEN_UP;
          case PENDING -> JournalEvent.NOTIFICATION_POSTPONED;
        };
    world.note(
        JournalNote.Kind.STATE,
        event,
        Map.of(JournalIds.TRADE_NO, entry.tradeNo()),
        Map.of(
            "notification_id", entry.notificationId(),
            "event", entry.event(),
            "attempt", String.valueOf(entry.attempts() + 1),
            "outcome", outcome));
  }
}
