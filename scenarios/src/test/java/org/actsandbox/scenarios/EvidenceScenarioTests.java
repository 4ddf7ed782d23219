package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.PurchaseKind;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a purchase leaves behind proves it, tells nobody's name, and is in nobody's way. */
@ExtendWith(SandboxExtension.class)
class EvidenceScenarioTests {

  private static final List<String> PERSONAL =
      List.of("王小明", "Wang Xiaoming", "110101199003071234", "6222021234567890123", "13800138000");

  @Test
  void theBundleOfAPurchaseVerifiesOfflineAndIsTheSameTwice(Stage stage) {
    var orderNo = bought(stage, "1").orderNo();
    stage.advance("PT0S");

    var bundle = bundle(stage, orderNo);
    var report = BundleCheck.verify(bundle.body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
    assertThat(report.records())
        .extracting(BundleReport.Line::event)
        .containsExactly(
            "act:commerce:cart-confirmed",
            "act:payment:transaction-completed",
            "act:commerce:fulfillment-completed");
    bought(stage, "2");
    stage.advance("PT0S");
    assertThat(bundle(stage, orderNo).body()).isEqualTo(bundle.body());
    assertThat(bundle(stage, "R-nothing").status()).isEqualTo(404);
  }

  @TempDir Path folder;

  /** The other program shares no code with the sandbox, and knows who is who from elsewhere. */
  @Test
  void anOutsideVerifierFindsEveryPaperSignedByWhoeverItIsOf(Stage stage) throws Exception {
    var orderNo = bought(stage, "1").orderNo();
    stage.advance("PT0S");
    var verifier = new OutsideVerifier(stage, folder);
    var bundle = bundle(stage, orderNo).body();
    var report = verifier.verify(bundle);
    assertThat(report.verified()).as(report.toString()).isTrue();
    assertThat(report.kind()).isEqualTo(PurchaseKind.APPROVED);
    assertThat(report.papers())
        .filteredOn(paper -> paper.name().equals("approval.json"))
        .extracting(BundleReport.PaperLine::signer)
        .containsExactly("did:act:principal#key-1");
    var spoiled = bundle.clone();
    spoiled[spoiled.length / 2] ^= 1;
    assertThat(verifier.verify(spoiled).verified()).isFalse();

    var told =
        stage
            .client()
            .get(stage.target().api("/orders/" + orderNo + "/verification"), operator(stage));
    assertThat(told.path("verified").asBoolean()).as(told.toString()).isTrue();
    assertThat(told.path("kind").asString()).isEqualTo("approved");
    assertThat(told.path("papers")).hasSize(report.papers().size());
    assertThat(told.path("keeper_only").valueStream().map(each -> each.asString()))
        .containsExactlyInAnyOrder("completeness", "summary");
  }

  /**
   * Keys are rotated between and after the steps of a purchase: papers verify with those of their
   * time.
   */
  @Test
  void papersOfBeforeARotationStayVerified(Stage stage) throws Exception {
    var orderNo = bought(stage, "1").orderNo();
    stage.advance("PT1M");
    for (var who : List.of("luma-mart", "sandbox-pay", "principal", "sandbox-trust")) {
      rotate(stage, who);
    }
    stage.advance("PT1M");
    var later = bought(stage, "2").orderNo();
    stage.advance("PT0S");
    var verifier = new OutsideVerifier(stage, folder);
    for (var order : List.of(orderNo, later)) {
      var report = verifier.verify(bundle(stage, order).body());
      assertThat(report.verified()).as(report.toString()).isTrue();
    }
    assertThat(verifier.verify(bundle(stage, later).body()).papers())
        .filteredOn(paper -> paper.name().equals("confirmation.json"))
        .extracting(BundleReport.PaperLine::signer)
        .containsExactly("did:act:luma-mart#key-2");
  }

  private static void rotate(Stage stage, String who) {
    stage
        .client()
        .post(stage.target().api("/participants/" + who + "/keys"), operator(stage), Json.object());
  }

  /** An agent that registers from outside is found by its DID, with the key it registered. */
  @Test
  void anAgentFromOutsideHasADidDocument(Stage stage) {
    var did = stage.buyer().agent().agentId();
    var document = stage.client().get(stage.target().at("/dids/" + did), null);
    assertThat(document.path("id").asString()).isEqualTo(did);
    var method = document.path("verificationMethod").path(0);
    var registered = stage.client().get(stage.target().at("/trust/keys/" + did), null);
    assertThat(method.path("publicKeyJwk")).isEqualTo(registered.path("keys").path(0).path("jwk"));
    assertThat(document.path("assertionMethod").path(0).asString()).isEqualTo(did + "#key-1");
    var all = stage.client().get(stage.target().at("/dids"), null).path("items");
    assertThat(all.valueStream().map(each -> each.asString())).contains(did);
    for (var each : all) {
      var name = each.asString();
      var keys = stage.client().get(stage.target().at("/trust/keys/" + name), null).path("keys");
      var own = stage.client().get(stage.target().at("/dids/" + name), null);
      assertThat(own.path("verificationMethod")).as(name).hasSameSizeAs(keys);
    }
  }

  @Test
  void whoIsInAHurryNeedNotWaitForTheClock(Stage stage) {
    var orderNo = bought(stage, "1").orderNo();
    assertThat(BundleCheck.verify(bundle(stage, orderNo).body(), null).verified()).isTrue();
    assertThat(records(stage, orderNo)).hasSize(3);
  }

  /** Checks ACT TSD-2.g and TSD-4.e. */
  @Test
  void noNameDocumentOrAccountNumberIsStoredOrSent(Stage stage) {
    var buyer = stage.buyer();
    var offers =
        buyer.sendIntent(
            "raileast", buyer.signed(buyer.intent("1", Stage.earlyTrainToShanghai(), 5)));
    var cart = buyer.cart("1", offers.json().path("offers").path(0));
    var wishes = cart.putObject("fulfilment");
    wishes.put("passengers", String.join(" ", PERSONAL));
    wishes.put("contact", PERSONAL.getLast());
    var order = buyer.sendCart("raileast", buyer.signed(cart));
    assertThat(order.status()).as(order.toString()).isEqualTo(201);
    var resource = URI.create(order.json().path("resource_url").asString());
    var held =
        new Stage.Held("1", order.json(), resource, Buyer.bill(buyer.askForResource(resource)));
    paid(stage, held);
    stage.advance("PT0S");

    var records = records(stage, held.orderNo());
    assertThat(records).hasSize(3);
    var anchors = stage.client().get(stage.target().at("/trust/anchors"), operator(stage));
    var sent = stage.journal("component=TSD-ATT-OCA").toString();
    assertThat(sent).contains("anchors-submitted");
    var bundle = new String(bundle(stage, held.orderNo()).body(), StandardCharsets.UTF_8);
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
    var accounts = stage.wallet().findValuesAsString("account_no");
    for (var account : accounts) {
      assertThat(records.toString() + opened + bundle).doesNotContain("\"" + account + "\"");
    }
  }

  /**
   * The first answer of the chain is late, or there is none: the purchase does not notice. Checks
   * ACT TSD-1.b.
   */
  @ParameterizedTest
  @ValueSource(strings = {"delay", "error_status", "connection_cut"})
  void aSlowOrDeadTrustServiceDelaysNobody(String fault, Stage stage) {
    stage.run();
    var order = Json.object().put("name", fault).put("participant", "sandbox-trust");
    if (fault.equals("delay")) {
      order.putObject("parameters").put("ms", 60_000);
    }
    var armed = stage.client().post(stage.target().api("/faults"), operator(stage), order);
    long begin = System.nanoTime();
    var held = bought(stage, "1");
    // Three times the slowest purchase ever seen here, a fraction of what the fault takes.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    assertThat(bundle(stage, held.orderNo()).status()).isEqualTo(503);

    stage
        .client()
        .send(
            "DELETE",
            stage.target().api("/faults/" + armed.path("fault").path("id").asString()),
            operator(stage),
            null);
    stage.advance("PT1H");
    var report = BundleCheck.verify(bundle(stage, held.orderNo()).body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
  }

  static Stage.Held bought(Stage stage, String id) {
    var held = stage.held(id, "luma-mart", Stage.charger());
    paid(stage, held);
    return held;
  }

  private static void paid(Stage stage, Stage.Held held) {
    var tradeNo = stage.asked(held);
    assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
    var delivered = stage.buyer().showProof(held.resource(), stage.proof(tradeNo));
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
  }

  static List<JsonNode> records(Stage stage, String orderNo) {
    return stage
        .client()
        .get(stage.target().at("/trust/records?order_no=" + orderNo), operator(stage))
        .path("items")
        .valueStream()
        .toList();
  }

  static Outbound.Answer bundle(Stage stage, String orderNo) {
    return stage
        .client()
        .outbound()
        .send(
            Outbound.Call.get(
                stage.target().api("/orders/" + orderNo + "/bundle"),
                Map.of("Authorization", "Bearer " + operator(stage)),
                Duration.ofSeconds(30)));
  }

  private static String operator(Stage stage) {
    return stage.target().keys().operator();
  }
}
