package org.actsandbox.sandbox.notification.api;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.notification.DeliveryFilter;
import org.actsandbox.sandbox.notification.WebhookAddress;
import org.actsandbox.sandbox.notification.WebhookEndpoint;
import org.actsandbox.sandbox.notification.WebhookSecrets;
import org.actsandbox.sandbox.notification.api.WebhookViews.AttemptView;
import org.actsandbox.sandbox.notification.api.WebhookViews.DeliveryDetail;
import org.actsandbox.sandbox.notification.api.WebhookViews.DeliveryView;
import org.actsandbox.sandbox.notification.api.WebhookViews.SentDeliveries;
import org.actsandbox.sandbox.notification.api.WebhookViews.WebhookList;
import org.actsandbox.sandbox.notification.api.WebhookViews.WebhookView;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps webhook endpoints and orders deliveries. The owner is null for the operator, who may see
 * and change those of all; others see their own only, and what is not theirs is not found.
 */
@Component
class Webhooks {

  /** Ours: long enough to exchange a secret by hand. */
  static final Duration MAX_OVERLAP = Duration.ofDays(7);

  private static final Duration STANDARD_OVERLAP = Duration.ofHours(24);

  /** Ours: copies of one delivery that are sent at once. */
  static final int MAX_COPIES = 10;

  static final List<String> SIGNATURES =
      Arrays.stream(WebhookEndpoint.Signature.values())
          .map(WebhookEndpoint.Signature::code)
          .toList();

  static final List<String> OFFERED_EVENTS =
      Arrays.stream(NotificationEvent.values())
          .filter(event -> event != NotificationEvent.TEST)
          .map(NotificationEvent::code)
          .toList();

  private final WebhookNetwork network;

  Webhooks(WebhookNetwork network) {
    this.network = network;
  }

  WebhookList list(World world, @Nullable Did owner) {
    return new WebhookList(
        world.webhookEndpoints().all(owner).stream()
            .map(endpoint -> WebhookView.of(endpoint, null))
            .toList());
  }

  WebhookView one(World world, @Nullable Did owner, String id) {
    return WebhookView.of(world.webhookEndpoints().require(id, owner), null);
  }

  /** Adds an endpoint; its secret, if it has one, is answered this once. */
  WebhookView add(World world, Did owner, WebhookRequest request) {
    if (request.url() == null) {
      throw FieldChecks.invalid("url", "the address to which notifications are posted", null);
    }
    var endpoint =
        new WebhookEndpoint(
            world.ids().next("WE"),
            owner,
            url(request.url()),
            events(world, owner, request.events()),
            signature(request.signature()),
            1,
            null,
            Boolean.TRUE.equals(request.disabled()),
            Boolean.TRUE.equals(request.held()),
            now(world));
    world.webhookEndpoints().add(endpoint);
    note(world, endpoint, JournalEvent.WEBHOOK_ADDED, Map.of("url", endpoint.url().toString()));
    return withSecret(world, endpoint);
  }

  WebhookView change(World world, @Nullable Did owner, String id, WebhookRequest request) {
    var before = world.webhookEndpoints().require(id, owner);
    if (request.owner() != null && !request.owner().equals(before.owner().value())) {
      throw FieldChecks.invalid("owner", "no other owner than " + before.owner(), request.owner());
    }
    if (request.signature() != null && signature(request.signature()) != before.signature()) {
      throw FieldChecks.invalid(
          "signature",
          "no other signature than " + before.signature().code() + "; add another endpoint",
          request.signature());
    }
    var url = request.url() == null ? null : url(request.url());
    var events = request.events() == null ? null : events(world, before.owner(), request.events());
    var changed =
        world
            .webhookEndpoints()
            .update(id, owner, endpoint -> changed(endpoint, request, url, events));
    note(
        world,
        changed,
        JournalEvent.WEBHOOK_CHANGED,
        Map.of(
            "url", changed.url().toString(),
            "disabled", String.valueOf(changed.disabled()),
            "held", String.valueOf(changed.held())));
    return WebhookView.of(changed, null);
  }

