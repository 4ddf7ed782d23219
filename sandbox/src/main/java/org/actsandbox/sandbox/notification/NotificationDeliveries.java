package org.actsandbox.sandbox.notification;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.participant.RepeatableWork;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.time.RetrySchedule;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the notifications of one service to all who wish to have them (ACT PSD-8). A delivery is
 * stored in the transaction of the event, sent after it, and sent again with growing pauses until a
 * 2xx; the receiver recognizes a repetition by the notification's id.
 */
public final class NotificationDeliveries implements DueWork {

  private static final RetrySchedule SCHEDULE =
      RetrySchedule.ending(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(6));

  /**
   * The pauses of notices in Alipay's form: eight attempts in 24 hours and 22 minutes (AIP-193).
   */
  private static final RetrySchedule FORM_SCHEDULE =
      RetrySchedule.ending(
          Duration.ofMinutes(4),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(15));

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** The number of parallel attempts while a clock operation waits for them. */
  private static final int PARALLEL_ATTEMPTS = 32;

  /** The number of attempts that a running clock starts at a time. */
  private static final int MAX_STARTED = 200;

  /** Ours: deliveries that one order to replay sends, one after another. */
  private static final int MAX_REPLAYED = 200;

  /** Ours: deliveries held back for one endpoint; more are given up. */
  private static final int MAX_HELD = 1_000;

  /** The number of added deliveries after which too old ones are looked for. */
  private static final int ADDED_BETWEEN_DROPS = 250;

  /** The number of deliveries that are kept in memory for their first attempt. */
  private static final int MAX_UNSENT = 64;

  private final ParticipantWorld world;
  private final NotificationChannels channels;
  private final NotificationDeliveryStore store;
  private final CallbackUrls callbacks;
  private final ReceiverQueues queues;
  private final DeliveryCalls calls;

  /** Says whether a callback was ever added here, so that the clock is not woken up in vain. */
  private volatile boolean calledBack;

  private final AtomicInteger added = new AtomicInteger();
  private final Set<String> underway = ConcurrentHashMap.newKeySet();

  /** The deliveries that were just committed and not sent yet, so that they are not read again. */
  private final Map<String, DeliveryEntry> unsent = new ConcurrentHashMap<>();

  /**
   * @param standardAddress finds the address at which a merchant is notified of payments; services
   *     that notify none of payments find none
   */
  public NotificationDeliveries(
      ParticipantWorld world,
      NotificationChannels channels,
      Function<Did, Optional<URI>> standardAddress) {
    this.world = world;
    this.channels = channels;
    this.store = new NotificationDeliveryStore(world.jdbc(), world.partition(), world.did());
    this.callbacks =
        new CallbackUrls(world.jdbc(), world.partition(), channels.endpoints().callbacks());
    this.queues = new ReceiverQueues(world.agenda());
    this.calls = new DeliveryCalls(world, channels, standardAddress, TIMEOUT);
  }

  /** Returns the pause between the first attempt and the second. */
  public static Duration firstPause() {
    return SCHEDULE.first();
  }

  /**
   * Checks an address that an agent names for one payment or one authority; null is no address.
   *
   * @throws Refusal {@code invalid_field}, {@code access_restricted}
   */
  public void requireCallable(@Nullable String callbackUrl) {
    WebhookAddress.optional("callback_url", callbackUrl, channels.allowed());
  }

  /** Remembers a checked address in the transaction that stores the subject; null is no address. */
  public void addCallback(String subject, Did agent, @Nullable String callbackUrl) {
    if (callbackUrl != null) {
      callbacks.put(subject, agent, URI.create(callbackUrl));
    }
  }

  /**
   * Addresses a notification to a merchant at its standard address, in the caller's transaction.
   */
  public void addStandard(Notification notification, Did merchant) {
    var entry =
        entry(
            notification.notificationId(),
            notification,
            merchant,
            DeliveryEntry.STANDARD,
            null,
            queues.due(world.now(), SCHEDULE.first()));
    store.add(entry);
    Transactions.afterCommit(
        () -> {
          if (unsent.size() < MAX_UNSENT) {
            unsent.put(entry.deliveryId(), entry);
          }
        });
  }

  /** Says whether one of the owners wishes to be told, so that nothing is signed in vain. */
  public boolean isWanted(NotificationEvent event, String subject, Collection<Did> owners) {
    return owners.stream()
            .flatMap(owner -> channels.endpoints().all(owner).stream())
            .anyMatch(endpoint -> endpoint.wants(event))
        || callbacks.find(subject).filter(each -> owners.contains(each.owner())).isPresent();
  }

