package org.actsandbox.sandbox.credit.verifier;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.AssociationStatus;
import org.actsandbox.protocol.credit.ConfirmationMethod;
import org.actsandbox.protocol.credit.CreditLevel;
import org.actsandbox.protocol.credit.CreditMessageRules;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.CreditReceipt;
import org.actsandbox.protocol.credit.CreditValidity;
import org.actsandbox.protocol.credit.CreditValidityQuery;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.CreditVerificationResponse;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519Pem;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies credentials and the credit behind them for relying parties, in the order of the standard
 * (ACT CRD-3, CRD-9, CRD-10). Each accepted request is answered with a signed result and kept.
 */
public final class CreditVerifier {

  private final CreditWorld world;
  private final Function<String, Optional<ObjectNode>> credentials;
  private final VerificationStore store;
  private final VerificationAnswers answers;
  private final QueryAuthorizations authorizations;
  private final RequestConfirmations confirmations;
  private final ParticipantClient client;

  /**
   * @param credentials finds a credential at its issuer by its id
   */
  public CreditVerifier(CreditWorld world, Function<String, Optional<ObjectNode>> credentials) {
    this.world = world;
    this.credentials = credentials;
    this.store = new VerificationStore(world);
    this.answers = new VerificationAnswers(world);
    this.authorizations = new QueryAuthorizations(world);
    this.confirmations = new RequestConfirmations(world, authorizations);
    this.client = world.client();
  }

  public QueryAuthorizations authorizations() {
    return authorizations;
  }

  public RequestConfirmations confirmations() {
    return confirmations;
  }

  /**
   * Represents a verification for its subject or its relying party.
   *
   * @param result and {@code reason} are null while the verification is under way
   */
  public record Asked(
      String verificationRecordId,
      String relyingPartyId,
      String requestId,
      String agentId,
      @Nullable String credentialId,
      @Nullable String authorizationId,
      String purpose,
      Instant askedAt,
      @Nullable String result,
      @Nullable String reason) {}

  /** Lists who asked when about the principal's agents, or what a merchant asked, newest first. */
  public Page<Asked> asked(Caller caller, @Nullable String cursor) {
    boolean merchant = caller.require(Role.PRINCIPAL, Role.MERCHANT).is(Role.MERCHANT);
    var whose = caller.did().orElseThrow(() -> new IllegalStateException("the key has a subject"));
    return PageCursor.page(
        store.of(merchant, whose, PageCursor.parse(cursor)),
        row -> new PageCursor(row.madeAt(), row.recordId()),
        row ->
            new Asked(
                row.recordId(),
                row.relyingParty(),
                row.requestId(),
                row.agentId(),
                row.credentialId(),
                row.authorizationId(),
                row.purpose(),
                row.madeAt(),
                row.result(),
                row.reason()));
  }

  /**
   * Returns what evidence shows of a verification; empty if the verifier did not accept the
   * request.
   */
  public Optional<CreditReceipt> receipt(Did relyingParty, String requestId) {
    return store
        .ended(relyingParty, requestId)
        .map(
            ended -> {
              var json = Json.parse(ended.response());
              var response = Json.read(json, CreditVerificationResponse.class);
              return new CreditReceipt(
                  response.verificationRecordId(),
                  relyingParty.value(),
                  requestId,
                  response.agentId(),
                  ended.authorizationId(),
                  ended.purpose(),
                  response.result(),
                  response.reasonCode(),
                  response.generatedAt(),
                  RequestFingerprint.digest(CanonicalJson.bytes(json)));
            });
  }