  private static WebhookEndpoint changed(
      WebhookEndpoint endpoint,
      WebhookRequest request,
      @Nullable URI url,
      @Nullable Set<NotificationEvent> events) {
    var changed = url == null ? endpoint : endpoint.withUrl(url);
    changed = events == null ? changed : changed.withEvents(events);
    changed = request.disabled() == null ? changed : changed.withDisabled(request.disabled());
    return request.held() == null ? changed : changed.withHeld(request.held());
  }

  void remove(World world, @Nullable Did owner, String id) {
    var removed = world.webhookEndpoints().remove(id, owner);
    note(world, removed, JournalEvent.WEBHOOK_REMOVED, Map.of("url", removed.url().toString()));
  }

  /**
   * Gives an endpoint its next secret, which is answered this once.
   *
   * @param overlapSeconds how long the secret before signs as well, by the world's clock
   */
  WebhookView rotate(World world, @Nullable Did owner, String id, @Nullable Long overlapSeconds) {
    var before = world.webhookEndpoints().require(id, owner);
    if (before.signature() != WebhookEndpoint.Signature.SECRET) {
      throw FieldChecks.invalid(
          "endpoint_id", "an endpoint whose signature is secret", before.signature().code());
    }
    long overlap = overlapSeconds == null ? STANDARD_OVERLAP.toSeconds() : overlapSeconds;
    var until = now(world).plusSeconds(overlap);
    var rotated =
        world.webhookEndpoints().update(id, owner, endpoint -> endpoint.withNextSecret(until));
    note(
        world,
        rotated,
        JournalEvent.WEBHOOK_CHANGED,
        Map.of(
            "rotated", String.valueOf(rotated.secretNumber()), "overlap_until", until.toString()));
    return withSecret(world, rotated);
  }

  private static WebhookView withSecret(World world, WebhookEndpoint endpoint) {
    return WebhookView.of(
        endpoint,
        endpoint.signature() == WebhookEndpoint.Signature.SECRET
            ? new WebhookSecrets(world.keys()::derived).newest(endpoint)
            : null);
  }

  /** Sends an event without meaning at once. */
  DeliveryDetail test(World world, @Nullable Did owner, String id) {
    var endpoint = world.webhookEndpoints().require(id, owner);
    return detail(world, owner, world.participant(Psp.class).notifications().test(endpoint));
  }

  /**
   * Sends what an endpoint held back, one after another, and holds back no more.
   *
   * @param order oldest_first (the default) | newest_first
   */
  SentDeliveries release(World world, @Nullable Did owner, String id, @Nullable String order) {
    boolean newestFirst = "newest_first".equals(order);
    var endpoint = world.webhookEndpoints().update(id, owner, before -> before.withHeld(false));
    var held = WebhookSenders.any(world).heldOf(endpoint);
    note(
        world,
        endpoint,
        JournalEvent.WEBHOOK_RELEASED,
        Map.of(
            "count",
            String.valueOf(held.size()),
            "order",
            newestFirst ? "newest_first" : "oldest_first"));
    return send(world, newestFirst ? held.reversed() : held);
  }

  Page<DeliveryView> deliveries(World world, DeliveryFilter filter, @Nullable String cursor) {
    var page = WebhookSenders.any(world).log(filter, cursor);
    return new Page<>(page.items().stream().map(DeliveryView::of).toList(), page.next());
  }

  DeliveryDetail delivery(World world, @Nullable Did owner, String id) {
    return detail(world, owner, WebhookSenders.any(world).require(id, owner));
  }

  /** Sends a delivery again at once, in one or several copies one after another. */
  DeliveryDetail resend(World world, @Nullable Did owner, String id, @Nullable Integer wished) {
    int copies = wished == null ? 1 : wished;
    var entry = WebhookSenders.any(world).require(id, owner);
    for (int i = 0; i < copies; i++) {
      entry = WebhookSenders.of(world, entry).attemptNow(entry);
    }
    return detail(world, owner, entry);
  }

  /**
   * Sends again what was to be delivered since a time, the oldest first, as after an outage. It
   * stops at the first delivery that is not acknowledged.
   *
   * @param undeliveredOnly whether what was acknowledged before is left out
   */
  SentDeliveries replay(
      World world, DeliveryFilter filter, Instant since, boolean undeliveredOnly) {
    var selected = WebhookSenders.any(world).since(filter, since, undeliveredOnly);
    world
        .journal()
        .note(
            new JournalNote(
                (filter.owner() == null ? World.PSP : filter.owner()).value(),
                JournalNote.Kind.STATE,
                JournalEvent.WEBHOOK_REPLAYED,
                Map.of(),
                Map.of("since", since.toString(), "count", String.valueOf(selected.size()))));
    return send(world, selected);
  }

