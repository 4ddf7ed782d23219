package org.actsandbox.sandbox.credit.verifier;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.credit.AssociationCredential;
import org.actsandbox.protocol.credit.CreditMessageRules;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.CreditQueryAuthorization;
import org.actsandbox.protocol.credit.CreditQueryAuthorization.State;
import org.actsandbox.protocol.credit.CreditVerificationRequest;
import org.actsandbox.protocol.credit.QueryAuthorizationRevocation;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.credit.code.QueryMode;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.SignedOrders;
import org.actsandbox.sandbox.credit.verifier.QueryAuthorizationStore.Row;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the subjects' permissions to ask for their associated credit, and counts how often they are
 * used (ACT CRD-4, CRD-11, CRD-12).
 */
public final class QueryAuthorizations {

  /** The members that an answer of the credit level always has together. */
  static final Set<String> TOGETHER = Set.of("associatedCreditValue", "mappingPolicy");

  private final CreditWorld world;
  private final QueryAuthorizationStore store;
  private final SignedOrders signedOrders;

  QueryAuthorizations(CreditWorld world) {
    this.world = world;
    this.store = new QueryAuthorizationStore(world);
    this.signedOrders = new SignedOrders(world);
  }

  /**
   * Represents what the principal would sign.
   *
   * @param digest the digest of the content, which the confirmation names
   */
  public record Draft(JsonNode content, String digest) {}

  /** Represents an authorization with its current state and the use of its current window. */
  public record Granted(JsonNode authorization, int usedInWindow, @Nullable Instant nextWindow) {}

  /**
   * Completes the principal's wish to what it would sign.
   *
   * @param wish the authorization without id, version, subject, level, state and proof
   */
  public Draft draft(JsonNode wish, Caller caller) {
    return draft(wish, own(caller));
  }

  Draft draft(JsonNode wish, Did principal) {
    var content = (ObjectNode) wish.deepCopy();
    content.put("authorizationId", world.ids().next("QA"));
    content.put("authorizationVersion", CreditMessageRules.VERSION);
    content.put("subjectId", principal.value());
    content.put("verificationLevel", "ASSOCIATED_CREDIT");
    content.put("status", State.ACTIVE.name());
    if (!content.has("validFrom")) {
      content.put("validFrom", world.now().toString());
    }
    checked(content);
    return new Draft(content, digest(content));
  }

  /**
   * Has the principal's key sign a draft that was shown, which takes the PIN.
   *
   * @throws Refusal {@code approval_mismatch}, {@code pin_wrong}, {@code pin_locked}
   */
  public ObjectNode grant(
      JsonNode shown, @Nullable String digest, @Nullable String pin, Caller caller) {
    var principal = own(caller);
    var content = (ObjectNode) shown.deepCopy();
    checked(content);
    if (!content.path("subjectId").asString("").equals(principal.value())
        || !world.rules().isShown(digest(content), String.valueOf(digest))) {
      throw new Refusal(Problem.APPROVAL_MISMATCH, "this is not what was shown")
          .at("digest")
          .expected(digest(content))
          .observed(String.valueOf(digest))
          .remedy("Ask for the draft again and decide on that.");
    }
    var id = content.path("authorizationId").asString();
    var check = world.pins().get().require(principal, pin, "authorize queries " + id);
    CreditProjection.AUTHORIZATION.prove(
        content, world.principals().signer(principal).release(check));
    return add(content, principal);
  }

  private static String digest(ObjectNode content) {
    return RequestFingerprint.digest(CanonicalJson.bytes(content));
  }

  /** Checks the content before it is signed, as if it were. */
  private void checked(ObjectNode content) {
    var whole = content.deepCopy();
    whole
        .putObject("authorizationProof")
        .put("signatureAlgorithm", "Ed25519")
        .put("signatureValue", "-");
    JsonMessage.bind(whole, CreditQueryAuthorization.class, "", Problem.INVALID_FIELD);
  }

