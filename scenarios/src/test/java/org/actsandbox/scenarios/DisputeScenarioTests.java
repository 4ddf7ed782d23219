package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Unexpected;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disputes over HTTP: who may, what is refused, what is done once, and what a bundle proves. */
@ExtendWith(SandboxExtension.class)
class DisputeScenarioTests {

  @TempDir Path folder;

  @Test
  void theBundleOfADisputeVerifiesOfflineAndIsTheSameTwice(Stage stage) throws Exception {
    var held = bought(stage, "1", true);
    var id = opened(stage, held, "not_delivered", "My card is 6222 0212 3456 7890, pin: 246810");
    answered(stage, id, held, List.of());
    stage.advance("PT0S");
    var dispute = dispute(stage, id);
    assertThat(dispute.path("outcome").asString()).as(dispute.toString()).isEqualTo("dismissed");

    var bundle = bundle(stage, id, stage.target().keys().principal());
    var report = new OutsideVerifier(stage, folder).verify(bundle.body());
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
  void aLockedPinOpensNoDispute(Stage stage) {
    var held = bought(stage, "1", true);
    var claim = claim(held.orderNo(), "not_delivered", "Where is it?").put("pin", "000000");
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(stage, claim)).isEqualTo("pin_wrong");
    }
    claim.put("pin", Buyer.DEMO_PIN);
    assertThat(refusal(stage, claim)).isEqualTo("pin_locked");
    stage.advance("PT5M");
    assertThat(refusal(stage, claim)).as("the clock ends no lock").isEqualTo("pin_locked");
    assertThat(stage.journal("event=dispute-opened")).isEmpty();
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
    assertThat(stage.journal("event=dispute-opened")).isEmpty();

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
  void aDisputeIsHeardDecidedPaidBackAndProven(Stage stage) {
    isHeardDecidedPaidBackAndProven(stage);
  }

  /** From the claim to the bundle; also on another database. */
  static void isHeardDecidedPaidBackAndProven(Stage stage) {
    var before = balance(stage);
    var held = bought(stage, "1", false);
    assertThat(refusal(stage, claim(held.orderNo(), "not_delivered", "x").put("pin", "000000")))
        .isEqualTo("pin_wrong");
    var id = opened(stage, held, "not_delivered", "Where is it?");
    var again = claim(held.orderNo(), "not_delivered", "Where is it?");
    assertThat(stage.buyer().post(DISPUTES, stage.target().keys().principal(), again).status())
        .as("the same claim again")
        .isEqualTo(200);
    assertThat(refusal(stage, claim(held.orderNo(), "wrong_item", "And wrong.")))
        .isEqualTo("dispute_open");
    answered(stage, id, held, List.of());
    stage.advance("PT1H");
    var dispute = dispute(stage, id);
    assertThat(dispute.path("outcome").asString()).as(dispute.toString()).isEqualTo("upheld");
    assertThat(dispute.at("/refund/state").asString()).isEqualTo("done");
    assertThat(balance(stage)).isEqualTo(before);
    assertThat(sum(stage)).isEqualTo("0");
    var second = bought(stage, "2", false);
    var withdrawn = opened(stage, second, "not_delivered", "Where is this one?");
    var key = stage.target().keys().principal();
    stage.buyer().post(DISPUTES + "/" + withdrawn + "/withdraw", key, Json.object());
    var listed = stage.buyer().get(DISPUTES, key).json().path("items");
    assertThat(listed.valueStream().map(each -> each.path("dispute_id").asString()))
        .containsExactly(withdrawn, id);
    assertThat(listed.valueStream().map(each -> each.path("state").asString()))
        .containsExactly("withdrawn", "decided");
    var report = BundleCheck.verify(bundle(stage, id, key).body(), null);
    assertThat(report.verified()).as(report.toString()).isTrue();
  }

  /** Checks ACT TSD-6.d. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #kind           | event                              | result                 | outcome
          record_changed  | act:commerce:fulfillment-completed | PAYLOAD_HASH_MISMATCH  | upheld
          anchor_rewritten| act:commerce:fulfillment-completed | CHAIN_HASH_MISMATCH    | upheld
          anchor_removed  | act:commerce:fulfillment-completed | ANCHOR_NOT_FOUND       | upheld
          key_removed     | act:commerce:fulfillment-completed | PUBLIC_KEY_UNAVAILABLE | upheld
          record_removed  | act:commerce:fulfillment-completed |                        | upheld
          record_changed  | act:payment:transaction-completed  | PAYLOAD_HASH_MISMATCH  | dismissed
          """)
  void theJudgeBelievesNoRecordThatWasTamperedWith(
      String kind, String event, @Nullable String result, String outcome, Stage stage) {
    believesNoRecordThatWasTamperedWith(kind, event, result, outcome, stage);
  }

  /**
   * A record that does not verify counts against whoever had to show it, whoever it was that
   * tampered with it; one of somebody who had to show nothing changes nothing. What is healed later
   * is decided already.
   */
  static void believesNoRecordThatWasTamperedWith(
      String kind, String event, @Nullable String result, String outcome, Stage stage) {
    var held = bought(stage, "1", true);
    stage.advance("PT0S");
    var records =
        stage.target().at("/trust/records?order_no=" + held.orderNo() + "&event=" + event);
    var operator = stage.target().keys().operator();
    var record = stage.client().get(records, operator).at("/items/0/record_id").asString();
    var order = Json.object().put("kind", kind).put("record_id", record);
    stage.client().post(stage.target().api("/tampering"), operator, order);
    var id = opened(stage, held, "not_delivered", "Where is it?");
    answered(stage, id, held, List.of());
    stage.advance("PT0S");

    var finding = dispute(stage, id).path("finding");
    assertThat(finding.path("outcome").asString()).as(finding.toString()).isEqualTo(outcome);
    var shown =
        finding
            .path("exhibits")
            .valueStream()
            .filter(each -> each.path("record_id").asString().equals(record))
            .toList();
    if (result == null) {
      assertThat(finding.path("reasons").toString())
          .containsAnyOf("record_missing", "record_unknown");
    } else {
      assertThat(shown).extracting(each -> each.path("result").asString()).containsExactly(result);
    }
    if (outcome.equals("upheld") && result != null) {
      assertThat(finding.path("reasons").toString()).contains("record_not_verified", record);
    }
    var key = stage.target().keys().principal();
    var broken = BundleCheck.verify(bundle(stage, id, key).body(), null);
    // Nothing follows from the last record: a bundle without it is whole in itself.
    assertThat(broken.verified())
        .as("a bundle of what is broken: " + broken)
        .isEqualTo(kind.equals("record_removed"));

    stage.client().send("DELETE", stage.target().api("/tampering"), operator, null);
    stage.advance("PT1H");
    assertThat(dispute(stage, id).path("finding")).as("decided is decided").isEqualTo(finding);
    var healed = BundleCheck.verify(bundle(stage, id, key).body(), null);
    assertThat(healed.verified()).as(healed.toString()).isTrue();
  }

  /** Checks ACT TSD-6.b. */
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
