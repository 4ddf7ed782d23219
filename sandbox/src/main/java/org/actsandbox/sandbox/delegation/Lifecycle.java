package org.actsandbox.sandbox.delegation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.jspecify.annotations.Nullable;

/**
 * Suspends, resumes, revokes; and expires by the clock (ACT ADD-IAC-LCM). Relying parties are told
 * before the change is answered; whoever cannot be told learns it from the status list.
 */
final class Lifecycle implements DueWork {

  private static final ActComponent COMPONENT = ActComponent.ADD_IAC_LCM;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int BATCH = 100;

  private final DelegationWorld world;
  private final DelegationRules rules;
  private final DelegationStore store;
  private final AttestedDelegations attested;

  Lifecycle(DelegationWorld world, DelegationRules rules, DelegationStore store) {
    this.world = world;
    this.rules = rules;
    this.store = store;
    this.attested = new AttestedDelegations(world);
  }

  /**
   * Twice is once: a repeat after a lost answer finds what it wanted.
   *
   * @param by DID of who wants it
   * @throws Refusal {@code not_found}, {@code illegal_transition}
   */
  Delegation move(String delegationId, DelegationState to, String by, @Nullable String reason) {
    expireIfOverdue(delegationId);
    var moved =
        world.inTransaction(
            () -> {
              var before = found(store.lock(delegationId), delegationId);
              return before.now().state() == to
                  ? Optional.<Moved>empty()
                  : Optional.of(moved(before, to, by, reason));
            });
    moved.ifPresent(this::announce);
    return found(store.find(delegationId), delegationId);
  }

  /** As it stands now, by the clock. */
  Delegation get(String delegationId) {
    expireIfOverdue(delegationId);
    return found(store.find(delegationId), delegationId);
  }

  /** The signed states of a list's credentials. */
  StatusList list(int number) {
    var now = world.now();
    var list = StatusList.of(String.valueOf(number), now, rules.listed(store.issued(number, now)));
    return SignedJson.sign(list, StatusList.class, world.signer().get());
  }

  /**
   * That exactly this credential was issued, and how it stands. Ours: who does not hold it cannot
   * tell its digest, and learns nothing of it.
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
            String.valueOf(delegation.place().list()),
            delegation.place().index(),
            delegation.now().state(),
            world.now(),
            null,
            null,
            null),
        IssuanceStatus.class,
        world.signer().get());
  }

  private record Moved(Delegation before, Delegation after) {}

  /** Within the caller's transaction, which holds the lock. */
  private Moved moved(Delegation before, DelegationState to, String by, @Nullable String reason) {
    var after = before.move(to, world.now(), by, reason);
    store.update(after);
    attested.moved(before, after);
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

  private void announce(Moved moved) {
    var after = moved.after();
    var state = after.now().state();
    boolean resumed = state == DelegationState.ACTIVE;
    var data = new TreeMap<String, String>();
    data.put("from", moved.before().now().state().code());
    data.put("to", state.code());
    data.put("by", after.now().by());
    if (after.now().reason() != null) {
      data.put("reason", after.now().reason());
    }
    world.note(
        JournalNote.Kind.STATE,
        COMPONENT,
        "delegation-" + (resumed ? "resumed" : state.code().toLowerCase(Locale.ROOT)),
        after.journalIds(),
        data);
    if (state != DelegationState.EXPIRED) {
      // Everybody knows the end of validity from the credential itself.
      tell(after);
    }
  }

  private void tell(Delegation changed) {
    var change =
        SignedJson.sign(
            new StatusChange(
                changed.delegationId(),
                changed.now().state(),
                changed.now().changedAt(),
                null,
                null,
                null),
            StatusChange.class,
            world.signer().get());
    for (var address : world.relying()) {
      var call =
          new Outbound.Call(
              "POST",
              address,
              Map.of("Content-Type", "application/json"),
              Json.bytes(change),
              TIMEOUT);
      try {
        var answer = world.outbound().send(call);
        if (!answer.isSuccess()) {
          untold(changed, address.toString(), "answered " + answer.status());
        }
      } catch (Unanswered silent) {
        untold(changed, address.toString(), "did not answer");
      }
    }
  }

  private void untold(Delegation changed, String address, String why) {
    world.note(
        JournalNote.Kind.DECISION,
        COMPONENT,
        "status-change-not-told",
        changed.journalIds(),
        Map.of(
            "address", address,
            "why", why,
            "known_after_seconds", String.valueOf(StatusList.TTL_SECONDS)));
  }

  private static Delegation found(Optional<Delegation> found, String delegationId) {
    return found.orElseThrow(
        () ->
            new Refusal(Problem.NOT_FOUND, "there is no such delegation")
                .at("delegation_id")
                .observed(delegationId));
  }

  @Override
  public Optional<Instant> nextDue() {
    return store.nextDue();
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return store.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    for (var due = store.due(now, BATCH); !due.isEmpty(); due = store.due(now, BATCH)) {
      if (due.stream().filter(this::expireIfOverdue).count() == 0) {
        // The clock was set back: nothing is due after all.
        return;
      }
    }
    nextDue().ifPresent(world.agenda()::note);
  }
}
