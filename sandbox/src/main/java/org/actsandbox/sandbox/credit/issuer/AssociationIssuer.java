package org.actsandbox.sandbox.credit.issuer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.credit.AssociationApplication;
import org.actsandbox.protocol.credit.AssociationConfirmation;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.AssociationStatus;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.DirectPreparation;
import org.actsandbox.protocol.credit.MappingPolicy;
import org.actsandbox.protocol.credit.SubjectKey;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519Pem;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.credit.CreditService;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.MappedCredit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Is the issuer of association credentials of one world, which endpoints take as argument. */
public final class AssociationIssuer {

  private final CreditWorld world;
  private final CreditService creditService;
  private final AssociationStore store;
  private final AssociationApplications applications;
  private final AssociationLifecycle lifecycle;

  public AssociationIssuer(CreditWorld world, CreditService creditService) {
    this.world = world;
    this.creditService = creditService;
    this.store = new AssociationStore(world);
    this.applications = new AssociationApplications(world, creditService, store);
    this.lifecycle = new AssociationLifecycle(world, store);
  }

  public List<DueWork> dueWork() {
    return List.of(applications.dueWork(), lifecycle.dueWork());
  }

  /**
   * Represents an application as the principal sees it.
   *
   * @param draft what a confirmation would make, without signatures; null if it has ended
   * @param digest the digest of the draft, which the confirmation names
   */
  public record Pending(
      AssociationApplication application,
      AssociationState state,
      @Nullable JsonNode draft,
      @Nullable String digest) {}

  /** Represents a credential with its current state, for its subject and its agent. */
  public record Held(JsonNode credential, AssociationStatus status, String changedBy) {}

  public ObjectNode apply(byte[] body, Caller caller) {
    return applications.take(body, caller);
  }

  /** Returns the payload that a subject signs itself. */
  DirectPreparation prepare(String applicationId, Caller caller) {
    requireOwn(applications.require(applicationId), caller);
    var draft = applications.draft(applicationId);
    var payload = CreditProjection.SUBJECT.of(draft);
    return new DirectPreparation(applicationId, payload, payload);
  }

  /** Shows what a confirmation of the application would make. */
  public Pending pending(String applicationId, Caller caller) {
    return pending(requireOwn(applications.require(applicationId), caller));
  }

  private Pending pending(ApplicationRow row) {
    if (row.state() != AssociationState.PENDING) {
      return new Pending(row.content(), row.state(), null, null);
    }
    var draft = applications.draft(row.applicationId());
    return new Pending(row.content(), row.state(), draft, AssociationApplications.digest(draft));
  }

  /** Lists the principal's applications that wait for a confirmation, newest first. */
  public List<Pending> pending(Did principal) {
    return store.applications(principal, PageCursor.PAGE).stream()
        .filter(row -> row.state() == AssociationState.PENDING && !row.isOverdue(world.now()))
        .map(row -> pending(row))
        .toList();
  }

  public void withdraw(String applicationId, Caller caller) {
    requireOwn(applications.require(applicationId), caller);
    applications.withdraw(applicationId);
  }

  /**
   * Issues the credential of a confirmed application (ACT CRD-5); a repetition gets the same
   * credential.
   *
   * @throws Refusal {@code association_state} if the application has ended or the credit service
   *     maps otherwise by now, {@code signature_invalid} if the confirmation is not the subject's
   */
  public JsonNode confirm(
      String applicationId, AssociationConfirmation confirmation, Caller caller) {
    var row = requireOwn(applications.require(applicationId), caller);
    var issued = store.credentialOfApplication(applicationId);
    if (issued.isPresent()) {
      return issued.get().json();
    }
    if (confirmation.confirmationMethod() != row.content().confirmationMethod()) {
      throw FieldChecks.invalid(
          "confirmationMethod",
          row.content().confirmationMethod().name(),
          confirmation.confirmationMethod().name());
    }
    var draft = applications.draft(applicationId);
    requireCurrentMapping(row, draft);
    requireConfirmed(row, draft, confirmation);
    var made =
        world.inTransaction(
            () -> {
              var locked = store.lockApplication(applicationId).orElseThrow();
              var before = store.credentialOfApplication(applicationId);
              if (before.isPresent()) {
                return before.get();
              }
              AssociationApplications.requirePending(locked);
              return issue(locked, draft, confirmation);
            });
    lifecycle.announceIssued(made);
    Optional.ofNullable(row.previousCredential())
        .ifPresent(id -> lifecycle.replace(id, made.credentialId()));
    return made.json();
  }

