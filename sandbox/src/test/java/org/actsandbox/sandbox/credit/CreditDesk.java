package org.actsandbox.sandbox.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays principal, agent and a hotel that asks, over HTTP in one world. */
public final class CreditDesk {

  public static final Did HOTEL = Did.of("gotrip-hotels");
  public static final String PURPOSE = "HOTEL_DEPOSIT";
  private static final String PIN = "246810";

  private final SandboxServer server;
  private final World world;
  private int messages;

  public CreditDesk(SandboxServer server, World world) {
    this.server = server;
    this.world = world;
  }

  Instant now() {
    return world.clock().instant();
  }

  void advance(Duration by) {
    ok(
        server.post(
            "/api/worlds/" + world.name() + "/clock/advance",
            "{\"by\":\"" + by + "\"}",
            SandboxServer.bearer(server.operator(world))));
  }

  public SandboxServer.Answer post(String path, Object body, String... key) {
    var text = body instanceof String plain ? plain : Json.write(body);
    return server.post("/w/" + world.name() + path, text, key);
  }

  public SandboxServer.Answer get(String path, String... key) {
    return server.get("/w/" + world.name() + path, key);
  }

  public String[] principal() {
    return SandboxServer.bearer(world.roleKey(Role.PRINCIPAL, null));
  }

  public String[] agent() {
    return SandboxServer.bearer(world.roleKey(Role.AGENT, null));
  }

  public String[] merchant() {
    return SandboxServer.bearer(world.roleKey(Role.MERCHANT, HOTEL));
  }

  public String[] operator() {
    return SandboxServer.bearer(server.operator(world));
  }

  public static JsonNode ok(SandboxServer.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return answer.text().isEmpty() ? Json.object() : answer.json();
  }

  /** Returns an application of the principal for the world's agent. */
  public ObjectNode application(String method) {
    int number = ++messages;
    var application =
        Json.object()
            .put("applicationId", "AA-" + number)
            .put("messageVersion", "reference-v1")
            .put("subjectId", World.PRINCIPAL.value())
            .put("agentId", World.AGENT.value())
            .put("associationRole", "OPERATOR")
            .put("confirmationMethod", method)
            .put("issuerId", World.CREDIT_ISSUER.value())
            .put("purpose", PURPOSE)
            .put("authorizationMode", "PLATFORM_DELEGATED")
            .put("requestedAt", now().toString())
            .put("validFrom", now().toString())
            .put("expiresAt", now().plus(Duration.ofDays(300)).toString());
    application.putArray("relationshipEvidenceRefs").add("urn:act:register:demo-agent");
    application.putArray("scope").add("kind:hotel");
    application.putObject("antiReplay").put("nonce", "application-nonce-" + number);
    return application;
  }

  public SandboxServer.Answer apply(ObjectNode application) {
    return post("/credit-issuer/v1/association-applications", application, principal());
  }

  public SandboxServer.Answer confirm(String applicationId, String pin) {
    var path = "/credit/applications/" + applicationId + "/confirmation";
    var shown = ok(get(path, principal()));
    var decision =
        Json.object()
            .put("decision", "APPROVE")
            .put("digest", shown.at("/pending/digest").asString())
            .put("pin", pin);
    return post(path, decision, principal());
  }

  /** Applies and confirms, and returns the credential. */
  public ObjectNode credential(String method) {
    var application = application(method);
    ok(apply(application));
    return (ObjectNode)
        ok(confirm(application.path("applicationId").asString(), PIN)).path("credential");
  }

  public ObjectNode credential() {
    return credential("ATTESTED_CONFIRMATION");
  }

  public static String id(JsonNode credential) {
    return credential.path("credentialId").asString();
  }

