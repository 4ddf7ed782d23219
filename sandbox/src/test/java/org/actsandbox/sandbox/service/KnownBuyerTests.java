package org.actsandbox.sandbox.service;

import static org.actsandbox.sandbox.credit.CreditDesk.id;
import static org.actsandbox.sandbox.credit.CreditDesk.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.credit.CreditDesk;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests a seller agent that verifies who stands behind a buyer before it serves it. */
class KnownBuyerTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String SELLER = "/merchants/tickwell";
  private static final String POLICY = SELLER + "/buyer-policy";

  private final SandboxServer server = SandboxServer.shared();
  private World world;
  private CreditDesk desk;
  private ServiceBuyer buyer;

  @BeforeEach
  void begin() {
    world = server.newWorld(NOW);
    desk = new CreditDesk(server, world);
    buyer = new ServiceBuyer(server, world);
    ok(desk.post(POLICY, "{\"credential_required\": true}", seller()));
  }

  @Test
  void aBuyerWithoutACredentialIsToldWhatIsNeededAndBilledNothing() {
    var refused = ask(null);
    assertThat(refused.status()).as(refused.text()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("buyer_credential_required");
    assertThat(refused.text()).contains("SERVICE_ACCESS").contains("kind:service");
    assertThat(refused.header(A402Headers.PAYMENT_NEEDED)).isEmpty();
    var entry = ok(desk.get(SELLER + "/catalog/quotes"));
    assertThat(entry.at("/attributes/buyer_credential").asString()).isEqualTo("SERVICE_ACCESS");
    assertThat(buyer.ask("marketlens", "quotes", request(null)).status())
        .as("other sellers serve as before")
        .isEqualTo(402);
  }

  /** Checks ACT CRD-3.a: a PASS of the credential level is enough, and tells no credit. */
  @Test
  void aPassIsServedAndNothingOfTheCreditIsAskedFor() {
    var served = ask(id(credential()));
    assertThat(served.status()).as(served.text()).isEqualTo(402);
    var asked = ok(desk.get("/credit-verifier/verifications", seller())).path("items");
    assertThat(asked.size()).isEqualTo(1);
    assertThat(asked.at("/0/result").asString()).isEqualTo("PASS");
    assertThat(asked.get(0).has("authorization_id")).isFalse();
    assertThat(asked.at("/0/purpose").asString()).isEqualTo("SERVICE_ACCESS");
  }

  @Test
  void theSameRequestAgainIsNotVerifiedAgain() {
    var body = request(id(credential()));
    assertThat(buyer.ask("tickwell", "quotes", body).status()).isEqualTo(402);
    assertThat(buyer.ask("tickwell", "quotes", body).status()).isEqualTo(402);
    assertThat(ok(desk.get("/credit-verifier/verifications", seller())).path("items").size())
        .isEqualTo(1);
  }

  /** Checks ACT CRD-9.b: a FAIL is refused with its reason. */
  @Test
  void aFailIsRefusedWithItsReason() {
    var credential = id(credential());
    ok(desk.move(credential, "revoke", _ -> {}));
    var refused = ask(credential);
    assertThat(code(refused)).isEqualTo("buyer_credential_required");
    assertThat(refused.text()).contains("ASSOCIATION_CREDENTIAL_NOT_ACTIVE");
    var forHotels = ask(id(desk.credential()));
    assertThat(code(forHotels)).as("another purpose").isEqualTo("buyer_credential_required");
    assertThat(ask("AC-NOTHING").text()).contains("ASSOCIATION_CREDENTIAL_NOT_FOUND");
  }

  /** Checks ACT CRD-9.c: silence is neither good nor bad, and the same request may come again. */
  @Test
  void silenceIsNoRefusalAndTheSameRequestIsServedLater() {
    var body = request(id(credential()));
    fault("sandbox-credit-verifier", "POST /v1/verifications");
    var later = buyer.ask("tickwell", "quotes", body);
    assertThat(later.status()).as(later.text()).isEqualTo(503);
    assertThat(code(later)).isEqualTo("buyer_unverified");
    assertThat(later.header(A402Headers.PAYMENT_NEEDED)).isEmpty();
    assertThat(buyer.ask("tickwell", "quotes", body).status())
        .as("the fault is over")
        .isEqualTo(402);
  }

  /** Checks ACT CRD-9.d: a person of the seller looks and lets the buyer in. */
  @Test
  void aReviewWaitsForAPersonOfTheSeller() {
    var credential = id(credential());
    ok(desk.post("/credit/corrections", "{\"score\": 641}", desk.operator()));
    var body = request(credential);
    var waits = buyer.ask("tickwell", "quotes", body);
    assertThat(waits.status()).as(waits.text()).isEqualTo(409);
    assertThat(code(waits)).isEqualTo("buyer_under_review");
    var review = ok(desk.get(POLICY + "/reviews", seller())).at("/items/0");
    assertThat(review.path("credential_id").asString()).isEqualTo(credential);
    assertThat(review.path("admitted").asBoolean()).isFalse();
    var admission = POLICY + "/reviews/" + credential + "/admission";
    assertThat(desk.post(admission, "", desk.agent()).status()).isEqualTo(403);
    assertThat(desk.post(admission, "", desk.merchant()).status()).as("a hotel").isEqualTo(403);
    ok(desk.post(admission, "", seller()));
    assertThat(buyer.ask("tickwell", "quotes", body).status()).isEqualTo(402);
    ok(desk.move(credential, "revoke", _ -> {}));
    assertThat(code(ask(credential))).as("a FAIL later").isEqualTo("buyer_credential_required");
    assertThat(desk.post(POLICY + "/reviews/AC-OTHER/admission", "", seller()).status())
        .isEqualTo(404);
  }

  @Test
  void onlyItsStaffChangesThePolicyAndOnlySellersOfServicesHaveOne() {
    var change = "{\"credential_required\": false}";
    assertThat(desk.post(POLICY, change, desk.agent()).status()).isEqualTo(403);
    assertThat(desk.get(POLICY + "/reviews", desk.agent()).status()).isEqualTo(403);
    assertThat(desk.post("/merchants/gotrip-hotels/buyer-policy", change, desk.merchant()).status())
        .isEqualTo(400);
    ok(desk.post(POLICY, change, seller()));
    assertThat(ok(desk.get(POLICY)).path("credential_required").asBoolean()).isFalse();
    assertThat(ask(null).status()).isEqualTo(402);
  }

  private JsonNode credential() {
    var application = desk.application("ATTESTED_CONFIRMATION").put("purpose", "SERVICE_ACCESS");
    application.putArray("scope").add("kind:service");
    ok(desk.apply(application));
    return ok(desk.confirm(application.path("applicationId").asString(), "246810"))
        .path("credential");
  }

  private Answer ask(@Nullable String credentialId) {
    return buyer.ask("tickwell", "quotes", request(credentialId));
  }

  private String request(@Nullable String credentialId) {
    var request =
        (ObjectNode)
            Json.parse(
                buyer.request(world.ids().next("R"), "{\"symbol\": \"coffee\", \"days\": 30}"));
    if (credentialId != null) {
      request.put("credential_id", credentialId);
    }
    return Json.write(SignedJson.sign(request, world.signer(World.AGENT)));
  }

  private void fault(String participant, String operation) {
    var fault =
        Json.object()
            .put("name", "error_status")
            .put("participant", participant)
            .put("operation", operation)
            .put("count", 1);
    ok(server.post("/api/worlds/" + world.name() + "/faults", Json.write(fault), desk.operator()));
  }

  private String[] seller() {
    return SandboxServer.bearer(world.roleKey(Role.MERCHANT, Did.of("tickwell")));
  }

  private static String code(Answer answer) {
    return answer.json().path("error").path("details").path("code").asString();
  }
}
