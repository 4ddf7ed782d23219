package org.actsandbox.sandbox.delegation;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.delegation.DelegationIntent.Status;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the principal's decision about an intent and issues the credential that follows from it
 * (ACT ADD-IAC-ISS). One confirmation does both (ADD-2): the PIN releases the principal's key for
 * the evidence and for the credential, over exactly the content that was shown.
 *
 * <p>The PIN is compared before anything is locked, so that confirmations of one principal do not
 * wait for each other's signatures; what was true then is checked again under the lock.
 */
final class Issuance {

  private static final String METHOD = "payment_pin";

  private final DelegationWorld world;
  private final DelegationRules rules;
  private final DelegationIntents delegationIntents;
  private final DelegationIntentStore store;
  private final DelegationStore delegations;
  private final StatusListSlots statusListSlots;
  private final AuthoritySummary authoritySummary;
  private final IntentDecisionNotifier notifier;
  private final DelegationAttestations attestations;
  private final DelegationNotifications notifications;

  Issuance(
      DelegationWorld world,
      DelegationRules rules,
      DelegationIntents delegationIntents,
      DelegationIntentStore store,
      DelegationStore delegations,
      Announcements announcements) {
    this.world = world;
    this.rules = rules;
    this.delegationIntents = delegationIntents;
    this.store = store;
    this.delegations = delegations;
    this.statusListSlots = new StatusListSlots(world, delegations);
    this.authoritySummary = announcements.authoritySummary();
    this.notifications = announcements.notifications();
    this.notifier = new IntentDecisionNotifier(world);
    this.attestations = new DelegationAttestations(world);
  }

  /** Holds what tells principals and agents of authorities. */
  record Announcements(AuthoritySummary authoritySummary, DelegationNotifications notifications) {}

  /**
   * Represents the evidence of the decision, signed by the principal; it outlives the intent.
   *
   * @param digest the digest of the {@link DelegationViews.Content} that was shown
   */
  private record Evidence(
      String intentId,
      String delegationId,
      String decision,
      String method,
      String digest,
      Instant approvedAt,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}

  /** Represents the outcome of a confirmation, which is committed before it is announced. */
  private sealed interface Outcome {

    record Issued(Delegation delegation) implements Outcome {}

    /** The credential was issued before: the answer was lost, or the principal clicked twice. */
    record AlreadyIssued(DelegationIntent intent) implements Outcome {}
  }

  /**
   * @throws Refusal {@code not_found} for another principal's intent, {@code isr_incomplete} while
   *     questions are open
   */
  DelegationViews.Confirmation show(String intentId, OwnerFilter ownerFilter) {
    var delegationIntent = delegationIntents.get(intentId, ownerFilter);
    var content = content(delegationIntent);
    var pin = world.pins().get().state(delegationIntent.principal());
    return new DelegationViews.Confirmation(
        content,
        digest(content),
        delegationIntent.status(),
        pin.attemptsLeft(),
        pin.lockedMinutes());
  }

  /**
   * @throws Refusal {@code not_found}, {@code approval_mismatch}, {@code pin_wrong}, {@code
   *     pin_locked}, {@code confirmation_timed_out}, {@code illegal_transition}
   */
  DelegationIntent decide(String intentId, ApprovalRequest request, OwnerFilter ownerFilter) {
    var delegationIntent = delegationIntents.get(intentId, ownerFilter);
    return switch (request.decision()) {
      case "APPROVE" -> approve(intentId, request, ownerFilter);
      case "DECLINE" -> {
        if (request.digest() != null) {
          requireShown(delegationIntent, request.digest());
        }
        yield delegationIntents.decline(intentId, ownerFilter);
      }
      default -> throw FieldChecks.invalid("decision", "APPROVE or DECLINE", request.decision());
    };
  }

  private DelegationIntent approve(
      String intentId, ApprovalRequest request, OwnerFilter ownerFilter) {
    var before = requireDecidable(delegationIntents.get(intentId, ownerFilter), request);
    if (before.isPresent()) {
      return before.get();
    }
    var check =
        world.pins().get().require(ownerFilter.did(), request.pin(), "authorize " + intentId);
    var statusListSlot = statusListSlots.take();
    return switch (world.inTransaction(
        () -> approveLocked(intentId, request, check, statusListSlot))) {
      case Outcome.Issued(var issued) -> {
        announce(issued);
        var authorized = delegationIntents.get(intentId, ownerFilter);
        notifier.notifyAgent(authorized);
        yield authorized;
      }
      case Outcome.AlreadyIssued(var delegationIntent) -> delegationIntent;
    };
  }