  /**
   * Verifies, and answers with a signed result.
   *
   * @param patience how long a request without an authorization waits for its subject to confirm
   *     it; zero if the relying party does not wait
   * @throws Refusal {@code malformed_json} or {@code invalid_field} for a body that is no request
   */
  public JsonNode verify(byte[] body, Duration patience) {
    var message = JsonMessage.parse(body);
    var request = message.bind(CreditVerificationRequest.class);
    var recordId = world.ids().next("VR");
    var admission = admission(message.raw(), request);
    if (admission.isPresent()) {
      return answered(request, recordId, VerificationFinding.before(admission.get()));
    }
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(message.raw()));
    var now = world.now();
    boolean waits = !patience.isZero() && request.authorizationId() == null;
    // One that may wait is claimed at once, so that its subject is asked once.
    boolean known =
        waits
            ? !world.inTransaction(() -> store.begin(request, recordId, digest, now))
            : store.isKnown(request);
    if (world.rules().isReplay(known)) {
      return replayed(request, recordId, digest);
    }
    var finding = confirmed(request, recordId, finding(request), patience);
    var answer = answers.signed(request, recordId, finding);
    var kept =
        world.inTransaction(
            () -> {
              if (!waits && !store.begin(request, recordId, digest, now)) {
                return Optional.<VerificationAnswers.Signed>empty();
              }
              var used = used(request, recordId, finding, answer);
              store.end(request, used);
              return Optional.of(used);
            });
    if (kept.isEmpty() && world.rules().isReplay(true)) {
      return replayed(request, recordId, digest);
    }
    var told = kept.orElse(answer);
    note(request, told.response());
    return told.json();
  }

  /**
   * Counts the request in the window of its authorization, in the transaction that keeps the
   * answer: what was revoked or used up while the issuer and the credit service were asked does not
   * pass any more (ACT CRD-12).
   */
  private VerificationAnswers.Signed used(
      CreditVerificationRequest request,
      String recordId,
      VerificationFinding finding,
      VerificationAnswers.Signed answer) {
    var credential = finding.credential();
    if (!finding.isPermitted() || credential == null) {
      return answer;
    }
    return authorizations
        .use(confirmedRequest(request, finding), credential)
        .map(refused -> answers.signed(request, recordId, finding.refused(refused)))
        .orElse(answer);
  }

  private static CreditVerificationRequest confirmedRequest(
      CreditVerificationRequest request, VerificationFinding finding) {
    var given = finding.authorizationId();
    return given == null ? request : request.under(given);
  }

  /** Answers what was sent before: with the stored answer where an idempotency key permits that. */
  private JsonNode replayed(CreditVerificationRequest request, String recordId, String digest) {
    return repeated(request, digest)
        .orElseGet(
            () ->
                answered(
                    request, recordId, VerificationFinding.before(CreditReason.REPLAY_DETECTED)));
  }

  /**
   * Asks the subject about a request that lacks nothing but its permission, and verifies again with
   * it (ACT CRD-11.c), because the credential may have ended while the request waited.
   */
  private VerificationFinding confirmed(
      CreditVerificationRequest request,
      String recordId,
      VerificationFinding finding,
      Duration patience) {
    var credential = finding.credential();
    if (finding.reason() != CreditReason.AUTHORIZATION_REQUIRED
        || credential == null
        || request.authorizationId() != null
        || request.platformDelegateId() != null
        || !credential.subjectCreditAssertionRef().equals(request.subjectCreditAssertionRef())) {
      return finding;
    }
    return confirmations
        .ask(recordId, request, new Did(credential.subjectId()), patience)
        .map(
            authorizationId -> {
              world
                  .transactions()
                  .executeWithoutResult(() -> store.permit(request, authorizationId));
              return finding(request.under(authorizationId)).under(authorizationId);
            })
        .orElse(finding);
  }

  /** Returns why the request itself is not accepted (ACT CRD-9). */
  private Optional<CreditReason> admission(ObjectNode raw, CreditVerificationRequest request) {
    try {
      CreditMessageRules.check(request);
    } catch (Refusal invalid) {
      return Optional.of(CreditReason.INVALID_REQUEST);
    }
    var signers = new HashSet<>(Set.of(request.relyingPartyId()));
    if (request.platformDelegateId() != null) {
      signers.clear();
      signers.add(request.platformDelegateId());
    }
    if (!world.rules().isProven(CreditProjection.REQUEST.isProven(raw, signers, world.keys()))) {
      return Optional.of(CreditReason.REQUEST_PROOF_INVALID);
    }
    if (!world.isCurrent(request.requestedAt())) {
      return Optional.of(CreditReason.REQUEST_EXPIRED);
    }
    if (!QueryAuthorizations.items().containsAll(request.requestedDataItems())) {
      return Optional.of(CreditReason.INVALID_REQUEST);
    }
    return Optional.empty();
  }

  /** Returns the stored answer of a repetition, which only an idempotency key permits. */
  private Optional<JsonNode> repeated(CreditVerificationRequest request, String digest) {
    return store
        .before(request)
        .filter(before -> before.digest().equals(digest))
        .filter(before -> before.replayKey().startsWith("k:"))
        .map(VerificationStore.Before::response)
        .map(Json::parse);
  }

  private JsonNode answered(
      CreditVerificationRequest request, String recordId, VerificationFinding finding) {
    var answer = answers.signed(request, recordId, finding);
    note(request, answer.response());
    return answer.json();
  }

  private VerificationFinding finding(CreditVerificationRequest request) {
    var found = credential(request);
    if (found.isEmpty()) {
      return VerificationFinding.before(CreditReason.ASSOCIATION_CREDENTIAL_NOT_FOUND);
    }
    var json = found.get();
    AssociationCredential credential;
    try {
      credential =
          JsonMessage.bind(json, AssociationCredential.class, "credential", Problem.INVALID_FIELD);
      CreditMessageRules.check(credential);
    } catch (Refusal notACredential) {
      return VerificationFinding.before(CreditReason.INVALID_REQUEST);
    }
    if (!isProven(json, credential)) {
      return VerificationFinding.before(CreditReason.ASSOCIATION_PROOF_INVALID);
    }
    // One that was named by its id comes from the issuer already.
    if (isWhole(request.credential()) && credentials.apply(credential.credentialId()).isEmpty()) {
      return VerificationFinding.before(CreditReason.ASSOCIATION_CREDENTIAL_NOT_FOUND);
    }
    return ofCredential(request, credential);
  }

  /** Judges a credential whose signatures are good. */
  private VerificationFinding ofCredential(
      CreditVerificationRequest request, AssociationCredential credential) {
    var state =
        new VerificationFinding(
            CreditReason.VERIFIED, AssociationState.PENDING, CreditLevel.CREDENTIAL, credential);
    if (!CreditProjection.isKnown(request.agentId(), world.keys())) {
      return state.with(CreditReason.AGENT_NOT_REGISTERED);
    }
    if (!agrees(request, credential)) {
      return state.with(CreditReason.INVALID_REQUEST);
    }
    var status = status(credential);
    if (status.isEmpty()) {
      return state.with(world.rules().outage(CreditReason.INCONCLUSIVE));
    }
    var judged = world.rules().judged(status.get().status());
    var current =
        new VerificationFinding(CreditReason.VERIFIED, judged, CreditLevel.CREDENTIAL, credential);
    if (judged == AssociationState.SUSPENDED
        && AssociationStatus.ASSESSMENT.equals(status.get().reasonCode())) {
      return current.with(CreditReason.REVIEW_REQUIRED);
    }
    if (judged != AssociationState.ACTIVE || world.now().isBefore(credential.validFrom())) {
      return current.with(CreditReason.ASSOCIATION_CREDENTIAL_NOT_ACTIVE);
    }
    if (request.wantsDirectSignature()
        && credential.confirmationMethod() != ConfirmationMethod.DIRECT_SIGNATURE) {
      return current.with(CreditReason.REVIEW_REQUIRED);
    }
    return request.verificationLevel() == CreditLevel.CREDENTIAL
        ? current
        : ofCredit(request, current, credential);
  }

  /**
   * Asks for the credit behind a credential that is good. The authorization is compared before the
   * credit service hears of the request, and counted when the answer is kept.
   */
  private VerificationFinding ofCredit(
      CreditVerificationRequest request,
      VerificationFinding current,
      AssociationCredential credential) {
    if (request.authorizationId() == null && world.rules().isAuthorizationNeeded()) {
      return current.with(CreditReason.AUTHORIZATION_REQUIRED);
    }
    if (!credential.subjectCreditAssertionRef().equals(request.subjectCreditAssertionRef())) {
      return current.with(CreditReason.INVALID_REQUEST);
    }
    if (world.rules().isAuthorizationNeeded()) {
      var refused = authorizations.refusal(request, credential);
      return refused.isPresent()
          ? current.with(refused.get())
          : ofStatement(current, credential).permitted();
    }
    return ofStatement(current, credential);
  }

  /** Asks the credit service whether statement and rule still hold. */
  private VerificationFinding ofStatement(
      VerificationFinding current, AssociationCredential credential) {
    var validity = validity(credential);
    if (validity.isEmpty()) {
      return of(current, world.rules().outage(CreditReason.CREDIT_ASSERTION_UNAVAILABLE));
    }
    if (!validity.get().ruleSupported()) {
      return current.with(CreditReason.MAPPING_POLICY_UNSUPPORTED);
    }
    return switch (world.rules().statement(validity.get().state())) {
      case VALID ->
          validity.get().valueAgrees()
              ? current.completing(CreditLevel.ASSOCIATED_CREDIT)
              : current.with(CreditReason.CREDIT_ASSERTION_INVALID);
      case UNKNOWN -> current.with(CreditReason.CREDIT_ASSERTION_UNAVAILABLE);
      case EXPIRED, CORRECTED, WITHDRAWN -> current.with(CreditReason.CREDIT_ASSERTION_INVALID);
    };
  }

  private static VerificationFinding of(VerificationFinding current, CreditReason reason) {
    return reason == CreditReason.VERIFIED
        ? current.completing(CreditLevel.ASSOCIATED_CREDIT)
        : current.with(reason);
  }

  private Optional<ObjectNode> credential(CreditVerificationRequest request) {
    if (!(request.credential() instanceof ObjectNode given)) {
      return Optional.empty();
    }
    return isWhole(given)
        ? Optional.of(given)
        : credentials.apply(given.path("credentialId").asString(""));
  }

  private static boolean isWhole(JsonNode credential) {
    return credential.has("credentialVersion");
  }

  /** Tells whether issuer and subject have signed the credential, each with a key of its own. */
  private boolean isProven(ObjectNode json, AssociationCredential credential) {
    boolean issued =
        credential.issuerId().equals(world.addresses().issuerDid().value())
            && CreditProjection.keysOf(credential.issuerId(), world.keys()).stream()
                .anyMatch(
                    key ->
                        CreditProjection.ISSUER.verifies(json, key, credential.issuerSignature()));
    if (!world.rules().isIssued(issued)) {
      return false;
    }
    if (credential.confirmationMethod() == ConfirmationMethod.ATTESTED_CONFIRMATION) {
      return true;
    }
    var subject = credential.subjectPublicKey();
    return subject != null
        && subject.keyId().startsWith(credential.subjectId() + "#")
        && world
            .keys()
            .find(subject.keyId())
            .filter(key -> Ed25519Pem.write(key).strip().equals(subject.value().strip()))
            .filter(
                key -> CreditProjection.SUBJECT.verifies(json, key, credential.subjectSignature()))
            .isPresent();
  }

  private boolean agrees(CreditVerificationRequest request, AssociationCredential credential) {
    var known = world.scopes().apply(new Did(request.relyingPartyId()));
    return credential.agentId().equals(request.agentId())
        && credential.purpose().equals(request.purpose())
        && credential.scope().stream().anyMatch(known::contains);
  }

  /** Asks the issuer for the current state; empty if it does not answer with its signature. */
  private Optional<AssociationStatus> status(AssociationCredential credential) {
    var target =
        URI.create(
            world.addresses().issuer()
                + "/v1/association-credentials/"
                + credential.credentialId()
                + "/status");
    return switch (client.get(target)) {
      case ParticipantAnswer.Done done
          when CreditProjection.STATUS.isProven(
                  done.body(), Set.of(world.addresses().issuerDid().value()), world.keys())
              && done.body().path("credentialId").asString("").equals(credential.credentialId()) ->
          Optional.of(Json.read(done.body(), AssociationStatus.class));
      case ParticipantAnswer.Done _, ParticipantAnswer.Refused _, ParticipantAnswer.Unknown _ ->
          Optional.empty();
    };
  }

  /**
   * Asks the credit service about the statement; empty if it does not answer with its signature.
   */
  private Optional<CreditValidity> validity(AssociationCredential credential) {
    var query =
        new CreditValidityQuery(
            credential.subjectCreditAssertionRef(),
            credential.mappingPolicy(),
            credential.associatedCreditValue(),
            credential.agentId(),
            world.now(),
            null,
            null,
            null);
    var signed = SignedJson.sign((ObjectNode) Json.tree(query), world.signer());
    var target = URI.create(world.addresses().institution() + "/validity");
    if (!(client.post(target, signed) instanceof ParticipantAnswer.Done done)) {
      return Optional.empty();
    }
    try {
      return SignedJson.verify(done.body(), world.keys()).equals(world.addresses().institutionDid())
              && done.body()
                  .path("assertion_ref")
                  .asString("")
                  .equals(credential.subjectCreditAssertionRef())
          ? Optional.of(Json.read(done.body(), CreditValidity.class))
          : Optional.empty();
    } catch (Refusal notSigned) {
      return Optional.empty();
    }
  }

  private void note(CreditVerificationRequest request, CreditVerificationResponse response) {
    var data = new TreeMap<String, String>();
    data.put("relying_party", request.relyingPartyId());
    data.put("agent_id", request.agentId());
    data.put("level", request.verificationLevel().name());
    data.put("result", response.result().name());
    data.put("reason", response.reasonCode().name());
    data.put("record_id", response.verificationRecordId());
    world.note(JournalEvent.CREDIT_VERIFIED, Map.copyOf(data));
  }
}
