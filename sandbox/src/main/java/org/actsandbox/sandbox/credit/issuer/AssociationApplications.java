package org.actsandbox.sandbox.credit.issuer;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.participant.DueBatches;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.credit.AntiReplay;
import org.actsandbox.protocol.credit.AssociationApplication;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.ConfirmationMethod;
import org.actsandbox.protocol.credit.CreditMessageRules;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.StatusAddress;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.credit.CreditService;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.SignedOrders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes applications, checks them, and freezes what a subject is asked to confirm (ACT CRD-5). */
final class AssociationApplications {

  /** Ours: an application that no one confirms ends after a day. */
  private static final Duration LIFE = Duration.ofDays(1);

  /** Ours: the newest applications, among which those of one assessment are. */
  private static final int MOST_SUCCESSORS = 50;

  /** Ours: the roles of which the world's register of agents is sufficient evidence. */
  private static final Set<String> ROLES =
      Set.of("OPERATOR", "CONTROLLER", "RESPONSIBLE_PARTY", "DEPLOYER");

  private final CreditWorld world;
  private final CreditService creditService;
  private final AssociationStore store;
  private final DueBatches dueBatches;

  AssociationApplications(CreditWorld world, CreditService creditService, AssociationStore store) {
    this.world = world;
    this.creditService = creditService;
    this.store = store;
    this.dueBatches =
        new DueBatches(store.dueApplications(), world.agenda(), (id, _) -> lapseIfOverdue(id));
  }

  DueWork dueWork() {
    return dueBatches;
  }

  /**
   * Takes an application; the same message again gets the same answer.
   *
   * @throws Refusal {@code invalid_field}, {@code relationship_unverified}, {@code
   *     duplicate_request}
   */
  ObjectNode take(byte[] body, Caller caller) {
    var message = JsonMessage.parse(body);
    var application = message.bind(AssociationApplication.class);
    if (!application.issuerId().equals(world.did().value())) {
      throw FieldChecks.invalid("issuerId", world.did().value(), application.issuerId());
    }
    world.requireCurrent(application.requestedAt());
    var principal = new Did(application.subjectId());
    var agent = new Did(application.agentId());
    requireApplicant(caller, principal, agent);
    requireRelationship(application, principal, agent);
    return add(application, message.raw(), null);
  }

  /** Applies again for what a credential says, after what it rests on has changed. */
  ApplicationRow renew(AssociationRow replaced) {
    var old =
        store
            .application(replaced.applicationId())
            .orElseThrow(() -> new IllegalStateException(replaced.applicationId() + " is missing"))
            .content();
    var until = old.expiresAt();
    var id = world.ids().next("AA");
    var application =
        new AssociationApplication(
            id,
            old.messageVersion(),
            old.subjectId(),
            old.agentId(),
            old.associationRole(),
            old.relationshipEvidenceRefs(),
            old.confirmationMethod(),
            old.issuerId(),
            old.purpose(),
            old.scope(),
            old.authorizationMode(),
            world.now(),
            world.now(),
            until,
            new AntiReplay("renewal-of-" + replaced.credentialId() + "-" + id, null));
    add(application, (ObjectNode) Json.tree(application), replaced.credentialId());
    return require(id);
  }

