package org.actsandbox.sandbox.delegation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.delegation.IsrCheck;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.delegation.DelegationIntent.Status;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.payment.PaymentRequestChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps delegation intents from the agent's first draft until the principal decides or they lapse
 * (ACT ADD-INT-ICS).
 */
final class DelegationIntents {

  /** Ours: a principal has a day to decide. */
  static final Duration TIME_TO_DECIDE = Duration.ofHours(24);

  private static final ActComponent COMPONENT = ActComponent.ADD_INT_ICS;
  private static final int BATCH = 100;

  /** Ours: a longer conversation is sent as its digest and context_ref. */
  private static final int MAX_CHARACTERS = 32_768;

  private final DelegationWorld world;
  private final DelegationIntentStore store;
  private final IntentDecisionNotifier notifier;
  private final DelegationNotifications notifications;
  private final ContextDigestCheck context;

  DelegationIntents(
      DelegationWorld world, DelegationIntentStore store, DelegationNotifications notifications) {
    this.world = world;
    this.store = store;
    this.notifier = new IntentDecisionNotifier(world);
    this.notifications = notifications;
    this.context = new ContextDigestCheck(world);
  }

  /**
   * Represents a signed message with the draft of an ISR.
   *
   * @param principalId the principal that is asked; absent for the first principal
   * @param contextContent base64url of the bytes that {@code context_ref} stands for, if the agent
   *     sends them to be compared with their digest
   * @param callbackUrl address where the agent is notified of this authority
   */
  record Draft(
      JsonNode isr,
      Instant timestamp,
      @Nullable String principalId,
      @Nullable String contextContent,
      @Nullable String callbackUrl,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.checkPresent(isr, Draft::checkIsr);
      mistakes.checkPresent(contextContent, ContextDigestCheck::decode);
      mistakes.moment("timestamp", timestamp);
      mistakes.did("principal_id", principalId);
    }