  /** Returns the principal's wish for an authorization of the hotel. */
  public ObjectNode wish(int most, int seconds) {
    var wish =
        Json.object()
            .put("mode", "PLATFORM_DELEGATED")
            .put("platformDelegateId", HOTEL.value())
            .put("purpose", PURPOSE)
            .put("expiresAt", now().plus(Duration.ofDays(30)).toString());
    wish.putArray("relyingPartyIds").add(HOTEL.value());
    wish.putArray("agentIds").add(World.AGENT.value());
    wish.putArray("allowedDataItems")
        .add("associatedCreditValue")
        .add("mappingPolicy")
        .add("subjectCreditAssertionValid");
    wish.putObject("frequencyLimit")
        .put("maxRequestsPerWindow", most)
        .put("windowDurationSeconds", seconds);
    wish.putObject("resultUseRestrictions").put("mayStore", false).put("mayTransfer", false);
    return wish;
  }

  /** Has the principal sign the wish with the PIN, and returns the authorization. */
  public JsonNode grant(ObjectNode wish) {
    var drafted = Json.object();
    drafted.set("authorization", wish);
    var draft =
        (ObjectNode) ok(post("/credit-verifier/authorizations/drafts", drafted, principal()));
    draft.put("pin", PIN);
    return ok(post("/credit-verifier/authorizations", draft, principal()));
  }

  public String authorization() {
    return grant(wish(5, 3600)).path("authorizationId").asString();
  }

  /** Returns the wish for an authorization of one request alone. */
  public ObjectNode wishForOne(String requestId) {
    var wish = wish(1, 1);
    wish.remove("platformDelegateId");
    wish.remove("frequencyLimit");
    return wish.put("mode", "PER_REQUEST").put("boundRequestId", requestId);
  }

  /** Returns an unsigned request of the hotel about the credential. */
  public ObjectNode request(JsonNode credential, String level) {
    int number = ++messages;
    var request =
        Json.object()
            .put("requestId", "CQ-" + number)
            .put("messageVersion", "reference-v1")
            .put("relyingPartyId", HOTEL.value())
            .put("agentId", World.AGENT.value())
            .put("verificationLevel", level)
            .put("purpose", PURPOSE)
            .put("requestedAt", now().toString());
    request.putObject("businessContext").put("orderId", "O-1");
    request.putArray("requestedDataItems").add("associatedCreditValue").add("mappingPolicy");
    request.putObject("credential").put("credentialId", id(credential));
    request.putObject("antiReplay").put("nonce", "verification-nonce-" + number);
    return request;
  }

  /** Returns an unsigned request for the credit behind a credential. */
  public ObjectNode creditRequest(JsonNode credential, String authorizationId) {
    var request = request(credential, "ASSOCIATED_CREDIT");
    request.set("subjectCreditAssertionRef", credential.path("subjectCreditAssertionRef"));
    return request.put("authorizationId", authorizationId).put("platformDelegateId", HOTEL.value());
  }

  /** Signs as the hotel and sends. */
  public JsonNode verify(ObjectNode request) {
    return send(signed(request));
  }

  public ObjectNode signed(ObjectNode request) {
    return CreditProjection.REQUEST.prove(request, world.signer(HOTEL));
  }

  public JsonNode send(ObjectNode request) {
    return ok(post("/credit-verifier/v1/verifications", request));
  }

  public JsonNode verifyCredit(JsonNode credential, String authorizationId) {
    return verify(creditRequest(credential, authorizationId));
  }

  public JsonNode verifyCredential(JsonNode credential) {
    return verify(request(credential, "CREDENTIAL"));
  }

  static String reason(JsonNode response) {
    return response.path("reasonCode").asString();
  }

  public SandboxServer.Answer move(String credentialId, String how, Consumer<ObjectNode> more) {
    var body = Json.object();
    more.accept(body);
    return post("/credit/associations/" + credentialId + "/" + how, body, principal());
  }

  JsonNode status(JsonNode credential) {
    return ok(get("/credit-issuer/v1/association-credentials/" + id(credential) + "/status"));
  }

  void fault(String participant, String operation) {
    ok(
        server.post(
            "/api/worlds/" + world.name() + "/faults",
            Json.write(
                Json.object()
                    .put("name", "error_status")
                    .put("participant", participant)
                    .put("operation", operation)),
            operator()));
  }
}
