package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Unexpected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Disputes over HTTP: who may, what is refused, what is done once, and what a bundle proves. */
@ExtendWith(SandboxExtension.class)
class DisputeScenarioTests {

  @Test
  void theBundleOfADisputeVerifiesOfflineAndIsTheSameTwice(Stage stage) {
    var held = bought(stage, "1", true);
    var id = opened(stage, held, "not_delivered", "My card is 6222 0212 3456 7890, pin: 246810");
    answered(stage, id, held, List.of());
    stage.advance("PT0S");
    var dispute = dispute(stage, id);
    assertThat(dispute.path("outcome").asString()).as(dispute.toString()).isEqualTo("dismissed");

    var bundle = bundle(stage, id, stage.target().keys().principal());
    var report = BundleCheck.verify(bundle.body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
    var told = Objects.requireNonNull(report.dispute());
    assertThat(told.disputeId()).isEqualTo(id);
    assertThat(told.outcome()).isEqualTo("dismissed");
    assertThat(told.statements())
        .containsExactlyInAnyOrder(
            "did:act:luma-mart", "did:act:sandbox-pay", stage.buyer().agent().agentId());
    bought(stage, "2", true);
    stage.advance("P1D");
    assertThat(bundle(stage, id, stage.target().keys().principal()).body())
        .isEqualTo(bundle.body());
    var text = new String(bundle.body(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("dispute/claim.json", "dispute/statement-01.json", "dispute/finding.json")
        .contains("Dismissed: the evidence speaks against the claim.", "驳回：证据不支持该主张。")
        .doesNotContain("6222 0212", "246810", "parcel_no");
    assertThat(stage.journal("component=TSD-ATT-DSP").toString()).doesNotContain("6222 0212");
    assertThat(bundle(stage, id, stage.target().keys().agent()).status()).isEqualTo(403);
    assertThat(bundle(stage, id, null).status()).isEqualTo(401);
  }

  @Test
  void onlyThePrincipalAndTheOperatorDispute(Stage stage) {
    var held = bought(stage, "1", false);
    var claim = claim(held.orderNo(), "not_delivered", "Where is it?");
    var keys = stage.target().keys();
    for (var key : List.of(keys.agent(), keys.merchants().get(SHOP), stage.buyer().agent().key())) {
      assertThat(stage.buyer().post(DISPUTES, key, claim).status()).isEqualTo(403);
    }
    assertThat(stage.buyer().post(DISPUTES, null, claim).status()).isEqualTo(401);
    assertThat(stage.journal("event=key_forbidden")).hasSize(3);
    assertThatThrownBy(
            () -> stage.client().post(stage.target().api("/disputes"), keys.operator(), claim))
        .as("the PIN is not the operator's")
        .isInstanceOfSatisfying(
            Unexpected.class, refused -> assertThat(refused.code()).isEqualTo("invalid_field"));
    claim.remove("pin");
    var opened = stage.client().post(stage.target().api("/disputes"), keys.operator(), claim);
    assertThat(opened.at("/claim/signer_id").asString()).startsWith("did:act:sandbox-trust#");
    assertThat(opened.path("claim").has("claimant")).isFalse();
    assertThat(opened.path("claim").path("opened_by").asString()).isEqualTo("operator");
    var id = opened.path("dispute_id").asString();
    assertThat(stage.buyer().get(DISPUTES + "/" + id, keys.merchants().get(SHOP)).status())
        .isEqualTo(200);
    assertThat(stage.buyer().get(DISPUTES + "/" + id, keys.merchants().get("bazaar88")).status())
        .isEqualTo(404);
    assertThat(
            stage
                .buyer()
                .post(DISPUTES + "/" + id + "/withdraw", keys.agent(), Json.object())
                .status())
        .isEqualTo(403);
    stage.client().post(stage.target().api("/disputes/" + id + "/withdraw"), keys.operator(), "{}");
    stage.advance("P2D");
    assertThat(dispute(stage, id).path("state").asString()).isEqualTo("withdrawn");
    assertThat(stage.client().get(stage.target().api("/disputes"), keys.operator()).path("items"))
        .hasSize(1);
  }

  @Test
  void theClaimIsSignedByThePrincipalAndOnlyWithThePin(Stage stage) {
    var held = bought(stage, "1", true);
    var claim = claim(held.orderNo(), "not_delivered", "Where is it?");
    claim.remove("pin");
    assertThat(refusal(stage, claim)).as("without PIN").isEqualTo("invalid_field");
    claim.put("pin", "12345");
    assertThat(refusal(stage, claim)).as("half a PIN").isEqualTo("invalid_field");
    claim.put("pin", "000000");
    assertThat(refusal(stage, claim(held.orderNo(), "too_blue", "x").put("pin", "000000")))
        .as("no PIN is compared for what is refused anyway")
        .isEqualTo("invalid_field");
    assertThat(refusal(stage, claim)).isEqualTo("pin_wrong");
    assertThat(refusal(stage, claim)).isEqualTo("pin_wrong");
    assertThat(refusal(stage, claim)).isEqualTo("pin_wrong");
    claim.put("pin", Buyer.DEMO_PIN);
    assertThat(refusal(stage, claim)).isEqualTo("pin_locked");
    assertThat(stage.journal("event=dispute-opened")).isEmpty();
    stage.advance("PT5M");

    var id = opened(stage, held, "not_delivered", "Where is it?");
    var signed = dispute(stage, id).path("claim");
    assertThat(signed.path("claimant").asString()).isEqualTo("did:act:principal");
    assertThat(signed.path("signer_id").asString()).startsWith("did:act:principal#");
    var again = claim(held.orderNo(), "not_delivered", "Where is it?");
    again.remove("pin");
    assertThat(stage.buyer().post(DISPUTES, stage.target().keys().principal(), again).status())
        .as("the answer was lost; nothing is signed twice")
        .isEqualTo(200);
    answered(stage, id, held, List.of());
    stage.advance("PT0S");
    assertThat(stage.journal("component=TSD-ATT-DSP").toString())
        .contains("dispute-opened")
        .doesNotContain(Buyer.DEMO_PIN);
    var report =
        BundleCheck.verify(bundle(stage, id, stage.target().keys().principal()).body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
  }

  @Test
  void whatCannotBeDisputedIsRefusedWithTheReason(Stage stage) {
    var held = bought(stage, "1", false);
    var order = held.orderNo();
    assertThat(refusal(stage, claim("R-nothing", "not_delivered", "x"))).isEqualTo("not_found");
    assertThat(refusal(stage, claim(order, "too_blue", "x"))).isEqualTo("invalid_field");
    assertThat(refusal(stage, claim(order, "not_delivered", " \n "))).isEqualTo("invalid_field");
    assertThat(refusal(stage, claim(order, "not_delivered", "x".repeat(1001))))
        .isEqualTo("invalid_field");
    assertThat(refusal(stage, claim(order, "not_delivered", "bell \u0007")))
        .isEqualTo("invalid_field");
    assertThat(refusal(stage, claim(order, "amount_differs", "x"))).isEqualTo("invalid_field");
    assertThat(refusal(stage, claim(order, "not_delivered", "x").put("expected_amount", "1.00")))
        .isEqualTo("invalid_field");
    var unpaid = stage.held("2", SHOP, Stage.charger());
    assertThat(refusal(stage, claim(unpaid.orderNo(), "not_delivered", "x")))
        .isEqualTo("not_found");
    stage.advance("P91D");
    assertThat(refusal(stage, claim(order, "not_delivered", "x"))).isEqualTo("dispute_not_allowed");
  }

  @Test
  void twoClaimsAtOnceOpenOneDispute(Stage stage) throws Exception {
    var held = bought(stage, "1", false);
    var statuses = new CopyOnWriteArrayList<Integer>();
    var ids = new CopyOnWriteArrayList<String>();
    var racers = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      var says = i % 2 == 0 ? "Where is it?" : "And it is the wrong one.";
      racers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    var reply =
                        stage
                            .buyer()
                            .post(
                                DISPUTES,
                                stage.target().keys().principal(),
                                claim(held.orderNo(), "not_delivered", says));
                    statuses.add(reply.status());
                    if (reply.status() < 300) {
                      ids.add(reply.json().path("dispute_id").asString());
                    }
                  }));
    }
    for (var racer : racers) {
      racer.join();
    }
    assertThat(statuses).hasSize(8).containsOnlyOnce(201).contains(200, 409);
    assertThat(ids.stream().distinct()).hasSize(1);
    assertThat(stage.journal("event=dispute-opened")).hasSize(1);
  }

  @Test
  void aStatementCountsOnceForWhoSignedItAndWithItsOwnRecords(Stage stage) {
    var other = bought(stage, "1", true);
    var held = bought(stage, "2", false);
    stage.advance("PT0S");
    var borrowed =
        stage
            .client()
            .get(
                stage.target().at("/trust/records?order_no=" + other.orderNo()),
                stage.target().keys().operator())
            .path("items")
            .path(2)
            .path("record_id")
            .asString();
    var id = opened(stage, held, "not_delivered", "Where is it?");
    var first = statement(stage, id, held, List.of(borrowed, "E-nothing"));
    assertThat(sent(stage, id, first)).isEqualTo(204);
    assertThat(sent(stage, id, first)).as("the same again").isEqualTo(204);
    var second = statement(stage, id, held, List.of());
    assertThat(sent(stage, id, second)).as("another one").isEqualTo(409);
    assertThat(stage.journal("event=statement-received")).hasSize(3);
    stage.advance("PT0S");
    var finding = dispute(stage, id).path("finding");
    assertThat(finding.path("outcome").asString()).isEqualTo("upheld");
    assertThat(finding.path("exhibits").toString())
        .contains("record_of_another_party", "record_unknown");
  }
}
