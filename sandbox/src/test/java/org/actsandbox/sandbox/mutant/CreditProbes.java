package org.actsandbox.sandbox.mutant;

import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.credit.CreditDesk;
import org.actsandbox.sandbox.credit.HotelDesk;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contains a probe for each defective service of credit association. */
final class CreditProbes {

  private CreditProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    return Map.ofEntries(
        Map.entry("credit-proof-unread", CreditProbes::passesWithoutProof),
        Map.entry("verification-replayed", CreditProbes::passesTwice),
        Map.entry("unsigned-credential-accepted", CreditProbes::passesAForgedCredential),
        Map.entry("suspended-credential-passes", CreditProbes::passesWhileSuspended),
        Map.entry("credit-without-authorization", CreditProbes::tellsWithoutAuthorization),
        Map.entry("revoked-query-authorization-counts", CreditProbes::tellsAfterRevocation),
        Map.entry("query-authorization-for-anyone", CreditProbes::tellsForAnotherRequest),
        Map.entry("queries-uncounted", CreditProbes::tellsBeyondTheLimit),
        Map.entry("withdrawn-statement-counts", CreditProbes::tellsAWithdrawnStatement),
        Map.entry("silence-taken-for-credit", CreditProbes::passesInSilence),
        Map.entry("credential-tells-credit", CreditProbes::tellsAtTheCredentialLevel),
        Map.entry("deposit-waived-without-pass", CreditProbes::waivesWithoutPass),
        Map.entry("deposit-taken-despite-pass", CreditProbes::takesDespitePass),
        Map.entry("more-credit-asked-than-needed", CreditProbes::asksForMore),
        Map.entry("stranger-served", CreditProbes::servesAStranger),
        Map.entry("subject-limit-inherited", CreditProbes::inheritsTheLimit));
  }

  private static CreditDesk desk(MutantTrial trial) {
    return new CreditDesk(SandboxServer.shared(), trial.world);
  }

  private static boolean passes(JsonNode response) {
    return response.path("result").asString().equals("PASS");
  }

  private static boolean passesWithoutProof(MutantTrial trial) {
    var desk = desk(trial);
    var request = desk.signed(desk.request(desk.credential(), "CREDENTIAL"));
    ((ObjectNode) request.path("requestProof")).put("signatureValue", "AAAA");
    return passes(desk.send(request));
  }

  private static boolean passesTwice(MutantTrial trial) {
    var desk = desk(trial);
    var request = desk.request(desk.credential(), "CREDENTIAL");
    desk.verify(request);
    return passes(desk.verify(request));
  }

  private static boolean passesAForgedCredential(MutantTrial trial) {
    var desk = desk(trial);
    var forged = desk.credential().deepCopy();
    ((ObjectNode) forged.path("associatedCreditValue")).put("limit", "90000.00");
    var request = desk.request(forged, "CREDENTIAL");
    request.set("credential", forged);
    return passes(desk.verify(request));
  }

  private static boolean passesWhileSuspended(MutantTrial trial) {
    var desk = desk(trial);
    var credential = desk.credential();
    desk.move(credential.path("credentialId").asString(), "suspend", _ -> {});
    return passes(desk.verifyCredential(credential));
  }

  private static boolean tellsWithoutAuthorization(MutantTrial trial) {
    var desk = desk(trial);
    var credential = desk.credential();
    var request = desk.request(credential, "ASSOCIATED_CREDIT");
    request.set("subjectCreditAssertionRef", credential.path("subjectCreditAssertionRef"));
    return passes(desk.verify(request));
  }

  private static boolean tellsAfterRevocation(MutantTrial trial) {
    var desk = desk(trial);
    var credential = desk.credential();
    var id = desk.authorization();
    desk.post("/credit-verifier/authorizations/" + id + "/revoke", "", desk.principal());
    return passes(desk.verifyCredit(credential, id));
  }

  private static boolean tellsForAnotherRequest(MutantTrial trial) {
    var desk = desk(trial);
    var credential = desk.credential();
    var id = desk.grant(desk.wishForOne("CQ-OTHER")).path("authorizationId").asString();
    return passes(desk.verifyCredit(credential, id));
  }

  private static boolean tellsBeyondTheLimit(MutantTrial trial) {
    var desk = desk(trial);
    var credential = desk.credential();
    var id = desk.grant(desk.wish(1, 3600)).path("authorizationId").asString();
    desk.verifyCredit(credential, id);
    return passes(desk.verifyCredit(credential, id));
  }

  private static boolean tellsAWithdrawnStatement(MutantTrial trial) {
    var desk = desk(trial);
    var credential = desk.credential();
    var id = desk.authorization();
    trial.fault("sandbox-credit-issuer", "POST /**", "error_status", 1);
    var statement =
        desk.get("/credit/statements", desk.principal())
            .json()
            .at("/items/0/statement/assertionId")
            .asString();
    desk.post("/credit/statements/" + statement + "/withdraw", "", desk.operator());
    return passes(desk.verifyCredit(credential, id));
  }

  private static boolean passesInSilence(MutantTrial trial) {
    var desk = desk(trial);
    var credential = desk.credential();
    var id = desk.authorization();
    trial.fault("sandbox-credit", "POST /validity", "error_status", 5);
    return passes(desk.verifyCredit(credential, id));
  }

  private static boolean tellsAtTheCredentialLevel(MutantTrial trial) {
    var desk = desk(trial);
    return desk.verifyCredential(desk.credential()).has("associatedCreditValue");
  }

  private static HotelDesk hotel(MutantTrial trial) {
    var hotel = new HotelDesk(desk(trial), trial.world);
    hotel.takeDeposit("500.00");
    return hotel;
  }

  private static boolean waivesWithoutPass(MutantTrial trial) {
    var hotel = hotel(trial);
    var cart = hotel.withCredit(hotel.cart(hotel.offer()));
    ((ObjectNode) cart.path("credit")).put("credential_id", "AC-unknown");
    return HotelDesk.decision(hotel.confirm(cart).json()).startsWith("WAIVED FAIL");
  }

  private static boolean takesDespitePass(MutantTrial trial) {
    var hotel = hotel(trial);
    var cart = hotel.withCredit(hotel.cart(hotel.offer()));
    return HotelDesk.decision(hotel.confirm(cart).json()).startsWith("TAKEN PASS");
  }

  /** The authorization covers what the decision needs, so that more is out of its scope. */
  private static boolean asksForMore(MutantTrial trial) {
    var desk = desk(trial);
    var hotel = hotel(trial);
    var wish = desk.wish(5, 3600);
    wish.putArray("allowedDataItems").add("associatedCreditValue").add("mappingPolicy");
    var cart = hotel.cart(hotel.offer());
    HotelDesk.refer(
        cart,
        desk.credential(),
        desk.grant(wish).path("authorizationId").asString(),
        "PLATFORM_DELEGATED");
    return HotelDesk.decision(hotel.confirm(cart).json()).contains("AUTHORIZATION_SCOPE_MISMATCH");
  }

  private static boolean servesAStranger(MutantTrial trial) {
    var desk = desk(trial);
    var seller = "/merchants/tickwell";
    desk.post(
        seller + "/buyer-policy",
        Json.object().put("credential_required", true),
        SandboxServer.bearer(trial.world.roleKey(Role.MERCHANT, Did.of("tickwell"))));
    var request =
        Json.object()
            .put("request_id", "R-1")
            .put("intent_id", "I-1")
            .put("agent_id", World.AGENT.value())
            .put("timestamp", trial.world.clock().instant().toString())
            .put("credential_id", "AC-unknown");
    request.putObject("input").put("symbol", "coffee").put("days", 30);
    var signed = SignedJson.sign(request, trial.world.signer(World.AGENT));
    return desk.post(seller + "/services/quotes", signed).status() == 402;
  }

  private static boolean inheritsTheLimit(MutantTrial trial) {
    var desk = desk(trial);
    var limit = desk.credential().at("/associatedCreditValue/limit").asString();
    var subject =
        desk.get("/credit/statements", desk.principal())
            .json()
            .at("/items/0/statement/creditPayload/creditLimit")
            .asString();
    return Json.tree(limit).equals(Json.tree(subject));
  }
}