  /**
   * Addresses a notification to the endpoints of those it concerns, and to the callback of its
   * subject, in the caller's transaction. {@link #wakeUp} must be called after the commit.
   */
  public void addWebhooks(Notification notification, Collection<Did> owners) {
    var now = world.now();
    if (!channels.endpoints().isEmpty()) {
      for (var owner : owners) {
        for (var endpoint : channels.endpoints().all(owner)) {
          if (endpoint.wants(notification.event())) {
            add(notification, endpoint, now);
          }
        }
      }
    }
    callbacks
        .find(notification.subject())
        .filter(callback -> owners.contains(callback.owner()))
        .ifPresent(
            callback -> {
              calledBack = true;
              store.add(
                  entry(
                      notification.notificationId() + "-" + DeliveryEntry.CALLBACK,
                      notification,
                      callback.owner(),
                      DeliveryEntry.CALLBACK,
                      callback.url(),
                      now));
            });
    added.incrementAndGet();
  }

  /**
   * Addresses a notice in Alipay's form to the address that the seller named for the payment, in
   * the caller's transaction. {@link #wakeUp} must be called after the commit.
   *
   * @param body the signed form
   */
  public void addForm(Notification notification, Did owner, URI url, String body) {
    calledBack = true;
    store.add(
        entry(
            notification.notificationId() + "-" + DeliveryEntry.ALIPAY,
            notification.withBody(body),
            owner,
            DeliveryEntry.ALIPAY,
            url,
            world.now()));
  }

  private DeliveryEntry add(Notification notification, WebhookEndpoint endpoint, Instant now) {
    var entry =
        entry(
            notification.notificationId() + "-" + endpoint.endpointId(),
            notification,
            endpoint.owner(),
            endpoint.endpointId(),
            null,
            endpoint.held() ? null : now);
    var isTooMany = endpoint.held() && store.held(endpoint) >= MAX_HELD;
    var kept = isTooMany ? entry.givenUp() : entry;
    store.add(kept);
    return kept;
  }

  /**
   * @param due null for one that is held back
   */
  private DeliveryEntry entry(
      String id,
      Notification notification,
      Did owner,
      String endpointId,
      @Nullable URI url,
      @Nullable Instant due) {
    return new DeliveryEntry(
        id,
        notification,
        world.did(),
        owner,
        endpointId,
        url,
        due == null ? DeliveryEntry.Status.HELD : DeliveryEntry.Status.PENDING,
        0,
        due,
        null,
        null);
  }

  /** Lets the clock send what was just committed for endpoints and callbacks. */
  public void wakeUp() {
    if (!channels.endpoints().isEmpty() || calledBack) {
      world.agenda().wakeAt(world.now());
    }
  }

  /**
   * Makes the first attempt at a merchant's standard address in the background or by the clock;
   * must be called after the commit.
   */
  public void sendAfterCommit(String notificationId, Did merchant) {
    if (!start(
        notificationId,
        NotificationDeliveryStore.receiver(DeliveryEntry.STANDARD, merchant.value()))) {
      world.agenda().wakeAt(queues.due(world.now(), SCHEDULE.first()));
    }
    wakeUp();
  }

  /**
   * Sends a notification to one endpoint at once, whether or not it wants the event; one that holds
   * back holds back this one as well.
   */
  public DeliveryEntry send(Notification notification, WebhookEndpoint endpoint) {
    var entry = world.inTransaction(() -> add(notification, endpoint, world.now()));
    return entry.status() == DeliveryEntry.Status.PENDING ? attemptNow(entry) : entry;
  }

  /** Lists deliveries of all services, newest first. */
  public Page<DeliveryEntry> log(DeliveryFilter filter, @Nullable String cursor) {
    return PageCursor.page(
        store.newest(filter, PageCursor.parse(cursor)),
        entry -> new PageCursor(entry.notification().createdAt(), entry.deliveryId()),
        entry -> entry);
  }

