package org.actsandbox.sandbox.delegation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IsrCheck;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.OpenQuestion;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.notification.NotificationDeliveries;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Is the delegation service of one world, which endpoints take as argument. */
public final class Delegations {

  private static final int MAX_LISTS = 1_000_000;

  private final DelegationWorld world;
  private final DelegationRules rules;
  private final DelegationStore store;
  private final AuthoritySummary authoritySummary;
  private final DelegationIntents delegationIntents;
  private final Issuance issuance;
  private final DelegationLifecycle delegationLifecycle;
  private final DelegationEvidence delegationEvidence;
  private final DelegationNotifications notifications;

  public Delegations(DelegationWorld world, DelegationRules rules) {
    this.world = world;
    this.rules = rules;
    this.store = new DelegationStore(world);
    this.authoritySummary = new AuthoritySummary(world.zone(), world.names(), world.places());
    var drafts = new DelegationIntentStore(world);
    this.notifications = new DelegationNotifications(world);
    this.delegationIntents = new DelegationIntents(world, drafts, notifications);
    this.issuance =
        new Issuance(
            world,
            rules,
            delegationIntents,
            drafts,
            store,
            new Issuance.Announcements(authoritySummary, notifications));
    this.delegationLifecycle = new DelegationLifecycle(world, rules, store, notifications);
    this.delegationEvidence = new DelegationEvidence(world, store);
  }

  DelegationEvidence delegationEvidence() {
    return delegationEvidence;
  }

  /**
   * Returns the work that becomes due: intents that lapse, credentials that expire, and
   * notifications to send.
   */
  public List<DueWork> dueWork() {
    return List.of(
        delegationIntents.dueWork(), delegationLifecycle.dueWork(), notifications.deliveries());
  }

  /** Returns the notifications of agents about their authorities. */
  public NotificationDeliveries deliveries() {
    return notifications.deliveries();
  }

  /** Stops sending notifications; unsent ones stay stored. */
  public void close() {
    notifications.deliveries().close();
  }

  /**
   * Represents the signed credential and the signed approval of a delegation.
   *
   * @param credential the credential as a compact VC-JWT
   * @param approval the principal's signed confirmation
   */
  public record SignedDocuments(String credential, String approval) {}

  public Optional<Delegations.SignedDocuments> signedDocuments(String delegationId) {
    return store
        .find(delegationId)
        .map(found -> new Delegations.SignedDocuments(found.credential(), found.approval()));
  }

  /** Returns the principal that gave a delegation. */
  public Did principalOf(String delegationId) {
    return delegationLifecycle.get(delegationId).principal();
  }

  DelegationViews.IntentView takeDraft(byte[] body, Caller caller) {
    return view(
        delegationIntents.takeDraft(body, OwnerFilter.of(caller.require(Role.AGENT)).did()));
  }

  /** Takes the draft of an agent whose request came, signed, in another form than ACT's. */
  public DelegationViews.IntentView takeDraft(JsonNode isr, Did agent, Did principal) {
    return view(delegationIntents.takeDraft(isr, agent, principal));
  }

  public DelegationViews.IntentView intent(String intentId, Caller caller) {
    return view(delegationIntents.get(intentId, OwnerFilter.of(caller)));
  }

  public Page<DelegationViews.IntentView> intents(Caller caller, @Nullable String cursor) {
    var page = delegationIntents.newest(OwnerFilter.of(caller), cursor);
    return new Page<>(page.items().stream().map(this::view).toList(), page.next());
  }

  /** Returns the content that a decision would sign, and the state of the PIN. */
  public DelegationViews.Confirmation confirmation(String intentId, Caller caller) {
    caller.require(Role.PRINCIPAL);
    return issuance.show(intentId, OwnerFilter.of(caller));
  }

  public DelegationViews.IntentView decide(
      String intentId, ApprovalRequest request, Caller caller) {
    caller.require(Role.PRINCIPAL);
    return view(issuance.decide(intentId, request, OwnerFilter.of(caller)));
  }

  public DelegationViews.DelegationView delegation(String delegationId, Caller caller) {
    return view(requireOwn(delegationId, caller));
  }

  /**
   * Lists an agent's or a principal's own delegations, newest first.
   *
   * @param state only delegations in this state; null for all. A short page may have a next one,
   *     because no request reads more than a thousand rows.
   */
  public Page<DelegationViews.DelegationView> delegations(
      Caller caller, @Nullable DelegationDisplayState state, @Nullable String cursor) {
    var ownerFilter = OwnerFilter.of(caller);
    var from = PageCursor.parse(cursor);
    if (state == null) {
      return PageCursor.page(
          store.newest(ownerFilter, from),
          delegation -> new PageCursor(delegation.issuedAt(), delegation.delegationId()),
          delegation -> view(delegationLifecycle.get(delegation.delegationId())));
    }
    var found = store.newest(ownerFilter, state.stored(), world.now(), from);
    return new Page<>(
        found.delegationIds().stream()
            .map(id -> view(delegationLifecycle.get(id)))
            .filter(view -> view.state() == state)
            .toList(),
        found.next() == null ? null : found.next().text());
  }

