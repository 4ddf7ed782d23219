package org.actsandbox.sandbox.dispute;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.AfterCommit;
import org.actsandbox.protocol.time.BackgroundWork;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.notification.NotificationDeliveries;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Is the dispute service of one world, which endpoints take as argument. */
public final class Disputes {

  private final TrustWorld world;
  private final DisputeStore store;
  private final ClaimIntake claimIntake;
  private final StatementIntake statementIntake;
  private final DisputeProcess disputeProcess;
  private final AfterCommit afterCommit;
  private final DisputeNotifications notifications;

  public Disputes(TrustService trustService, DisputeDependencies dependencies, DisputeRules rules) {
    this.world = trustService.world();
    this.store = new DisputeStore(world);
    this.notifications = new DisputeNotifications(world, dependencies.channels());
    this.claimIntake = new ClaimIntake(world, store, dependencies, rules, notifications);
    this.statementIntake = new StatementIntake(world, store, rules);
    this.disputeProcess =
        new DisputeProcess(
            trustService, store, rules, dependencies, statementIntake, notifications);
    this.afterCommit = new AfterCommit(world.agenda(), 1);
  }

  /** Returns the work that becomes due: evidence requests, deadlines, decisions and follow-ups. */
  public List<DueWork> dueWork() {
    return List.of(
        new BackgroundWork("disputes", disputeProcess, afterCommit, disputeProcess::wakeAt),
        notifications.deliveries());
  }

  /** Returns the notifications of merchants and agents about disputes. */
  public NotificationDeliveries deliveries() {
    return notifications.deliveries();
  }

  public void close() {
    afterCommit.close();
    notifications.deliveries().close();
  }

