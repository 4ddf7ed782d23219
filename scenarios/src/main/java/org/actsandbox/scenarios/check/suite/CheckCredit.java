package org.actsandbox.scenarios.check.suite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the principal of a check's agents in credit association: it lets an agent refer to its
 * credit, lets a merchant ask, takes that back, and sees who asked (docs/credit.md).
 */
final class CheckCredit {

  private static final String PURPOSE = "HOTEL_DEPOSIT";
  private static final String VERIFIER = "/credit-verifier";
  private static final String DEPOSIT = "300.00";

  private final CheckWorld world;

  CheckCredit(CheckWorld world) {
    this.world = world;
  }

  /** Has a mock hotel take a deposit; a merchant outside takes one or does not. */
  void takeDeposit(MerchantTarget target) {
    change(target, DEPOSIT);
  }

  void endDeposit(MerchantTarget target) {
    change(target, "0.00");
  }

  private void change(MerchantTarget target, String amount) {
    if (target.mock()) {
      var path = "/merchants/" + target.id() + "/deposit-policy";
      done(
          world.send(
              "POST", path, world.merchantKey(target.id()), Json.object().put("amount", amount)));
    }
  }

  /**
   * Returns what a cart of the agent may refer to: a credential, and an authorization that lets the
   * merchant ask for exactly what a deposit needs.
   */
  ObjectNode grant(ExternalAgent agent, String merchant) {
    var credential = credential(agent);
    var wish =
        Json.object()
            .put("mode", "PLATFORM_DELEGATED")
            .put("platformDelegateId", merchant)
            .put("purpose", PURPOSE)
            .put("expiresAt", world.now().plus(Duration.ofDays(1)).toString());
    wish.putArray("relyingPartyIds").add(merchant);
    wish.putArray("agentIds").add(agent.agentId());
    wish.putArray("allowedDataItems").add("associatedCreditValue").add("mappingPolicy");
    wish.putObject("frequencyLimit")
        .put("maxRequestsPerWindow", 5)
        .put("windowDurationSeconds", 3_600);
    wish.putObject("resultUseRestrictions").put("mayStore", false).put("mayTransfer", false);
    var draft = (ObjectNode) post(VERIFIER + "/authorizations/drafts", wrapped(wish));
    draft.put("pin", PurchaseClient.DEMO_PIN);
    var granted = post(VERIFIER + "/authorizations", draft);
    var reference = Json.object();
    reference.set("credential_id", credential.path("credentialId"));
    reference.set("assertion_ref", credential.path("subjectCreditAssertionRef"));
    reference.set("authorization_id", granted.path("authorizationId"));
    return reference.put("mode", "PLATFORM_DELEGATED");
  }

  private static ObjectNode wrapped(ObjectNode wish) {
    var wrapped = Json.object();
    wrapped.set("authorization", wish);
    return wrapped;
  }

  /** Takes back what the reference refers to. */
  void revoke(JsonNode reference) {
    post(
        VERIFIER + "/authorizations/" + reference.path("authorization_id").asString() + "/revoke",
        Json.object());
  }

  private JsonNode credential(ExternalAgent agent) {
    var id = world.nextId();
    var now = world.now();
    var application =
        Json.object()
            .put("applicationId", id)
            .put("messageVersion", "reference-v1")
            .put("subjectId", "did:act:principal")
            .put("agentId", agent.agentId())
            .put("associationRole", "OPERATOR")
            .put("confirmationMethod", "ATTESTED_CONFIRMATION")
            .put("issuerId", "did:act:sandbox-credit-issuer")
            .put("purpose", PURPOSE)
            .put("authorizationMode", "PLATFORM_DELEGATED")
            .put("requestedAt", now.toString())
            .put("validFrom", now.toString())
            .put("expiresAt", now.plus(Duration.ofDays(30)).toString());
    application
        .putArray("relationshipEvidenceRefs")
        .add("urn:act:register:" + agent.agentId().replace("did:act:", ""));
    application.putArray("scope").add("kind:hotel");
    application.putObject("antiReplay").put("nonce", "nonce-of-the-application-" + id);
    post("/credit-issuer/v1/association-applications", application);
    var confirmation = "/credit/applications/" + id + "/confirmation";
    var shown = done(world.send("GET", confirmation, principal(), null));
    return post(
            confirmation,
            Json.object()
                .put("decision", "APPROVE")
                .put("digest", shown.at("/pending/digest").asString())
                .put("pin", PurchaseClient.DEMO_PIN))
        .path("credential");
  }

  /** Lists what the merchant asked about the principal's agent, as the principal sees it. */
  List<JsonNode> asked(String merchant, ExternalAgent agent) {
    Predicate<JsonNode> concerns =
        each ->
            each.path("relying_party_id").asString("").equals(merchant)
                && each.path("agent_id").asString("").equals(agent.agentId());
    return done(world.send("GET", VERIFIER + "/verifications", principal(), null))
        .path("items")
        .valueStream()
        .filter(concerns)
        .toList();
  }

  /** Has the verifier not answer until the faults of the check end. */
  void silence() {
    world.fault(
        "error_status",
        "sandbox-credit-verifier",
        "POST /v1/verifications",
        0,
        Map.of("status", 503));
  }

  private JsonNode post(String path, JsonNode body) {
    return done(world.send("POST", path, principal(), body));
  }

  private String principal() {
    return world.target().keys().principal();
  }

  private static JsonNode done(Reply reply) {
    if (reply.status() >= 300) {
      throw CheckEnd.inconclusive("credit association did not take part: {0}", reply);
    }
    return reply.json();
  }
}