  /** Lists complete intents that the principal may decide about, the first to lapse first. */
  public List<DelegationViews.IntentView> waiting(Caller caller) {
    caller.require(Role.PRINCIPAL);
    return delegationIntents.waitingNow(OwnerFilter.of(caller).did()).stream()
        .map(this::view)
        .toList();
  }

  public DelegationViews.Credential credential(String delegationId, Caller caller) {
    return new DelegationViews.Credential(
        delegationId, requireOwn(delegationId, caller).credential());
  }

  /**
   * Suspends or revokes a delegation; only its principal may suspend it, its agent may revoke it
   * too.
   */
  public DelegationViews.DelegationView move(
      String delegationId, DelegationState to, @Nullable String reason, Caller caller) {
    if (to != DelegationState.REVOKED) {
      caller.require(Role.PRINCIPAL);
    }
    requireOwn(delegationId, caller);
    return changeState(delegationId, to, reason(reason), caller);
  }

  /**
   * Resumes a suspended delegation, which takes the PIN.
   *
   * @throws Refusal {@code not_found}, {@code illegal_transition}, {@code pin_wrong}, {@code
   *     pin_locked}
   */
  DelegationViews.DelegationView resume(
      String delegationId, @Nullable String reason, @Nullable String pin, Caller caller) {
    caller.require(Role.PRINCIPAL);
    var own = requireOwn(delegationId, caller);
    var why = reason(reason);
    // A final state stays final, so no PIN attempt is counted for it.
    if (rules.isResumedWithPin() && !own.current().state().isFinal()) {
      world.pins().get().require(own.principal(), pin, "resume " + own.delegationId());
    }
    return changeState(delegationId, DelegationState.ACTIVE, why, caller);
  }

  private static @Nullable String reason(@Nullable String given) {
    return given == null ? null : FieldChecks.text("reason", given, 256);
  }

  private DelegationViews.DelegationView changeState(
      String delegationId, DelegationState to, @Nullable String why, Caller caller) {
    var by = caller.did().map(Did::value).orElse(caller.role().code());
    return view(
        delegationLifecycle.move(FieldChecks.text("delegation_id", delegationId, 64), to, by, why));
  }

  StatusList statusList(int number) {
    if (number < 0 || number > MAX_LISTS) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such status list").at("list");
    }
    return delegationLifecycle.statusList(number);
  }

  IssuanceStatus issuance(String delegationId, String iacDigest) {
    return delegationLifecycle.issuance(
        FieldChecks.text("delegation_id", delegationId, 64),
        FieldChecks.text("iac_digest", iacDigest, 80));
  }

  private Delegation requireOwn(String delegationId, Caller caller) {
    var ownerFilter = OwnerFilter.of(caller);
    var found = delegationLifecycle.get(FieldChecks.text("delegation_id", delegationId, 64));
    if (!rules.isOwn(ownerFilter.did(), ownerFilter.idOf(found.principal(), found.agent()))) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such delegation")
          .at("delegation_id")
          .observed(delegationId);
    }
    return found;
  }

  private DelegationViews.IntentView view(DelegationIntent delegationIntent) {
    boolean isWaiting = delegationIntent.status() == DelegationIntent.Status.WAITING;
    return new DelegationViews.IntentView(
        delegationIntent.intentId(),
        delegationIntent.agent().value(),
        delegationIntent.status(),
        IsrCheck.questions(delegationIntent.isr()).stream().map(Delegations::question).toList(),
        delegationIntents
            .payload(delegationIntent)
            .map(payload -> authoritySummary.lines(payload, delegationIntent))
            .orElse(List.of()),
        delegationIntent.createdAt(),
        delegationIntent.expiresAt(),
        delegationIntent.decidedAt(),
        isWaiting ? world.confirmation().apply(delegationIntent.intentId()).toString() : null,
        delegationIntent.status() == DelegationIntent.Status.AUTHORIZED
            ? delegationIntent.delegationId()
            : null,
        IsrCheck.ignored(delegationIntent.raw()),
        delegationIntent.contextCheck(),
        delegationIntent.raw());
  }

  private static DelegationViews.Question question(OpenQuestion open) {
    return new DelegationViews.Question(
        open.field(),
        open.why(),
        open.expected(),
        DelegationMessages.text("question." + open.field().replaceAll("\\[\\d+]", "")),
        DelegationMessages.text("question." + open.why().code()));
  }

  private DelegationViews.DelegationView view(Delegation delegation) {
    var iac = IacCodec.verify(delegation.credential(), world.keys());
    return new DelegationViews.DelegationView(
        delegation.delegationId(),
        delegation.intentId(),
        delegation.agent().value(),
        delegation.mode(),
        DelegationDisplayState.of(
            delegation.current().state(), iac.payload().validityStartTime(), world.now()),
        delegation.issuedAt(),
        delegation.current().changedAt(),
        delegation.current().by(),
        delegation.current().reason(),
        iac.status().list().toString(),
        iac.status().index(),
        iac.digest(),
        authoritySummary.lines(iac.payload()),
        iac.payload());
  }

  /** Runs {@code work} as {@link ParticipantWorld#journalled} does. */
  <T> T journalled(
      Caller caller, ActComponent component, Map<String, String> ids, Supplier<T> work) {
    return world.journalled(caller, component, ids, work);
  }

  static Map<String, String> journalIds(String delegationId) {
    return Map.of(JournalIds.DELEGATION_ID, delegationId);
  }
}
