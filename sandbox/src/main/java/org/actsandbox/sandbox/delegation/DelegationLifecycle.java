package org.actsandbox.sandbox.delegation;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/**
 * Suspends, resumes and revokes credentials, and expires them by the clock (ACT ADD-IAC-LCM).
 * Relying parties are told before the change is answered; a party that cannot be reached learns it
 * from the status list.
 */
final class DelegationLifecycle {

  private final DelegationWorld world;
  private final ParticipantClient client;
  private final DelegationRules rules;
  private final DelegationStore store;
  private final DelegationAttestations attestations;
  private final DelegationNotifications notifications;

  DelegationLifecycle(
      DelegationWorld world,
      DelegationRules rules,
      DelegationStore store,
      DelegationNotifications notifications) {
    this.world = world;
    this.client = world.client();
    this.rules = rules;
    this.store = store;
    this.attestations = new DelegationAttestations(world);
    this.notifications = notifications;
  }

  /**
   * Changes the state; a repetition after a lost answer succeeds without a change.
   *
   * @param by the DID of the participant that asks for the change
   * @throws Refusal {@code not_found}, {@code illegal_transition}
   */
  Delegation move(String delegationId, DelegationState to, String by, @Nullable String reason) {
    expireIfOverdue(delegationId);
    var moved =
        world.inTransaction(
            () -> {
              var before = require(store.lock(delegationId), delegationId);
              return before.current().state() == to
                  ? Optional.<Moved>empty()
                  : Optional.of(moved(before, to, by, reason));
            });
    moved.ifPresent(this::announce);
    return require(store.find(delegationId), delegationId);
  }

  /** Returns a delegation after expiring it if it is overdue. */
  Delegation get(String delegationId) {
    expireIfOverdue(delegationId);
    return require(store.find(delegationId), delegationId);
  }

  /** Returns the signed status list with the states of its credentials. */
  StatusList statusList(int number) {
    var now = world.now();
    var list = StatusList.of(String.valueOf(number), now, rules.listed(store.issued(number, now)));
    return SignedJson.sign(list, StatusList.class, world.signer());
  }

  /**
   * States that exactly this credential was issued, and its state. Ours: the caller must know the
   * digest, so only holders of the credential learn anything.
   *
   * @throws Refusal {@code not_found} unless the service issued it
   */
  IssuanceStatus issuance(String delegationId, String iacDigest) {
    expireIfOverdue(delegationId);
    var delegation =
        store
            .find(delegationId)
            .filter(found -> found.iacDigest().equals(iacDigest))
            .filter(found -> rules.isAcknowledged(iacDigest))
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "no such credential was issued")
                        .at("iac_digest")
                        .observed(iacDigest));
    return SignedJson.sign(
        new IssuanceStatus(
            delegationId,
            iacDigest,
            String.valueOf(delegation.slot().list()),
            delegation.slot().index(),
            delegation.current().state(),
            world.now(),
            null,
            null,
            null),
        IssuanceStatus.class,
        world.signer());
  }

  private record Moved(Delegation before, Delegation after) {}

  /** Changes the state within the caller's transaction, which holds the lock. */
  private Moved moved(Delegation before, DelegationState to, String by, @Nullable String reason) {
    var after = before.move(to, world.now(), by, reason);
    store.update(after);
    attestations.stateChanged(before, after);
    notifications.addStateChanged(after);
    return new Moved(before, after);
  }

  private boolean expireIfOverdue(String delegationId) {
    if (store.find(delegationId).filter(found -> found.isOverdue(world.now())).isEmpty()) {
      return false;
    }
    var moved =
        world.inTransaction(
            () ->
                store
                    .lock(delegationId)
                    .filter(found -> found.isOverdue(world.now()))
                    .map(
                        found -> moved(found, DelegationState.EXPIRED, world.did().value(), null)));
    moved.ifPresent(this::announce);
    return moved.isPresent();
  }

  /** Returns the event of coming into a state; a delegation becomes active again when resumed. */
  private static JournalEvent event(DelegationState state) {
    return switch (state) {
      case ACTIVE -> JournalEvent.DELEGATION_RESUMED;
      case SUSPENDED -> JournalEvent.DELEGATION_SUSPENDED;
      case EXPIRED -> JournalEvent.DELEGATION_EXPIRED;
      case REVOKED -> JournalEvent.DELEGATION_REVOKED;
    };
  }

  private void announce(Moved moved) {
    var after = moved.after();
    var state = after.current().state();
    var data = new TreeMap<String, String>();
    data.put("from", moved.before().current().state().code());
    data.put("to", state.code());
    data.put("by", after.current().by());
    if (after.current().reason() != null) {
      data.put("reason", after.current().reason());
    }
    world.note(JournalNote.Kind.STATE, event(state), after.journalIds(), data);
    notifications.deliveries().wakeUp();
    if (state != DelegationState.EXPIRED) {
      // Relying parties know the end of validity from the credential itself.
      notifyRelyingParties(after);
    }
  }

  private void notifyRelyingParties(Delegation changed) {
    var change =
        SignedJson.sign(
            new StatusChange(
                changed.delegationId(),
                changed.current().state(),
                changed.current().changedAt(),
                null,
                null,
                null),
            StatusChange.class,
            world.signer());
    for (var address : world.relying()) {
      DelegationWorld.failure(client.tell(address, Json.bytes(change), Map.of()))
          .ifPresent(why -> noteNotTold(changed, address.toString(), why));
    }
  }

  private void noteNotTold(Delegation changed, String address, String why) {
    world.note(
        JournalNote.Kind.DECISION,
        JournalEvent.STATUS_CHANGE_NOT_TOLD,
        changed.journalIds(),
        Map.of(
            "address", address,
            "why", why,
            "known_after_seconds", String.valueOf(StatusList.TTL_SECONDS)));
  }

  private static Delegation require(Optional<Delegation> found, String delegationId) {
    return found.orElseThrow(
        () ->
            new Refusal(Problem.NOT_FOUND, "there is no such delegation")
                .at("delegation_id")
                .observed(delegationId));
  }

  /** Returns the work that expires delegations at the end of their validity. */
  DueWork dueWork() {
    return new DueBatches(
        store.dueTable(), world.agenda(), (delegationId, _) -> expireIfOverdue(delegationId));
  }
}