  /**
   * Represents the request body that opens a dispute.
   *
   * @param merchant the merchant's id; needed only where two merchants use one order number
   * @param pin the payment PIN, which releases the claimant's key to sign the claim; absent for an
   *     operator
   */
  public record DisputeRequest(
      String orderNo,
      @Nullable String merchant,
      String kind,
      String description,
      @Nullable String expectedAmount,
      @Nullable String pin)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.text("order_no", orderNo, 64);
      mistakes.text("merchant", merchant, 64);
      mistakes.checkPresent(kind, ClaimIntake::kind);
      mistakes.checkPresent(description, ClaimIntake::description);
      mistakes.money("expected_amount", expectedAmount, null);
      mistakes.pin("pin", pin);
    }

    /** Returns the request without the PIN, which must not appear in any log. */
    @Override
    public String toString() {
      return "DisputeRequest[" + kind + " of " + orderNo + "]";
    }
  }

  /** Represents a dispute that was opened, or that was already open for the same claim. */
  public record OpenedDispute(DisputeViews.DisputeView dispute, boolean fresh) {}

  /**
   * Opens a dispute; a repeated claim returns the open one. The PIN is compared only for a claim
   * that would be accepted.
   *
   * @throws Refusal {@code key_forbidden} for agents and merchants; {@code invalid_field}; {@code
   *     not_found}; {@code dispute_not_allowed}; {@code dispute_open}; {@code pin_wrong}; {@code
   *     pin_locked}
   */
  public Disputes.OpenedDispute open(Disputes.DisputeRequest disputeRequest, Caller caller) {
    var by = caller.require(Role.PRINCIPAL, Role.OPERATOR).role().code();
    return switch (claimIntake.open(disputeRequest, caller)) {
      case ClaimIntake.Answer.Created(var dispute) -> {
        note(
            dispute,
            JournalEvent.DISPUTE_OPENED,
            Map.of("kind", dispute.claim().kind().code(), "by", by));
        disputeProcess.wakeAt(world.now());
        notifications.deliveries().wakeUp();
        yield new Disputes.OpenedDispute(view(dispute), true);
      }
      case ClaimIntake.Answer.Existing(var dispute) ->
          new Disputes.OpenedDispute(view(dispute), false);
    };
  }

  /**
   * Takes a statement that a party sends by itself.
   *
   * @throws Refusal see {@link StatementIntake#take}
   */
  void answer(String disputeId, JsonNode evidence) {
    var complete = statementIntake.take(FieldChecks.text("dispute_id", disputeId, 64), evidence);
    if (complete) {
      var now = world.now();
      world.inTransaction(
          () -> {
            var found = store.lock(disputeId).orElseThrow();
            if (found.state() == DisputeState.EVIDENCE_REQUESTED) {
              store.update(found.dueAt(now));
            }
            return true;
          });
      disputeProcess.wakeAt(now);
    }
  }

  /**
   * Withdraws a dispute for its claimant.
   *
   * @throws Refusal {@code key_forbidden}, {@code not_found}, {@code illegal_transition} once it is
   *     decided
   */
  public DisputeViews.DisputeView withdraw(String disputeId, Caller caller) {
    caller.require(Role.PRINCIPAL, Role.OPERATOR);
    var now = world.now();
    var withdrawn =
        world.inTransaction(
            () -> {
              var found =
                  store
                      .lock(disputeId)
                      .filter(each -> mayPrincipalSee(each, caller))
                      .orElseThrow(() -> notFound(disputeId));
              if (found.state() == DisputeState.WITHDRAWN) {
                return found;
              }
              var changed = found.withdrawn(now);
              store.update(changed);
              store.askedParties().deleteDocuments(disputeId);
              notifications.add(NotificationEvent.DISPUTE_WITHDRAWN, changed);
              return changed;
            });
    if (now.equals(withdrawn.progress().closedAt())) {
      note(withdrawn, JournalEvent.DISPUTE_WITHDRAWN, Map.of("by", caller.role().code()));
      notifications.deliveries().wakeUp();
    }
    return view(withdrawn);
  }

  /**
   * @throws Refusal {@code not_found}, also for a participant that has no part in it
   */
  public DisputeViews.DisputeView get(String disputeId, Caller caller) {
    return view(visible(disputeId, caller));
  }

  /**
   * Lists disputes, newest first: a participant's own, or all for the operator.
   *
   * @param merchant the merchant's id, because other merchants may use the same order number; null
   *     for all of them
   */
  public Page<DisputeViews.DisputeView> list(
      Caller caller, @Nullable String orderNo, @Nullable String merchant, @Nullable String cursor) {
    var party = participantOrAll(caller);
    if (orderNo != null) {
      return new Page<>(
          store.ofNumber(FieldChecks.text("order_no", orderNo, 64)).reversed().stream()
              .filter(
                  each -> merchant == null || each.purchase().merchant().name().equals(merchant))
              .filter(each -> isVisible(each, party, caller))
              .map(this::view)
              .toList(),
          null);
    }
    return PageCursor.page(
        store.newest(
            PageCursor.parse(cursor), party, caller.is(Role.PRINCIPAL) ? caller.subject() : null),
        each -> new PageCursor(each.claim().openedAt(), each.disputeId()),
        this::view);
  }

  /** Represents a dispute with the answers of all parties, for its evidence bundle. */
  public record DisputeWithParties(Dispute dispute, List<AskedParty> parties) {}

  public Disputes.DisputeWithParties withParties(String disputeId, Caller caller) {
    var found = visible(disputeId, caller);
    return new Disputes.DisputeWithParties(found, store.askedParties().ofDispute(disputeId));
  }

  private Dispute visible(String disputeId, Caller caller) {
    // The role is checked first: a role that may see no disputes does not learn which ids exist.
    var party = participantOrAll(caller);
    return store
        .find(FieldChecks.text("dispute_id", disputeId, 64))
        .filter(each -> isVisible(each, party, caller))
        .orElseThrow(() -> notFound(disputeId));
  }

  private boolean isVisible(Dispute dispute, @Nullable Did party, Caller caller) {
    return party == null ? mayPrincipalSee(dispute, caller) : hasPart(dispute, party);
  }

  /** Tells whether the caller may see a dispute: a principal only those about its own payments. */
  private static boolean mayPrincipalSee(Dispute dispute, Caller caller) {
    return !caller.is(Role.PRINCIPAL) || dispute.purchase().principal().equals(caller.subject());
  }

  private boolean hasPart(Dispute dispute, Did party) {
    return store.askedParties().ofDispute(dispute.disputeId()).stream()
        .anyMatch(each -> each.party().equals(party));
  }

  private static @Nullable Did participantOrAll(Caller caller) {
    caller.require(Role.PRINCIPAL, Role.OPERATOR, Role.MERCHANT, Role.AGENT);
    return caller.is(Role.MERCHANT) || caller.is(Role.AGENT)
        ? caller.did().orElseThrow(() -> new IllegalStateException("a key has a subject"))
        : null;
  }

  private DisputeViews.DisputeView view(Dispute dispute) {
    return DisputeViews.of(dispute, store.askedParties().ofDispute(dispute.disputeId()));
  }

  static Refusal notFound(String disputeId) {
    return new Refusal(Problem.NOT_FOUND, "there is no such dispute")
        .at("dispute_id")
        .observed(disputeId);
  }

  private void note(Dispute dispute, JournalEvent event, Map<String, String> data) {
    var all = new TreeMap<String, String>(data);
    all.put("dispute_id", dispute.disputeId());
    world.note(JournalNote.Kind.STATE, event, dispute.journalIds(), all);
  }
}