  /**
   * Takes an authorization that its subject has signed; the same one again gets the same answer.
   *
   * @throws Refusal {@code signature_invalid}, {@code duplicate_request}
   */
  ObjectNode create(byte[] body, Caller caller) {
    var principal = own(caller);
    var message = JsonMessage.parse(body);
    var authorization = message.bind(CreditQueryAuthorization.class);
    if (!authorization.subjectId().equals(principal.value())
        || !CreditProjection.AUTHORIZATION.isProven(
            message.raw(), Set.of(principal.value()), world.keys())) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the subject has not signed this authorization")
          .at("authorizationProof")
          .expected("a proof of " + principal);
    }
    return add(message.raw(), principal);
  }

  private ObjectNode add(ObjectNode signed, Did principal) {
    var content = Json.read(signed, CreditQueryAuthorization.class);
    for (var agent : content.agentIds()) {
      if (!world.operates().test(principal, FieldChecks.did("agentIds", agent))) {
        throw FieldChecks.invalid("agentIds", "agents that work for the subject", agent);
      }
    }
    var row =
        new Row(
            content.authorizationId(),
            principal,
            State.ACTIVE,
            0,
            0,
            world.now(),
            content.expiresAt(),
            Json.write(signed));
    boolean added = world.inTransaction(() -> store.add(row));
    if (added) {
      world.note(
          JournalEvent.CREDIT_QUERY_AUTHORIZED,
          Map.of(
              "authorization_id", content.authorizationId(),
              "mode", content.mode().name(),
              "purpose", content.purpose(),
              "relying_parties", String.join(", ", content.relyingPartyIds())));
    } else if (store
        .find(row.authorizationId())
        .filter(known -> known.json().equals(row.json()))
        .isEmpty()) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this id was used before")
          .at("authorizationId")
          .observed(row.authorizationId());
    }
    return signed;
  }

  /** Carries out a signed revocation by the subject. */
  ObjectNode revoke(String authorizationId, byte[] body) {
    var message = JsonMessage.parse(body);
    var order = message.bind(QueryAuthorizationRevocation.class);
    if (!order.authorizationId().equals(authorizationId)) {
      throw FieldChecks.invalid("authorizationId", authorizationId, order.authorizationId());
    }
    world.requireCurrent(order.requestedAt());
    var row = require(authorizationId);
    if (!row.principal().value().equals(order.subjectId())
        || !CreditProjection.REQUEST.isProven(
            message.raw(), Set.of(order.subjectId()), world.keys())) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the subject has not signed this order")
          .at("requestProof")
          .expected("a proof of " + row.principal());
    }
    return revoke(
        authorizationId, () -> signedOrders.requireFirst(order.subjectId(), order.antiReplay()));
  }

  /** Revokes on the principal's order, who is known by the key of the call; it takes no PIN. */
  public ObjectNode revoke(String authorizationId, Caller caller) {
    var principal = own(caller);
    if (!require(authorizationId).principal().equals(principal)) {
      throw unknown(authorizationId);
    }
    return revoke(authorizationId, () -> {});
  }

  private ObjectNode revoke(String authorizationId, Runnable admission) {
    boolean changed =
        world.inTransaction(
            () -> {
              admission.run();
              boolean active =
                  store.lock(authorizationId).orElseThrow().at(world.now()) == State.ACTIVE;
              if (active) {
                store.revoke(authorizationId);
              }
              return active;
            });
    if (changed) {
      world.note(JournalEvent.CREDIT_QUERY_REVOKED, Map.of("authorization_id", authorizationId));
    }
    var row = require(authorizationId);
    return row.at(world.now(), (ObjectNode) Json.parse(row.json()));
  }

  /** Lists those of a principal's authorizations that name the agent; all without an agent. */
  Page<Granted> of(Did principal, @Nullable Did agent, @Nullable String cursor) {
    var all = of(principal, cursor);
    return agent == null
        ? all
        : new Page<>(all.items().stream().filter(each -> names(each, agent)).toList(), all.next());
  }

  private static boolean names(Granted granted, Did agent) {
    return Json.read(granted.authorization(), CreditQueryAuthorization.class)
        .agentIds()
        .contains(agent.value());
  }

  /** Lists a principal's authorizations, newest first. */
  public Page<Granted> of(Did principal, @Nullable String cursor) {
    return PageCursor.page(
        store.of(principal, PageCursor.parse(cursor)),
        row -> new PageCursor(row.createdAt(), row.authorizationId()),
        this::granted);
  }

  private Granted granted(Row row) {
    var now = world.now();
    var content = row.content();
    var limit = content.frequencyLimit();
    var json = row.at(now, (ObjectNode) Json.parse(row.json()));
    if (limit == null) {
      return new Granted(json, row.windowUsed(), null);
    }
    boolean current = limit.window(content.validFrom(), now) == row.windowNo();
    return new Granted(
        json, current ? row.windowUsed() : 0, limit.nextWindow(content.validFrom(), now));
  }

  /**
   * Compares an authorization with a request and counts the request, under a lock: of many at once
   * no more pass than the limit says.
   *
   * @return why it does not permit the request; empty if it does
   */
  Optional<CreditReason> use(CreditVerificationRequest request, AssociationCredential credential) {
    return world.inTransaction(
        () -> {
          var row = row(request, store::lock);
          var refused = refusal(row, request, credential);
          row.filter(_ -> refused.isEmpty()).ifPresent(this::count);
          return refused;
        });
  }

  /** Tells why an authorization does not permit a request, and counts nothing. */
  Optional<CreditReason> refusal(
      CreditVerificationRequest request, AssociationCredential credential) {
    return refusal(row(request, store::find), request, credential);
  }

  private static Optional<Row> row(
      CreditVerificationRequest request, Function<String, Optional<Row>> read) {
    return Optional.ofNullable(request.authorizationId()).flatMap(read);
  }

  private Optional<CreditReason> refusal(
      Optional<Row> row, CreditVerificationRequest request, AssociationCredential credential) {
    return row.isEmpty()
        ? Optional.of(CreditReason.AUTHORIZATION_REQUIRED)
        : refusalOf(row.get(), request, credential);
  }

  private Optional<CreditReason> refusalOf(
      Row row, CreditVerificationRequest request, AssociationCredential credential) {
    var now = world.now();
    var content = row.content();
    switch (world.rules().authorizationState(row.at(now))) {
      case REVOKED -> {
        return Optional.of(CreditReason.AUTHORIZATION_REVOKED);
      }
      case EXPIRED -> {
        return Optional.of(CreditReason.AUTHORIZATION_EXPIRED);
      }
      case ACTIVE -> {}
    }
    if (now.isBefore(content.validFrom())) {
      return Optional.of(CreditReason.AUTHORIZATION_EXPIRED);
    }
    boolean covered = covers(content, request, credential);
    if (!world.rules().isCovered(covered)) {
      return Optional.of(CreditReason.AUTHORIZATION_SCOPE_MISMATCH);
    }
    var limit = content.frequencyLimit();
    int most = limit == null ? 1 : limit.maxRequestsPerWindow();
    return world.rules().isBelowLimit(used(row, window(content)), most)
        ? Optional.empty()
        : Optional.of(CreditReason.AUTHORIZATION_SCOPE_MISMATCH);
  }

  private void count(Row row) {
    long window = window(row.content());
    store.count(row.authorizationId(), window, used(row, window) + 1);
  }

  private long window(CreditQueryAuthorization content) {
    var limit = content.frequencyLimit();
    return limit == null ? 0 : limit.window(content.validFrom(), world.now());
  }

  private static int used(Row row, long window) {
    return window == row.windowNo() ? row.windowUsed() : 0;
  }

  private static boolean covers(
      CreditQueryAuthorization content,
      CreditVerificationRequest request,
      AssociationCredential credential) {
    boolean mode =
        content.mode() == QueryMode.PER_REQUEST
            ? request.requestId().equals(content.boundRequestId())
                && request.platformDelegateId() == null
            : Objects.equals(content.platformDelegateId(), request.platformDelegateId());
    return mode
        && content.subjectId().equals(credential.subjectId())
        && content.relyingPartyIds().contains(request.relyingPartyId())
        && content.agentIds().contains(request.agentId())
        && content.purpose().equals(request.purpose())
        && content.allowedDataItems().containsAll(TOGETHER)
        && request.requestedDataItems().contains("associatedCreditValue")
        && content.allowedDataItems().containsAll(request.requestedDataItems());
  }

  private Row require(String id) {
    return store.find(FieldChecks.text("authorizationId", id, 64)).orElseThrow(() -> unknown(id));
  }

  private static Refusal unknown(String id) {
    return new Refusal(Problem.NOT_FOUND, "there is no such authorization")
        .at("authorizationId")
        .observed(id);
  }

  static Did own(Caller caller) {
    return caller
        .require(Role.PRINCIPAL)
        .did()
        .orElseThrow(() -> new IllegalStateException("a principal has an id"));
  }

  /** Lists what may be asked for; nothing else exists in an answer. */
  static List<String> items() {
    return List.of(
        "credentialStatus",
        "associatedCreditValue",
        "subjectCreditAssertionValid",
        "mappingPolicy",
        "creditSource",
        "statusQuery");
  }
}