  private void requireCurrentMapping(ApplicationRow row, ObjectNode draft) {
    var mapped = creditService.map(row.principal());
    var drafted =
        new MappedCredit(
            draft.path("subjectCreditAssertionRef").asString(),
            draft.path("associatedCreditValue"),
            Json.read(draft.path("mappingPolicy"), MappingPolicy.class));
    if (!mapped.equals(drafted)) {
      applications.discardDraft(row.applicationId());
      throw new Refusal(
              Problem.ASSOCIATION_STATE, "the statement or the rule has changed since the draft")
          .at("applicationId")
          .expected("a confirmation of the current draft")
          .remedy("Read the draft again and confirm that one.");
    }
  }

  private void requireConfirmed(
      ApplicationRow row, ObjectNode draft, AssociationConfirmation confirmation) {
    var digest = AssociationApplications.digest(draft);
    boolean confirmed =
        switch (confirmation.confirmationMethod()) {
          case DIRECT_SIGNATURE -> isSignedBySubject(row.principal(), draft, confirmation);
          case ATTESTED_CONFIRMATION ->
              confirmation.attestationRef() != null
                  && creditService.isAttested(
                      confirmation.attestationRef(), row.applicationId(), digest);
        };
    if (!confirmed) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the subject has not confirmed this draft")
          .at(
              confirmation.attestationRef() == null && confirmation.subjectSignature() != null
                  ? "subjectSignature"
                  : "attestationRef")
          .expected("a confirmation of the draft with digest " + digest);
    }
  }

  private boolean isSignedBySubject(
      Did subject, ObjectNode draft, AssociationConfirmation confirmation) {
    SubjectKey given = confirmation.subjectPublicKey();
    if (given == null
        || !given.format().equals("pem-spki")
        || !given.keyId().startsWith(subject.value() + "#")) {
      return false;
    }
    return world
        .keys()
        .find(given.keyId())
        .filter(known -> Ed25519Pem.write(known).strip().equals(given.value().strip()))
        .filter(
            known ->
                CreditProjection.SUBJECT.verifies(draft, known, confirmation.subjectSignature()))
        .isPresent();
  }

  /** Signs and stores the credential within the caller's transaction. */
  private AssociationRow issue(
      ApplicationRow row, ObjectNode draft, AssociationConfirmation confirmation) {
    var credential = draft.deepCopy();
    if (confirmation.subjectPublicKey() != null) {
      credential.set("subjectPublicKey", Json.tree(confirmation.subjectPublicKey()));
      credential.put("subjectSignature", confirmation.subjectSignature());
      credential.put("subjectSignatureAlgorithm", CreditProjection.ALGORITHM);
    }
    credential.put(
        "issuerSignature", CreditProjection.ISSUER.signature(credential, world.signer()));
    credential.put("issuerSignatureAlgorithm", CreditProjection.ALGORITHM);
    var now = world.now();
    var issued =
        new AssociationRow(
            credential.path("credentialId").asString(),
            row.applicationId(),
            row.principal(),
            row.agent(),
            new AssociationRow.Current(
                AssociationState.ACTIVE, 1, null, now, row.principal().value()),
            now,
            row.content().expiresAt(),
            now.plus(AssociationLifecycle.CHECK_PERIOD),
            Json.write(credential));
    store.add(issued);
    store.end(row.applicationId(), AssociationState.ACTIVE);
    return issued;
  }

  /** Returns a credential to its subject or its agent. */
  public Held held(String credentialId, Caller caller) {
    return held(requireOwn(lifecycle.get(credentialId), caller));
  }

  /** Lists the credentials of the principal or of the principal behind the agent, newest first. */
  public Page<Held> held(Did principal, @Nullable String cursor) {
    return held(principal, null, cursor);
  }

  /** Lists those of a principal's credentials that name the agent; all of them without an agent. */
  Page<Held> held(Did principal, @Nullable Did agent, @Nullable String cursor) {
    return PageCursor.page(
        store.credentials(principal, agent, PageCursor.parse(cursor)),
        row -> new PageCursor(row.issuedAt(), row.credentialId()),
        row -> held(lifecycle.get(row.credentialId())));
  }

  private Held held(AssociationRow row) {
    return new Held(row.json(), lifecycle.status(row), row.current().by());
  }

  /** Finds a credential for the verifier, which the world's wiring connects with the issuer. */
  public Optional<ObjectNode> find(String credentialId) {
    return store.credential(credentialId).map(AssociationRow::json);
  }

  AssociationStatus status(String credentialId) {
    return lifecycle.status(lifecycle.get(credentialId));
  }

  /** Carries out a signed order of the subject or the credit service. */
  AssociationStatus order(String credentialId, byte[] body, AssociationState to) {
    return lifecycle.order(credentialId, body, to);
  }

  /**
   * Changes the state on the order of the principal, who is known by the key of the call. The
   * caller has checked the PIN where one is needed.
   */
  public Held move(
      String credentialId, AssociationState to, @Nullable String reason, Caller caller) {
    var row = requireOwn(lifecycle.get(credentialId), caller.require(Role.PRINCIPAL));
    return held(
        lifecycle.move(
            credentialId,
            to,
            row.principal().value(),
            reason == null
                ? AssociationLifecycle.BY_SUBJECT
                : FieldChecks.text("reason", reason, 256)));
  }

  /** Returns the credential that an application led to. */
  public Optional<Held> heldOf(String applicationId, Caller caller) {
    requireOwn(applications.require(applicationId), caller);
    return store.credentialOfApplication(applicationId).map(row -> held(row));
  }

  /** Tells whether the principal's PIN is needed to resume the credential. */
  public boolean isSuspended(String credentialId) {
    return lifecycle.get(credentialId).current().state() == AssociationState.SUSPENDED;
  }

  /**
   * Assesses the suspended credentials of a principal again (ACT CRD-8): what is unchanged resumes,
   * and what has changed waits for the confirmation of its successor.
   */
  public void assess(Did principal, Optional<MappedCredit> mapped) {
    for (var row : store.credentials(principal, null, PageCursor.parse(null))) {
      if (row.current().state() != AssociationState.SUSPENDED
          || !AssociationStatus.ASSESSMENT.equals(row.current().reason())) {
        continue;
      }
      applications.endSuccessorsOf(row);
      var content = row.content();
      var old =
          new MappedCredit(
              content.subjectCreditAssertionRef(),
              content.associatedCreditValue(),
              content.mappingPolicy());
      if (mapped.filter(old::equals).isPresent()) {
        lifecycle.move(
            row.credentialId(),
            AssociationState.ACTIVE,
            world.addresses().institutionDid().value(),
            "UNCHANGED");
      } else if (mapped.isPresent()) {
        var renewed = applications.renew(row);
        world.note(
            JournalEvent.ASSOCIATION_APPLIED,
            Map.of(
                "application_id", renewed.applicationId(),
                "replaces", row.credentialId()));
      }
    }
  }

  /** Lists the ids of the principal's credentials in force, for the credit service. */
  public List<String> inForce(Did principal) {
    return store.credentials(principal, null, PageCursor.parse(null)).stream()
        .filter(row -> row.current().state() == AssociationState.ACTIVE)
        .map(AssociationRow::credentialId)
        .toList();
  }

  private static ApplicationRow requireOwn(ApplicationRow row, Caller caller) {
    if (!isOwn(caller, row.principal(), row.agent())) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such application").at("applicationId");
    }
    return row;
  }

  private static AssociationRow requireOwn(AssociationRow row, Caller caller) {
    if (!isOwn(caller, row.principal(), row.agent())) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such credential").at("credentialId");
    }
    return row;
  }

  private static boolean isOwn(Caller caller, Did principal, Did agent) {
    return caller
        .did()
        .filter(did -> did.equals(caller.is(Role.AGENT) ? agent : principal))
        .isPresent();
  }
}