  /**
   * Returns a delivery of any service.
   *
   * @param owner null for any owner
   * @throws Refusal {@code not_found}, also for another owner's delivery
   */
  public DeliveryEntry require(String deliveryId, @Nullable Did owner) {
    return store
        .find(deliveryId)
        .filter(found -> owner == null || found.owner().equals(owner))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such notification")
                    .at("delivery_id")
                    .observed(deliveryId));
  }

  /** Returns the attempts at a delivery, oldest first. */
  public List<DeliveryAttempt> attempts(String deliveryId) {
    return store.attempts(deliveryId);
  }

  /** Lists what an endpoint holds back, the oldest first. */
  public List<DeliveryEntry> heldOf(WebhookEndpoint endpoint) {
    return store.oldest(
        new DeliveryFilter(endpoint.owner(), endpoint.endpointId(), null, null),
        Instant.EPOCH,
        EnumSet.of(DeliveryEntry.Status.HELD),
        MAX_HELD);
  }

  /**
   * Lists what was to be delivered since a time, the oldest first.
   *
   * @param undeliveredOnly whether what was acknowledged is left out
   */
  public List<DeliveryEntry> since(DeliveryFilter filter, Instant since, boolean undeliveredOnly) {
    var statuses = EnumSet.of(DeliveryEntry.Status.PENDING, DeliveryEntry.Status.GIVEN_UP);
    if (!undeliveredOnly) {
      statuses.add(DeliveryEntry.Status.DELIVERED);
    }
    return store.oldest(filter, since, statuses, MAX_REPLAYED);
  }

  /**
   * Sends a delivery of this service again at once, also one that was delivered, given up or held
   * back. The next attempts of one that fails follow the schedule.
   */
  public DeliveryEntry attemptNow(DeliveryEntry entry) {
    send(entry, world.now());
    return store.find(entry.deliveryId()).orElse(entry);
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
   * Starts what is due; an attempt that finds no place is due again soon, so a silent receiver only
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
    due.forEach(each -> start(each.id(), each.receiver()));
    nextDue().ifPresent(world.agenda()::wakeAt);
  }

  private boolean start(String id, String receiver) {
    return queues.start(receiver, "notify-" + id, () -> attempt(id, world.now()));
  }

  /** Attempts each due delivery once. */
  @Override
  public void fireDue(Instant now) {
    var due = due(now);
    while (!due.isEmpty() && !queues.isClosed()) {
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
    return store.due(now, PARALLEL_ATTEMPTS).stream()
        .map(NotificationDeliveryStore.Due::id)
        .toList();
  }

  /**
   * Attempts in parallel, so that one dead receiver does not delay the others; but one after
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
        .allMatch(NotificationDeliveries::join);
  }

  /** Stops sending; unsent deliveries stay in the table. */
  public void close() {
    queues.close();
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
      var mine = unsent.remove(id);
      (mine == null ? store.find(id) : Optional.of(mine))
          .filter(entry -> entry.status() == DeliveryEntry.Status.PENDING)
          .ifPresent(entry -> send(entry, now));
    } finally {
      underway.remove(id);
    }
  }

  private void send(DeliveryEntry entry, Instant now) {
    unsent.remove(entry.deliveryId());
    var attempt = calls.call(entry, now);
    // Without an address, or with an endpoint that was switched off, later attempts are in vain
    // unless it is the address that every merchant has.
    boolean inVain = attempt.target().isEmpty() && !entry.isStandard();
    boolean acknowledged = entry.isAcknowledgedBy(attempt);
    var next = acknowledged || inVain ? null : next(entry, now);
    // A failed repetition of a delivered notification leaves it delivered.
    boolean done = acknowledged || entry.status() == DeliveryEntry.Status.DELIVERED;
    var status =
        done
            ? DeliveryEntry.Status.DELIVERED
            : next == null ? DeliveryEntry.Status.GIVEN_UP : DeliveryEntry.Status.PENDING;
    RepeatableWork.call(
        () ->
            world.inTransaction(
                () -> {
                  store.attempted(entry.deliveryId(), status, done ? null : next, attempt);
                  return true;
                }));
    if (!done && next != null) {
      world.agenda().wakeAt(next);
    }
    note(entry, status, attempt);
    // Here no transaction of a payment waits for it.
    if (added.get() >= ADDED_BETWEEN_DROPS) {
      added.set(0);
      RepeatableWork.call(
          () ->
              world.inTransaction(
                  () -> {
                    store.dropOldest();
                    return true;
                  }));
    }
  }

  private static @Nullable Instant next(DeliveryEntry entry, Instant now) {
    return switch (entry.status()) {
      case PENDING, HELD ->
          (entry.isForm() ? FORM_SCHEDULE : SCHEDULE).next(now, entry.attempts()).orElse(null);
      case DELIVERED, GIVEN_UP -> null;
    };
  }

  private void note(
      DeliveryEntry entry, DeliveryEntry.Status status, DeliveryAttempt deliveryAttempt) {
    var event =
        switch (status) {
          case DELIVERED -> JournalEvent.NOTIFICATION_DELIVERED;
          case GIVEN_UP -> JournalEvent.NOTIFICATION_GIVEN_UP;
          case PENDING, HELD -> JournalEvent.NOTIFICATION_POSTPONED;
        };
    var data = new TreeMap<String, String>();
    data.put("notification_id", entry.notification().notificationId());
    data.put("event", entry.event().code());
    data.put("attempt", String.valueOf(deliveryAttempt.number()));
    data.put("outcome", deliveryAttempt.outcome());
    if (!entry.isStandard()) {
      // The journal has the exchange with the standard address, which leads through the world.
      data.put("delivery_id", entry.deliveryId());
      data.put("receiver", entry.owner().value());
      data.put("target", deliveryAttempt.target());
    }
    world.note(JournalNote.Kind.STATE, entry.event().component(), event, entry.journalIds(), data);
  }
}
