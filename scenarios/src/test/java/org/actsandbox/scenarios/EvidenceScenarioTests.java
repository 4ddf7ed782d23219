package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundlePurchaseKind;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests that the evidence of a purchase proves it, contains no personal data, and delays no
 * purchase.
 */
@ExtendWith(SandboxExtension.class)
class EvidenceScenarioTests {

  private static final List<String> PERSONAL =
      List.of("王小明", "Wang Xiaoming", "110101199003071234", "6222021234567890123", "13800138000");

  @Test
  void theBundleOfAPurchaseVerifiesOfflineAndIsTheSameTwice(ScenarioTestWorld scenarioTestWorld) {
    var orderNo = bought(scenarioTestWorld, "1").orderNo();
    scenarioTestWorld.advance("PT0S");

    var bundle = bundle(scenarioTestWorld, orderNo);
    var report = BundleCheck.verify(bundle.body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
    assertThat(report.records())
        .extracting(BundleReport.Line::event)
        .containsExactly(
            "act:commerce:cart-confirmed",
            "act:payment:transaction-completed",
            "act:commerce:fulfillment-completed");
    bought(scenarioTestWorld, "2");
    scenarioTestWorld.advance("PT0S");
    assertThat(bundle(scenarioTestWorld, orderNo).body()).isEqualTo(bundle.body());
    assertThat(bundle(scenarioTestWorld, "R-nothing").status()).isEqualTo(404);
  }

  @TempDir Path folder;

  /**
   * The outside verifier shares no code with the sandbox and gets the identities from another
   * source.
   */
  @Test
  void anOutsideVerifierFindsEveryPaperSignedByItsIssuer(ScenarioTestWorld scenarioTestWorld)
      throws Exception {
    var orderNo = bought(scenarioTestWorld, "1").orderNo();
    scenarioTestWorld.advance("PT0S");
    var verifier = new OutsideVerifier(scenarioTestWorld, folder);
    var bundle = bundle(scenarioTestWorld, orderNo).body();
    var report = verifier.verify(bundle);
    assertThat(report.verified()).as(report.toString()).isTrue();
    assertThat(report.kind()).isEqualTo(BundlePurchaseKind.APPROVED);
    assertThat(report.papers())
        .filteredOn(paper -> paper.name().equals("approval.json"))
        .extracting(BundleReport.PaperLine::signer)
        .containsExactly("did:act:principal#key-1");
    var spoiled = bundle.clone();
    spoiled[spoiled.length / 2] ^= 1;
    assertThat(verifier.verify(spoiled).verified()).isFalse();

    var told =
        scenarioTestWorld
            .client()
            .get(
                scenarioTestWorld.target().api("/orders/" + orderNo + "/verification"),
                operator(scenarioTestWorld));
    assertThat(told.path("verified").asBoolean()).as(told.toString()).isTrue();
    assertThat(told.path("kind").asString()).isEqualTo("approved");
    assertThat(told.path("papers")).hasSize(report.papers().size());
    assertThat(told.path("keeper_only").valueStream().map(each -> each.asString()))
        .containsExactlyInAnyOrder("completeness", "summary");
  }

  /**
   * Keys are rotated between and after the steps of a purchase; papers verify with the keys of
   * their time.
   */
  @Test
  void papersOfBeforeARotationStayVerified(ScenarioTestWorld scenarioTestWorld) throws Exception {
    var orderNo = bought(scenarioTestWorld, "1").orderNo();
    scenarioTestWorld.advance("PT1M");
    for (var who : List.of("luma-mart", "sandbox-pay", "principal", "sandbox-trust")) {
      rotate(scenarioTestWorld, who);
    }
    scenarioTestWorld.advance("PT1M");
    var later = bought(scenarioTestWorld, "2").orderNo();
    scenarioTestWorld.advance("PT0S");
    var verifier = new OutsideVerifier(scenarioTestWorld, folder);
    for (var order : List.of(orderNo, later)) {
      var report = verifier.verify(bundle(scenarioTestWorld, order).body());
      assertThat(report.verified()).as(report.toString()).isTrue();
    }
    assertThat(verifier.verify(bundle(scenarioTestWorld, later).body()).papers())
        .filteredOn(paper -> paper.name().equals("confirmation.json"))
        .extracting(BundleReport.PaperLine::signer)
        .containsExactly("did:act:luma-mart#key-2");
  }

  private static void rotate(ScenarioTestWorld scenarioTestWorld, String who) {
    scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/participants/" + who + "/keys"),
            operator(scenarioTestWorld),
            Json.object());
  }