  private static SentDeliveries send(World world, List<DeliveryEntry> selected) {
    int delivered = 0;
    for (var entry : selected) {
      int before = entry.attempts();
      var sent = WebhookSenders.of(world, entry).attemptNow(entry);
      boolean acknowledged =
          WebhookSenders.any(world).attempts(sent.deliveryId()).stream()
              .filter(attempt -> attempt.number() == before + 1)
              .anyMatch(sent::isAcknowledgedBy);
      if (!acknowledged) {
        return new SentDeliveries(delivered, sent.deliveryId(), selected.size() - delivered - 1);
      }
      delivered++;
    }
    return new SentDeliveries(delivered, null, 0);
  }

  private static DeliveryDetail detail(World world, @Nullable Did owner, DeliveryEntry entry) {
    boolean timed = owner == null || !world.agenda().isStopped();
    return new DeliveryDetail(
        DeliveryView.of(entry),
        entry.notification().body(),
        WebhookSenders.any(world).attempts(entry.deliveryId()).stream()
            .map(attempt -> timed ? AttemptView.of(attempt) : AttemptView.timeless(attempt))
            .toList());
  }

  /**
   * Reads the owner that an operator names.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} unless it is a merchant
   *     or an agent of the world
   */
  static Did owner(World world, @Nullable String wished) {
    if (wished == null) {
      throw FieldChecks.invalid("owner", "the DID of a merchant or an agent of the world", null);
    }
    var owner = FieldChecks.did("owner", wished);
    boolean isAgent = owner.equals(world.agent()) || world.externalAgents().dids().contains(owner);
    if (!isAgent && !isMerchant(world, owner)) {
      throw FieldChecks.invalid("owner", "the DID of a merchant or an agent of the world", wished);
    }
    return owner;
  }

  private static boolean isMerchant(World world, Did owner) {
    return world.settings().merchant(owner).isPresent()
        || world.externalMerchants().find(owner).isPresent();
  }

  private URI url(String text) {
    return WebhookAddress.read("url", text, network::mayCall);
  }

  private static Set<NotificationEvent> events(
      World world, Did owner, @Nullable List<String> codes) {
    boolean merchant = isMerchant(world, owner);
    var events = new LinkedHashSet<NotificationEvent>();
    for (var code : codes == null ? List.<String>of() : codes) {
      events.add(
          NotificationEvent.find(code)
              .filter(event -> event != NotificationEvent.TEST)
              .filter(event -> !merchant || event.isForMerchants())
              .orElseThrow(() -> FieldChecks.invalid("events", offered(merchant), code)));
    }
    return events;
  }

  /** Reads the event of a filter; null is no filter. */
  static @Nullable NotificationEvent event(@Nullable String code) {
    return code == null
        ? null
        : NotificationEvent.find(code)
            .orElseThrow(() -> FieldChecks.invalid("event", offered(false) + ", test", code));
  }

  private static String offered(boolean merchant) {
    return Arrays.stream(NotificationEvent.values())
        .filter(event -> event != NotificationEvent.TEST)
        .filter(event -> !merchant || event.isForMerchants())
        .map(NotificationEvent::code)
        .collect(Collectors.joining(", "));
  }

  private static WebhookEndpoint.Signature signature(@Nullable String code) {
    return code == null
        ? WebhookEndpoint.Signature.KEY
        : WebhookEndpoint.Signature.find(code)
            .orElseThrow(() -> FieldChecks.invalid("signature", "key or secret", code));
  }

  private static Instant now(World world) {
    return world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void note(
      World world, WebhookEndpoint endpoint, JournalEvent event, Map<String, String> data) {
    var all = new TreeMap<>(data);
    all.put("endpoint_id", endpoint.endpointId());
    world
        .journal()
        .note(
            new JournalNote(
                endpoint.owner().value(), JournalNote.Kind.STATE, event, Map.of(), all));
  }
}