    private static void checkIsr(JsonNode isr) {
      IsrCheck.read(isr);
      int length = Json.write(isr).length();
      if (length > MAX_CHARACTERS) {
        throw FieldChecks.invalid(
            "isr", "at most " + MAX_CHARACTERS + " characters", length + " characters");
      }
    }
  }

  /**
   * Takes a draft: the first of an intent, or a better one after the principal answered. A
   * repetition changes nothing.
   *
   * @throws Refusal for a bad signature, {@code invalid_field}, {@code illegal_transition} once
   *     decided
   */
  DelegationIntent takeDraft(byte[] body, Did caller) {
    var jsonMessage = JsonMessage.parse(body);
    var draft =
        jsonMessage.bind(
            Draft.class,
            (asked, mistakes) ->
                mistakes.check(
                    () -> notifications.deliveries().requireCallable(asked.callbackUrl())));
    if (!jsonMessage.verifySigner(world.keys()).equals(caller)) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the key belongs to another agent")
          .at("signer_id")
          .expected(caller.value());
    }
    PaymentRequestChecks.requireFresh("timestamp", draft.timestamp(), world.now());
    var raw = jsonMessage.raw().path("isr");
    var isr = IsrCheck.read(raw);
    if (isr.agentId() != null && !isr.agentId().equals(caller.value())) {
      throw new Refusal(Problem.IAC_AGENT_MISMATCH, "an agent asks for itself only")
          .at("isr.agent_id")
          .expected(caller.value())
          .observed(isr.agentId());
    }
    var principal = principal(draft.principalId());
    var checked = context.of(isr.conversationHistory(), draft.contextContent()).orElse(null);
    return stored(new ValidDraft(raw, isr, checked, draft.callbackUrl()), principal, caller);
  }

  /**
   * Takes the draft of an agent whose request came, signed, in another form than ACT's.
   *
   * @throws Refusal as {@link #takeDraft} but for the signature
   */
  DelegationIntent takeDraft(JsonNode raw, Did agent, Did principal) {
    var isr = IsrCheck.read(raw);
    if (!agent.value().equals(isr.agentId())) {
      throw new Refusal(Problem.IAC_AGENT_MISMATCH, "an agent asks for itself only")
          .at("isr.agent_id")
          .expected(agent.value());
    }
    return stored(new ValidDraft(raw, isr, null, null), principal, agent);
  }

  private DelegationIntent stored(ValidDraft read, Did principal, Did agent) {
    var stored = world.inTransaction(() -> store(read, principal, agent));
    if (stored.changed()) {
      note(stored.intent());
      world.agenda().wakeAt(stored.intent().expiresAt());
    }
    return stored.intent();
  }

  /** Returns the principal of this world that is asked; others have no PIN to confirm with. */
  private Did principal(@Nullable String wished) {
    var principal = wished == null ? Principals.FIRST : FieldChecks.did("principal_id", wished);
    if (!world.principals().has(principal)) {
      throw new Refusal(Problem.IAC_PRINCIPAL_MISMATCH, "no principal here can give this authority")
          .at("principal_id")
          .expected("a principal of this world")
          .observed(principal.value());
    }
    return principal;
  }

  private record StoredDraft(DelegationIntent intent, boolean changed) {}

  /** Represents a draft that was read and found valid. */
  private record ValidDraft(
      JsonNode raw,
      Isr isr,
      ContextDigestCheck.@Nullable Outcome context,
      @Nullable String callbackUrl) {}

  private StoredDraft store(ValidDraft read, Did principal, Did agent) {
    var raw = read.raw();
    var isr = read.isr();
    var id = FieldChecks.text("isr.intent_id", isr.intentId(), 64);
    var now = world.now();
    var status = IsrCheck.questions(isr).isEmpty() ? Status.WAITING : Status.OPEN;
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(raw));
    var fresh =
        new DelegationIntent(
            id,
            world.ids().next("D"),
            principal,
            agent,
            status,
            raw,
            digest,
            now,
            expiry(isr, now),
            null,
            read.context());
    if (store.add(fresh)) {
      notifications.deliveries().addCallback(id, agent, read.callbackUrl());
      return new StoredDraft(fresh, true);
    }
    var known = requireOwn(store.lock(id), id, new OwnerFilter(Role.AGENT, agent));
    if (!known.principal().equals(principal)) {
      throw new Refusal(Problem.IAC_PRINCIPAL_MISMATCH, "the intent is another principal's")
          .at("principal_id")
          .expected(known.principal().value())
          .observed(principal.value())
          .remedy("Begin an intent of its own for each principal.");
    }
    if (known.isrDigest().equals(digest)) {
      return new StoredDraft(known, false);
    }
    if (!known.status().successors().contains(status)) {
      throw closedRefusal(known);
    }
    var better =
        new DelegationIntent(
            id,
            known.delegationId(),
            principal,
            agent,
            status,
            raw,
            digest,
            known.createdAt(),
            expiry(isr, known.createdAt()),
            null,
            read.context());
    store.update(better);
    notifications.deliveries().addCallback(id, agent, read.callbackUrl());
    return new StoredDraft(better, true);
  }

  /**
   * Returns the time until which the principal may decide, at the latest the end of the authority
   * itself.
   */
  private static Instant expiry(Isr isr, Instant from) {
    var latest = from.plus(TIME_TO_DECIDE);
    var end = isr.validityEndTime();
    return end != null && end.isBefore(latest) && end.isAfter(from) ? end : latest;
  }

  /**
   * @throws Refusal {@code not_found}, also for the intent of another agent or another principal
   */
  DelegationIntent get(String intentId, OwnerFilter ownerFilter) {
    if (store.find(intentId).filter(found -> found.isOverdue(world.now())).isPresent()) {
      lapseIfOverdue(intentId);
    }
    return requireOwn(
        store.find(FieldChecks.text("intent_id", intentId, 64)), intentId, ownerFilter);
  }

  /** Lists an owner's intents, newest first. */
  Page<DelegationIntent> newest(OwnerFilter ownerFilter, @Nullable String cursor) {
    return PageCursor.page(
        store.newest(ownerFilter, PageCursor.parse(cursor)),
        delegationIntent ->
            new PageCursor(delegationIntent.createdAt(), delegationIntent.intentId()),
        delegationIntent -> delegationIntent);
  }

  /**
   * Lists complete intents that wait for a principal, out of the first {@link #BATCH} undecided
   * ones.
   */
  List<DelegationIntent> waitingNow(Did principal) {
    var now = world.now();
    return store.undecided(principal, BATCH).stream()
        .filter(
            delegationIntent ->
                delegationIntent.status() == Status.WAITING && !delegationIntent.isOverdue(now))
        .toList();
  }

  /** Returns the payload of the future credential; empty while the draft is incomplete. */
  Optional<IacPayload> payload(DelegationIntent delegationIntent) {
    var isr = delegationIntent.isr();
    return IsrCheck.questions(isr).isEmpty()
        ? Optional.of(
            IacPayload.select(
                isr,
                delegationIntent.delegationId(),
                delegationIntent.principal(),
                delegationIntent.isrDigest()))
        : Optional.empty();
  }

  /** Returns the refusal of a decision about an intent that is not waiting. */
  static Refusal closedRefusal(DelegationIntent delegationIntent) {
    if (delegationIntent.status() == Status.OPEN) {
      return new Refusal(Problem.ISR_INCOMPLETE, "questions of the intent are open")
          .at("intent_id")
          .remedy("Answer the agent's questions first.");
    }
    boolean late = delegationIntent.status() == Status.LAPSED;
    return new Refusal(
            late ? Problem.CONFIRMATION_TIMED_OUT : Problem.ILLEGAL_TRANSITION,
            "the intent is %s already".formatted(delegationIntent.status().code()))
        .at("intent_id")
        .observed(delegationIntent.status().code())
        .remedy("Begin a new intent.");
  }

  /** Declines an intent for its principal; a repetition changes nothing. */
  DelegationIntent decline(String intentId, OwnerFilter ownerFilter) {
    var ended = end(intentId, ownerFilter, Status.DECLINED);
    world.note(
        JournalNote.Kind.DECISION,
        COMPONENT,
        JournalEvent.DELEGATION_DECIDED,
        ended.journalIds(),
        Map.of("decision", "DECLINE", "by", ended.principal().value()));
    notifications.deliveries().wakeUp();
    notifier.notifyAgent(ended);
    return ended;
  }

  /** Ends the intent if it is overdue and tells whether it did. */
  private boolean lapseIfOverdue(String intentId) {
    var lapsed =
        world.inTransaction(
            () ->
                store
                    .lock(intentId)
                    .filter(delegationIntent -> delegationIntent.isOverdue(world.now()))
                    .map(delegationIntent -> ended(delegationIntent, Status.LAPSED)));
    lapsed.ifPresent(this::note);
    lapsed.ifPresent(
        ended -> {
          notifications.deliveries().wakeUp();
          notifier.notifyAgent(ended);
        });
    return lapsed.isPresent();
  }

  private DelegationIntent end(String intentId, OwnerFilter ownerFilter, Status end) {
    return world.inTransaction(
        () -> {
          var delegationIntent = requireOwn(store.lock(intentId), intentId, ownerFilter);
          if (delegationIntent.status() == end) {
            return delegationIntent;
          }
          if (!delegationIntent.status().successors().contains(end)) {
            throw closedRefusal(delegationIntent);
          }
          return ended(delegationIntent, end);
        });
  }

  /** Ends an intent within the caller's transaction, which holds the lock. */
  private DelegationIntent ended(DelegationIntent delegationIntent, Status end) {
    var ended = decided(delegationIntent, end, world.now());
    store.update(ended);
    notifications.addEnded(
        ended,
        end == Status.LAPSED ? NotificationEvent.INTENT_LAPSED : NotificationEvent.INTENT_DECLINED,
        world.now());
    return ended;
  }

  static DelegationIntent decided(DelegationIntent delegationIntent, Status end, Instant at) {
    return new DelegationIntent(
        delegationIntent.intentId(),
        delegationIntent.delegationId(),
        delegationIntent.principal(),
        delegationIntent.agent(),
        end,
        delegationIntent.raw(),
        delegationIntent.isrDigest(),
        delegationIntent.createdAt(),
        delegationIntent.expiresAt(),
        at,
        delegationIntent.contextCheck());
  }

  private void note(DelegationIntent delegationIntent) {
    world.note(
        JournalNote.Kind.STATE,
        delegationIntent.status() == Status.LAPSED
            ? JournalEvent.INTENT_LAPSED
            : JournalEvent.INTENT_CREATED,
        delegationIntent.journalIds(),
        world.withPrincipal(
            delegationIntent.principal(),
            Map.of(
                "status",
                delegationIntent.status().code(),
                "agent_id",
                delegationIntent.agent().value())));
  }

  private static DelegationIntent requireOwn(
      Optional<DelegationIntent> found, String intentId, OwnerFilter ownerFilter) {
    return found
        .filter(
            delegationIntent ->
                ownerFilter.owns(delegationIntent.principal(), delegationIntent.agent()))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such intent")
                    .at("intent_id")
                    .observed(intentId));
  }

  /** Returns the work that ends intents which are not decided in time. */
  DueWork dueWork() {
    return new DueBatches(
        store.dueTable(), world.agenda(), (intentId, _) -> lapseIfOverdue(intentId));
  }
}