  /**
   * An agent that registers from outside is found by its DID, with the key it registered. Checks
   * ACT TSD-2.f.
   */
  @Test
  void anAgentFromOutsideHasADidDocument(ScenarioTestWorld scenarioTestWorld) {
    var did = scenarioTestWorld.buyer().agent().agentId();
    var document =
        scenarioTestWorld.client().get(scenarioTestWorld.target().at("/dids/" + did), null);
    assertThat(document.path("id").asString()).isEqualTo(did);
    var method = document.path("verificationMethod").path(0);
    var registered =
        scenarioTestWorld.client().get(scenarioTestWorld.target().at("/trust/keys/" + did), null);
    assertThat(method.path("publicKeyJwk")).isEqualTo(registered.path("keys").path(0).path("jwk"));
    assertThat(document.path("assertionMethod").path(0).asString()).isEqualTo(did + "#key-1");
    var all =
        scenarioTestWorld.client().get(scenarioTestWorld.target().at("/dids"), null).path("items");
    assertThat(all.valueStream().map(each -> each.asString())).contains(did);
    for (var each : all) {
      var name = each.asString();
      var keys =
          scenarioTestWorld
              .client()
              .get(scenarioTestWorld.target().at("/trust/keys/" + name), null)
              .path("keys");
      var own =
          scenarioTestWorld.client().get(scenarioTestWorld.target().at("/dids/" + name), null);
      assertThat(own.path("verificationMethod")).as(name).hasSameSizeAs(keys);
    }
    var orderNo = bought(scenarioTestWorld, "1").orderNo();
    scenarioTestWorld.advance("PT0S");
    for (var record :
        records(scenarioTestWorld, orderNo).stream().map(each -> each.path("record")).toList()) {
      assertThat(record.path("participants").size()).as(record.toString()).isGreaterThan(1);
      for (var party : record.path("participants")) {
        assertThat(party.path("role").asString()).as(record.toString()).isNotBlank();
        assertThat(all.valueStream().map(each -> each.asString()))
            .as(record.toString())
            .contains(party.path("participant_id").asString());
      }
    }
  }

  /** Verifiers can still find the keys of an agent that was deregistered. */
  @Test
  void evidenceOfAnAgentThatWasDeregisteredStillVerifies(ScenarioTestWorld scenarioTestWorld)
      throws Exception {
    var did = scenarioTestWorld.buyer().agent().agentId();
    var orderNo = bought(scenarioTestWorld, "1").orderNo();
    scenarioTestWorld.advance("PT0S");
    var before = new OutsideVerifier(scenarioTestWorld, folder);
    var bundle = bundle(scenarioTestWorld, orderNo).body();
    assertThat(before.verify(bundle).verified()).isTrue();
    var name = did.substring(did.lastIndexOf(':') + 1);
    scenarioTestWorld
        .client()
        .send(
            "DELETE",
            scenarioTestWorld.target().api("/agents/" + name),
            operator(scenarioTestWorld),
            null);

    var after = new OutsideVerifier(scenarioTestWorld, folder);
    var report = after.verify(bundle);
    assertThat(report.verified()).as(report.toString()).isTrue();
    scenarioTestWorld.advance("PT1H");
    var later = after.verify(bundle(scenarioTestWorld, orderNo).body());
    assertThat(later.verified()).as(later.toString()).isTrue();

    var keys =
        scenarioTestWorld
            .client()
            .get(scenarioTestWorld.target().at("/trust/keys/" + did), null)
            .path("keys");
    assertThat(keys.path(0).path("valid_until").isString()).as(keys.toString()).isTrue();
    var document =
        scenarioTestWorld.client().get(scenarioTestWorld.target().at("/dids/" + did), null);
    assertThat(document.at("/verificationMethod/0/publicKeyJwk"))
        .isEqualTo(keys.path(0).path("jwk"));
    var all =
        scenarioTestWorld.client().get(scenarioTestWorld.target().at("/dids"), null).path("items");
    assertThat(all.valueStream().map(each -> each.asString())).contains(did);
  }

  @Test
  void aBundleIsCompleteWithoutAnAdvanceOfTheClock(ScenarioTestWorld scenarioTestWorld) {
    var orderNo = bought(scenarioTestWorld, "1").orderNo();
    assertThat(
            BundleCheck.verify(bundleWhenMade(scenarioTestWorld, orderNo).body(), null).verified())
        .isTrue();
    assertThat(records(scenarioTestWorld, orderNo)).hasSize(3);
  }