  private Outcome approveLocked(
      String intentId,
      ApprovalRequest request,
      PinCheckResult check,
      Delegation.StatusListSlot statusListSlot) {
    var delegationIntent =
        store
            .lock(intentId)
            .orElseThrow(() -> new IllegalStateException(intentId + " was there a moment ago"));
    return requireDecidable(delegationIntent, request)
        .<Outcome>map(Outcome.AlreadyIssued::new)
        .orElseGet(() -> new Outcome.Issued(issue(delegationIntent, check, statusListSlot)));
  }

  /**
   * Returns the intent when it was authorized before; empty while it waits for exactly this
   * decision.
   *
   * @throws Refusal when the intent accepts no decision any more
   */
  private Optional<DelegationIntent> requireDecidable(
      DelegationIntent delegationIntent, ApprovalRequest request) {
    requireShown(delegationIntent, request.digest());
    if (delegationIntent.status() == Status.AUTHORIZED) {
      return Optional.of(delegationIntent);
    }
    if (delegationIntent.status() != Status.WAITING || delegationIntent.isOverdue(world.now())) {
      throw DelegationIntents.closedRefusal(
          delegationIntent.isOverdue(world.now())
              ? DelegationIntents.decided(delegationIntent, Status.LAPSED, world.now())
              : delegationIntent);
    }
    return Optional.empty();
  }

  private Delegation issue(
      DelegationIntent delegationIntent,
      PinCheckResult check,
      Delegation.StatusListSlot statusListSlot) {
    var principal = world.principals().signer(delegationIntent.principal());
    var content = content(delegationIntent);
    var digest = digest(content);
    var evidence =
        new Evidence(
            delegationIntent.intentId(),
            delegationIntent.delegationId(),
            "APPROVE",
            METHOD,
            digest,
            check.at(),
            null,
            null,
            null);
    var signed = SignedJson.sign((ObjectNode) Json.tree(evidence), principal.release(check));
    var iac =
        IacCodec.issue(
            content.payload().confirmed(METHOD, check.at()),
            new Iac.StatusReference(list(statusListSlot), statusListSlot.index()),
            check.at(),
            digest,
            principal.release(check));
    var issued =
        new Delegation(
            delegationIntent.delegationId(),
            delegationIntent.intentId(),
            delegationIntent.principal(),
            delegationIntent.agent(),
            iac.payload().mode(),
            statusListSlot,
            check.at(),
            iac.payload().validityEndTime(),
            iac.compact(),
            Json.write(signed),
            new Delegation.CurrentState(
                DelegationState.ACTIVE, check.at(), delegationIntent.principal().value(), null));
    delegations.add(issued);
    attestations.intentCreated(delegationIntent, check.at());
    attestations.issued(issued, iac);
    notifications.addIssued(issued);
    store.update(DelegationIntents.decided(delegationIntent, Status.AUTHORIZED, check.at()));
    return issued;
  }

  private void announce(Delegation issued) {
    world.agenda().wakeAt(issued.validUntil());
    notifications.deliveries().wakeUp();
    world.note(
        JournalNote.Kind.DECISION,
        JournalEvent.DELEGATION_DECIDED,
        issued.journalIds(),
        Map.of("decision", "APPROVE", "by", issued.principal().value()));
    world.note(
        JournalNote.Kind.STATE,
        JournalEvent.DELEGATION_ISSUED,
        issued.journalIds(),
        Map.of(
            "state", issued.current().state().code(),
            "mode", issued.mode().name(),
            "agent_id", issued.agent().value(),
            "valid_until", issued.validUntil().toString()));
  }

  private DelegationViews.Content content(DelegationIntent delegationIntent) {
    var payload =
        delegationIntents
            .payload(delegationIntent)
            .orElseThrow(
                () ->
                    new Refusal(Problem.ISR_INCOMPLETE, "questions of the intent are open")
                        .at("intent_id")
                        .remedy("Answer the agent's questions first."));
    return content(delegationIntent, payload);
  }

  private DelegationViews.Content content(DelegationIntent delegationIntent, IacPayload payload) {
    return new DelegationViews.Content(
        delegationIntent.intentId(),
        delegationIntent.delegationId(),
        delegationIntent.agent().value(),
        delegationIntent.principal().value(),
        delegationIntent.expiresAt(),
        authoritySummary.lines(payload, delegationIntent),
        payload);
  }

  private void requireShown(DelegationIntent delegationIntent, @Nullable String digest) {
    var shown = digest(content(delegationIntent));
    if (!rules.isShown(shown, digest)) {
      throw new Refusal(Problem.APPROVAL_MISMATCH, "this is not what the page shows")
          .at("digest")
          .expected(shown)
          .observed(String.valueOf(digest))
          .remedy("Load the page again and decide on what it shows.");
    }
  }

  private static String digest(DelegationViews.Content content) {
    return RequestFingerprint.digest(CanonicalJson.bytes(Json.tree(content)));
  }

  private URI list(Delegation.StatusListSlot statusListSlot) {
    return world.at("/status/" + statusListSlot.list());
  }
}