  private ObjectNode add(
      AssociationApplication application, ObjectNode raw, @Nullable String previous) {
    var now = world.now();
    var row =
        new ApplicationRow(
            application.applicationId(),
            new Did(application.subjectId()),
            new Did(application.agentId()),
            AssociationState.PENDING,
            RequestFingerprint.digest(CanonicalJson.bytes(raw)),
            Json.write(raw),
            null,
            previous,
            now,
            now.plus(LIFE));
    boolean added =
        world.inTransaction(() -> store.add(row, SignedOrders.key(application.antiReplay())));
    if (added) {
      dueBatches.wakeAt(now.plus(LIFE));
      world.note(
          JournalEvent.ASSOCIATION_APPLIED,
          Map.of(
              "application_id", row.applicationId(),
              "agent_id", row.agent().value(),
              "purpose", application.purpose()));
    } else if (store
        .application(row.applicationId())
        .filter(known -> known.digest().equals(row.digest()))
        .isEmpty()) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this id or nonce was used before")
          .at("antiReplay")
          .expected("an applicationId and a nonce that were not used");
    }
    return raw;
  }

  private static void requireApplicant(Caller caller, Did principal, Did agent) {
    var own = caller.require(Role.PRINCIPAL, Role.AGENT).is(Role.PRINCIPAL) ? principal : agent;
    if (!caller.did().filter(own::equals).isPresent()) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the application is for another participant")
          .at(caller.is(Role.PRINCIPAL) ? "subjectId" : "agentId")
          .expected(caller.did().map(Did::value).orElse("the caller"))
          .observed(own.value());
    }
  }

  private void requireRelationship(AssociationApplication application, Did principal, Did agent) {
    boolean proven =
        world.principals().has(principal)
            && world.operates().test(principal, agent)
            && application.relationshipEvidenceRefs().stream().allMatch(evidence(agent)::equals);
    if (!proven || !ROLES.contains(application.associationRole())) {
      throw new Refusal(
              Problem.RELATIONSHIP_UNVERIFIED,
              "the evidence does not show that the subject has this role for the agent")
          .at(proven ? "associationRole" : "relationshipEvidenceRefs")
          .expected(proven ? "one of " + ROLES.stream().sorted().toList() : evidence(agent))
          .observed(
              proven
                  ? application.associationRole()
                  : String.join(", ", application.relationshipEvidenceRefs()))
          .remedy("Name an agent that works for you in this world, and its register entry.");
    }
  }

  /** Returns the reference to the agent's entry in the world's register. */
  static String evidence(Did agent) {
    return "urn:act:register:" + agent.name();
  }

  ApplicationRow require(String applicationId) {
    lapseIfOverdue(applicationId);
    return store
        .application(FieldChecks.text("applicationId", applicationId, 64))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such application")
                    .at("applicationId")
                    .observed(applicationId));
  }

  /**
   * Returns the draft that the subject confirms, which is made once and then stays as it is.
   *
   * @throws Refusal {@code association_state} when the application has ended
   */
  ObjectNode draft(String applicationId) {
    require(applicationId);
    return world.inTransaction(
        () -> {
          var row = store.lockApplication(applicationId).orElseThrow();
          requirePending(row);
          var known = row.draft();
          if (known != null) {
            return (ObjectNode) Json.parse(known);
          }
          var draft = newDraft(row);
          store.updateDraft(applicationId, Json.write(draft));
          return draft;
        });
  }

  /** Throws the draft away, because what it rests on has changed since it was shown. */
  void discardDraft(String applicationId) {
    world.transactions().executeWithoutResult(() -> store.updateDraft(applicationId, null));
  }

  static void requirePending(ApplicationRow row) {
    if (row.state() != AssociationState.PENDING) {
      throw new Refusal(Problem.ASSOCIATION_STATE, "the application has ended")
          .at("applicationId")
          .expected(AssociationState.PENDING.name())
          .observed(row.state().name())
          .remedy("Send a new application.");
    }
  }

  private ObjectNode newDraft(ApplicationRow row) {
    var application = row.content();
    var mapped = creditService.map(row.principal());
    boolean direct = application.confirmationMethod() == ConfirmationMethod.DIRECT_SIGNATURE;
    var id = world.ids().next("AC");
    var now = world.now();
    var draft =
        new AssociationCredential(
            id,
            CreditMessageRules.VERSION,
            row.applicationId(),
            application.agentId(),
            application.subjectId(),
            application.associationRole(),
            world.did().value(),
            application.relationshipEvidenceRefs().getFirst(),
            application.confirmationMethod(),
            mapped.assertionRef(),
            mapped.value(),
            AssociationCredential.SOURCE,
            mapped.policy(),
            statement(application),
            application.purpose(),
            application.scope(),
            direct ? application.requestedAt() : null,
            direct ? application.antiReplay() : null,
            null,
            null,
            null,
            now,
            later(application.validFrom(), now),
            application.expiresAt(),
            new StatusAddress(statusUri(id), "GET"),
            row.previousCredential(),
            null,
            null);
    return (ObjectNode) Json.tree(draft);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  String statusUri(String credentialId) {
    return world.addresses().issuer() + "/v1/association-credentials/" + credentialId + "/status";
  }

  /** Says what the subject confirms, in words that promise nothing about purchases. */
  private static String statement(AssociationApplication application) {
    return "%s is %s of %s and allows its credit to be referred to for %s within %s. This is no"
            .formatted(
                application.subjectId(),
                application.associationRole(),
                application.agentId(),
                application.purpose(),
                String.join(", ", application.scope()))
        + " promise about any purchase, payment or delivery of the agent.";
  }

  /** Returns the digest of a draft, which a confirmation names. */
  static String digest(ObjectNode draft) {
    return RequestFingerprint.digest(CreditProjection.SUBJECT.bytes(draft));
  }

  /** Ends a pending application on the principal's order. */
  void withdraw(String applicationId) {
    require(applicationId);
    world
        .transactions()
        .executeWithoutResult(
            () -> {
              requirePending(store.lockApplication(applicationId).orElseThrow());
              store.end(applicationId, AssociationState.REVOKED);
            });
  }

  /** Ends the applications that would replace a credential by what has changed again since. */
  void endSuccessorsOf(AssociationRow replaced) {
    world
        .transactions()
        .executeWithoutResult(
            () ->
                store.applications(replaced.principal(), MOST_SUCCESSORS).stream()
                    .filter(each -> replaced.credentialId().equals(each.previousCredential()))
                    // One that the subject confirms at this moment stays what it is.
                    .flatMap(each -> store.lockApplication(each.applicationId()).stream())
                    .filter(each -> each.state() == AssociationState.PENDING)
                    .forEach(each -> store.end(each.applicationId(), AssociationState.REVOKED)));
  }

  private boolean lapseIfOverdue(String applicationId) {
    Optional<ApplicationRow> overdue =
        store.application(applicationId).filter(row -> row.isOverdue(world.now()));
    if (overdue.isEmpty()) {
      return false;
    }
    return world.inTransaction(
        () -> {
          boolean still =
              store
                  .lockApplication(applicationId)
                  .filter(row -> row.isOverdue(world.now()))
                  .isPresent();
          if (still) {
            store.end(applicationId, AssociationState.EXPIRED);
          }
          return still;
        });
  }
}