  /** Checks ACT TSD-2.g and TSD-4.e. */
  @Test
  void noNameDocumentOrAccountNumberIsStoredOrSent(ScenarioTestWorld scenarioTestWorld) {
    var purchaseClient = scenarioTestWorld.buyer();
    var offers =
        purchaseClient.sendIntent(
            "raileast",
            purchaseClient.signed(
                purchaseClient.intent("1", ScenarioTestWorld.earlyTrainToShanghai(), 5)));
    var cart = purchaseClient.cart("1", offers.json().path("offers").path(0));
    var wishes = cart.putObject("fulfilment");
    wishes.put("note", String.join(" ", PERSONAL));
    var order = purchaseClient.sendCart("raileast", purchaseClient.signed(cart));
    assertThat(order.status()).as(order.toString()).isEqualTo(201);
    var resource = URI.create(order.json().path("resource_url").asString());
    var heldOrder =
        new ScenarioTestWorld.HeldOrder(
            "1",
            order.json(),
            resource,
            PurchaseClient.bill(purchaseClient.askForResource(resource)));
    paid(scenarioTestWorld, heldOrder);
    scenarioTestWorld.advance("PT0S");

    var records = records(scenarioTestWorld, heldOrder.orderNo());
    assertThat(records).hasSize(3);
    var anchors =
        scenarioTestWorld
            .client()
            .get(scenarioTestWorld.target().at("/trust/anchors"), operator(scenarioTestWorld));
    var sent = scenarioTestWorld.journal("component=TSD-ATT-OCA").toString();
    assertThat(sent).contains("anchors-submitted");
    var bundle =
        new String(bundle(scenarioTestWorld, heldOrder.orderNo()).body(), StandardCharsets.UTF_8);
    var opened = new StringBuilder();
    for (var link : anchors.path("items")) {
      opened.append(Json.write(AnchorCodec.read(link.path("anchor").stringValue())));
    }
    for (var secret : PERSONAL) {
      assertThat(records.toString()).doesNotContain(secret);
      assertThat(anchors.toString()).doesNotContain(secret);
      assertThat(opened.toString()).doesNotContain(secret);
      assertThat(sent).doesNotContain(secret);
      assertThat(bundle).doesNotContain(secret);
    }
    var accounts = scenarioTestWorld.wallet().findValuesAsString("account_no");
    for (var account : accounts) {
      assertThat(records.toString() + opened + bundle).doesNotContain("\"" + account + "\"");
    }
  }

  /**
   * The answer of the chain is late or absent, and the purchase is not affected. Checks ACT
   * TSD-1.b.
   */
  @ParameterizedTest
  @ValueSource(strings = {"delay", "error_status", "connection_cut"})
  void aSlowOrDeadTrustServiceDelaysNoPurchase(String fault, ScenarioTestWorld scenarioTestWorld) {
    scenarioTestWorld.run();
    var order = Json.object().put("name", fault).put("participant", "sandbox-trust");
    if (fault.equals("delay")) {
      order.putObject("parameters").put("ms", 60_000);
    }
    var armed =
        scenarioTestWorld
            .client()
            .post(scenarioTestWorld.target().api("/faults"), operator(scenarioTestWorld), order);
    // The purchase is complete while the trust service has not answered.
    var heldOrder = bought(scenarioTestWorld, "1");
    assertThat(bundle(scenarioTestWorld, heldOrder.orderNo()).status()).isEqualTo(503);

    scenarioTestWorld
        .client()
        .send(
            "DELETE",
            scenarioTestWorld.target().api("/faults/" + armed.path("fault").path("id").asString()),
            operator(scenarioTestWorld),
            null);
    scenarioTestWorld.advance("PT1H");
    var report =
        BundleCheck.verify(bundleWhenMade(scenarioTestWorld, heldOrder.orderNo()).body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
  }

  static ScenarioTestWorld.HeldOrder bought(ScenarioTestWorld scenarioTestWorld, String id) {
    var heldOrder = scenarioTestWorld.held(id, "luma-mart", ScenarioTestWorld.charger());
    paid(scenarioTestWorld, heldOrder);
    return heldOrder;
  }

  private static void paid(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder) {
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    assertThat(scenarioTestWorld.approve(tradeNo).json().path("status").asString())
        .isEqualTo("paid");
    var delivered =
        scenarioTestWorld.buyer().sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo));
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
  }

  static List<JsonNode> records(ScenarioTestWorld scenarioTestWorld, String orderNo) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().at("/trust/records?order_no=" + orderNo),
            operator(scenarioTestWorld))
        .path("items")
        .valueStream()
        .toList();
  }

  static OutboundClient.Answer bundle(ScenarioTestWorld scenarioTestWorld, String orderNo) {
    return scenarioTestWorld
        .client()
        .outbound()
        .send(
            OutboundClient.Call.get(
                scenarioTestWorld.target().api("/orders/" + orderNo + "/bundle"),
                Map.of("Authorization", "Bearer " + operator(scenarioTestWorld)),
                Duration.ofSeconds(30)));
  }

  /** Returns the bundle of an order; asks again while its records are still to be made (503). */
  static OutboundClient.Answer bundleWhenMade(ScenarioTestWorld scenarioTestWorld, String orderNo) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> bundle(scenarioTestWorld, orderNo), answer -> answer.status() != 503);
  }

  private static String operator(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld.target().keys().operator();
  }
}
