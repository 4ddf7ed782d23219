package org.actsandbox.sandbox.delegation;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.delegation.Intent.Status;
import org.actsandbox.sandbox.key.PinCheck;
import org.actsandbox.sandbox.psp.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The principal's decision about an intent, and the credential that follows from it (ACT
 * ADD-IAC-ISS). One confirmation does both (ADD-2): the PIN releases the principal's key for the
 * evidence and for the credential, over exactly what was shown.
 *
 * <p>The PIN is compared before anything is locked, so that confirmations of one principal do not
 * wait for each other's signatures; what was true then is looked at again under the lock.
 */
final class Issuance {

  private static final ActComponent COMPONENT = ActComponent.ADD_IAC_ISS;
  private static final String METHOD = "payment_pin";

  private final DelegationWorld world;
  private final DelegationRules rules;
  private final Intents intents;
  private final IntentStore store;
  private final DelegationStore delegations;
  private final Places places;
  private final Summary summary;
  private final DecisionNews news;
  private final AttestedDelegations attested;

  Issuance(
      DelegationWorld world,
      DelegationRules rules,
      Intents intents,
      IntentStore store,
      DelegationStore delegations,
      Summary summary) {
    this.world = world;
    this.rules = rules;
    this.intents = intents;
    this.store = store;
    this.delegations = delegations;
    this.places = new Places(world, delegations);
    this.summary = summary;
    this.news = new DecisionNews(world);
    this.attested = new AttestedDelegations(world);
  }

  /**
   * The evidence that outlives the decision, signed by the principal.
   *
   * @param digest of the {@link Views.Content} that was shown
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

  /** What came of a confirmation; committed before anybody hears of it. */
  private sealed interface Outcome {

    record Issued(Delegation delegation) implements Outcome {}

    /** Issued before: the answer was lost, or somebody clicked twice. */
    record IssuedBefore(Intent intent) implements Outcome {}
  }

  /**
   * @throws Refusal {@code not_found} for another principal's, {@code isr_incomplete} while
   *     questions are open
   */
  Views.Confirmation show(String intentId, Whose whose) {
    var intent = intents.get(intentId, whose);
    var content = content(intent);
    var pin = world.pins().get().state(intent.principal());
    return new Views.Confirmation(
        content, digest(content), intent.status(), pin.attemptsLeft(), pin.lockedMinutes());
  }

  /**
   * @throws Refusal {@code not_found}, {@code approval_mismatch}, {@code pin_wrong}, {@code
   *     pin_locked}, {@code confirmation_timed_out}, {@code illegal_transition}
   */
  Intent decide(String intentId, ApprovalRequest request, Whose whose) {
    var intent = intents.get(intentId, whose);
    return switch (request.decision()) {
      case "APPROVE" -> approve(intentId, request, whose);
      case "DECLINE" -> {
        if (request.digest() != null) {
          requireShown(intent, request.digest());
        }
        yield intents.decline(intentId, whose);
      }
      default -> throw Fields.invalid("decision", "APPROVE or DECLINE", request.decision());
    };
  }

  private Intent approve(String intentId, ApprovalRequest request, Whose whose) {
    var before = requireDecidable(intents.get(intentId, whose), request);
    if (before.isPresent()) {
      return before.get();
    }
    var check = world.pins().get().require(whose.did(), request.pin(), "authorize " + intentId);
    var place = places.next();
    return switch (world.inTransaction(() -> approveLocked(intentId, request, check, place))) {
      case Outcome.Issued(var issued) -> {
        announce(issued);
        var authorized = intents.get(intentId, whose);
        news.tell(authorized);
        yield authorized;
      }
      case Outcome.IssuedBefore(var intent) -> intent;
    };
  }

  private Outcome approveLocked(
      String intentId, ApprovalRequest request, PinCheck check, Delegation.Place place) {
    var intent =
        store
            .lock(intentId)
            .orElseThrow(() -> new IllegalStateException(intentId + " was there a moment ago"));
    return requireDecidable(intent, request)
        .<Outcome>map(Outcome.IssuedBefore::new)
        .orElseGet(() -> new Outcome.Issued(issue(intent, check, place)));
  }

  /**
   * The intent, when it was authorized before; empty while it waits for exactly this decision.
   *
   * @throws Refusal when it takes none
   */
  private Optional<Intent> requireDecidable(Intent intent, ApprovalRequest request) {
    requireShown(intent, request.digest());
    if (intent.status() == Status.AUTHORIZED) {
      return Optional.of(intent);
    }
    if (intent.status() != Status.WAITING || intent.isOverdue(world.now())) {
      throw Intents.over(
          intent.isOverdue(world.now())
              ? Intents.decided(intent, Status.LAPSED, world.now())
              : intent);
    }
    return Optional.empty();
  }

  private Delegation issue(Intent intent, PinCheck check, Delegation.Place place) {
    var principal = world.principals().signer(intent.principal());
    var content = content(intent);
    var digest = digest(content);
    var evidence =
        new Evidence(
            intent.intentId(),
            intent.delegationId(),
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
            new Iac.StatusReference(list(place), place.index()),
            check.at(),
            digest,
            principal.release(check));
    var issued =
        new Delegation(
            intent.delegationId(),
            intent.intentId(),
            intent.principal(),
            intent.agent(),
            iac.payload().mode(),
            place,
            check.at(),
            iac.payload().validityEndTime(),
            iac.compact(),
            Json.write(signed),
            new Delegation.Standing(
                DelegationState.ACTIVE, check.at(), intent.principal().value(), null));
    delegations.add(issued);
    attested.intentCreated(intent, check.at());
    attested.issued(issued, iac);
    store.update(Intents.decided(intent, Status.AUTHORIZED, check.at()));
    return issued;
  }

  private void announce(Delegation issued) {
    world.agenda().note(issued.validUntil());
    world.note(
        JournalNote.Kind.DECISION,
        COMPONENT,
        "delegation-decided",
        issued.journalIds(),
        Map.of("decision", "APPROVE", "by", issued.principal().value()));
    world.note(
        JournalNote.Kind.STATE,
        COMPONENT,
        "delegation-issued",
        issued.journalIds(),
        Map.of(
            "state", issued.now().state().code(),
            "mode", issued.mode().name(),
            "agent_id", issued.agent().value(),
            "valid_until", issued.validUntil().toString()));
  }

  private Views.Content content(Intent intent) {
    var payload =
        intents
            .payload(intent)
            .orElseThrow(
                () ->
                    new Refusal(Problem.ISR_INCOMPLETE, "questions of the intent are open")
                        .at("intent_id")
                        .remedy("Answer the agent's questions first."));
    return content(intent, payload);
  }

  private Views.Content content(Intent intent, IacPayload payload) {
    return new Views.Content(
        intent.intentId(),
        intent.delegationId(),
        intent.agent().value(),
        intent.principal().value(),
        intent.expiresAt(),
        summary.of(payload, intent),
        payload);
  }

  private void requireShown(Intent intent, @Nullable String digest) {
    var shown = digest(content(intent));
    if (!rules.isShown(shown, digest)) {
      throw new Refusal(Problem.APPROVAL_MISMATCH, "this is not what the page shows")
          .at("digest")
          .expected(shown)
          .observed(String.valueOf(digest))
          .remedy("Load the page again and decide on what it shows.");
    }
  }

  private static String digest(Views.Content content) {
    return Fingerprint.digest(Canonical.bytes(Json.tree(content)));
  }

  private URI list(Delegation.Place place) {
    return world.at("/status/" + place.list());
  }
}
