package org.actsandbox.sandbox.credit.issuer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.AssociationStatus;
import org.actsandbox.protocol.credit.AssociationStatusChange;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.SignedOrders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Suspends, resumes and revokes credentials, expires them by the clock, and verifies the
 * relationship again in intervals (ACT CRD-2, CRD-5, CRD-8).
 */
final class AssociationLifecycle {

  /** Ours: how often a relationship is verified again. */
  static final Duration CHECK_PERIOD = Duration.ofDays(30);

  static final String BY_SUBJECT = "SUBJECT_REQUEST";

  private static final String REPLACED = "REPLACED";

  private final CreditWorld world;
  private final AssociationStore store;
  private final SignedOrders signedOrders;
  private final DueBatches dueBatches;

  AssociationLifecycle(CreditWorld world, AssociationStore store) {
    this.world = world;
    this.store = store;
    this.signedOrders = new SignedOrders(world);
    this.dueBatches =
        new DueBatches(store.dueCredentials(), world.agenda(), (id, _) -> catchUp(id));
  }

  DueWork dueWork() {
    return dueBatches;
  }

  /** Returns a credential after doing what the clock has to do for it. */
  AssociationRow get(String credentialId) {
    catchUp(FieldChecks.text("credentialId", credentialId, 64));
    return require(credentialId);
  }

  AssociationStatus status(AssociationRow row) {
    var current = row.current();
    var status =
        new AssociationStatus(
            row.credentialId(),
            current.state(),
            current.version(),
            current.reason(),
            current.changedAt(),
            current.changedAt(),
            null);
    return Json.read(
        CreditProjection.STATUS.prove((ObjectNode) Json.tree(status), world.signer()),
        AssociationStatus.class);
  }

  /**
   * Carries out a signed order; a repetition of what is already so succeeds without a change.
   *
   * @throws Refusal {@code invalid_field}, {@code signature_invalid}, {@code duplicate_request},
   *     {@code association_state}
   */
  AssociationStatus order(String credentialId, byte[] body, AssociationState to) {
    var message = JsonMessage.parse(body);
    var order = message.bind(AssociationStatusChange.class);
    if (!order.credentialId().equals(credentialId) || order.targetStatus() != to) {
      throw FieldChecks.invalid(
          order.targetStatus() == to ? "credentialId" : "targetStatus",
          order.targetStatus() == to ? credentialId : to.name(),
          order.targetStatus() == to ? order.credentialId() : order.targetStatus().name());
    }
    world.requireCurrent(order.requestedAt());
    var row = get(credentialId);
    var entitled =
        world
            .rules()
            .orderers(Set.of(row.principal().value(), world.addresses().institutionDid().value()));
    if (!entitled.contains(order.requestedBy())
        || !CreditProjection.REQUEST.isProven(
            message.raw(), Set.of(order.requestedBy()), world.keys())) {
      throw new Refusal(
              Problem.SIGNATURE_INVALID, "the order is not signed by one who may order it")
          .at("requestProof")
          .expected("a proof of the subject or the credit service")
          .observed(order.requestedBy());
    }
    var moved =
        move(
            credentialId,
            to,
            order.requestedBy(),
            order.reasonCode(),
            () -> signedOrders.requireFirst(order.requestedBy(), order.antiReplay()));
    return status(moved);
  }

  AssociationRow move(
      String credentialId, AssociationState to, String by, @Nullable String reason) {
    return move(credentialId, to, by, reason, () -> {});
  }

  private AssociationRow move(
      String credentialId,
      AssociationState to,
      String by,
      @Nullable String reason,
      Runnable admission) {
    catchUp(credentialId);
    var moved =
        world.inTransaction(
            () -> {
              admission.run();
              var before = store.lockCredential(credentialId).orElseThrow();
              if (before.current().state() == to) {
                return Optional.<AssociationRow>empty();
              }
              requireOwnSuspension(before, to, by);
              var after = before.move(to, world.now(), by, reason);
              store.update(after);
              return Optional.of(after);
            });
    moved.ifPresent(this::announce);
    return require(credentialId);
  }

  /** A subject resumes only what it suspended itself; the credit service decides about the rest. */
  private static void requireOwnSuspension(AssociationRow row, AssociationState to, String by) {
    if (to == AssociationState.ACTIVE
        && by.equals(row.principal().value())
        && !row.current().by().equals(by)) {
      throw new Refusal(Problem.ASSOCIATION_STATE, "another participant suspended this credential")
          .at("credentialId")
          .expected("a suspension by the subject")
          .observed(row.current().by() + ": " + row.current().reason())
          .remedy("Wait for the credit service, or confirm the successor that it asks for.");
    }
  }

  /** Revokes the predecessor of a credential that is now in force. */
  void replace(String credentialId, String successor) {
    if (!require(credentialId).current().state().isFinal()) {
      move(credentialId, AssociationState.REVOKED, world.did().value(), REPLACED + " " + successor);
    }
  }

  void announceIssued(AssociationRow issued) {
    issued.dueAt().ifPresent(dueBatches::wakeAt);
    announce(issued, JournalEvent.ASSOCIATION_ISSUED);
  }

  /** Expires the credential or verifies the relationship again, if that is due. */
  private boolean catchUp(String credentialId) {
    var now = world.now();
    if (store
        .credential(credentialId)
        .filter(row -> row.dueAt().filter(due -> !now.isBefore(due)).isPresent())
        .isEmpty()) {
      return false;
    }
    var changed =
        world.inTransaction(
            () ->
                store
                    .lockCredential(credentialId)
                    .filter(row -> row.dueAt().filter(due -> !now.isBefore(due)).isPresent())
                    .map(this::caughtUp));
    changed.filter(row -> row.current().changedAt().equals(now)).ifPresent(this::announce);
    return changed.isPresent();
  }

  private AssociationRow caughtUp(AssociationRow row) {
    var now = world.now();
    var after =
        row.isOverdue(now)
            ? row.move(AssociationState.EXPIRED, now, world.did().value(), null)
            : row.withCheckAt(now.plus(CHECK_PERIOD));
    if (after.current().state() == AssociationState.ACTIVE
        && !world.operates().test(row.principal(), row.agent())) {
      after =
          after.move(
              AssociationState.SUSPENDED, now, world.did().value(), "RELATIONSHIP_UNVERIFIED");
    }
    store.update(after);
    return after;
  }

  private void announce(AssociationRow row) {
    announce(
        row,
        switch (row.current().state()) {
          case ACTIVE -> JournalEvent.ASSOCIATION_RESUMED;
          case SUSPENDED -> JournalEvent.ASSOCIATION_SUSPENDED;
          case REVOKED -> JournalEvent.ASSOCIATION_REVOKED;
          case EXPIRED -> JournalEvent.ASSOCIATION_EXPIRED;
          case PENDING -> throw new IllegalStateException("a credential is never pending");
        });
  }

  private void announce(AssociationRow row, JournalEvent event) {
    var data = new TreeMap<String, String>();
    data.put("credential_id", row.credentialId());
    data.put("agent_id", row.agent().value());
    data.put("state", row.current().state().name());
    data.put("by", row.current().by());
    if (row.current().reason() != null) {
      data.put("reason", row.current().reason());
    }
    world.note(event, world.withPrincipal(row.principal(), Map.copyOf(data)));
  }

  private AssociationRow require(String credentialId) {
    return store
        .credential(credentialId)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such credential")
                    .at("credentialId")
                    .observed(credentialId));
  }
}
