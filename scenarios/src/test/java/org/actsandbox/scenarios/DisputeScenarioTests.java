package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DisputeTestSteps.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests disputes over HTTP: the allowed callers, the refusals, repeated requests, and the evidence
 * bundle.
 */
@ExtendWith(SandboxExtension.class)
class DisputeScenarioTests {

  @TempDir Path folder;

  @Test
  void theBundleOfADisputeVerifiesOfflineAndIsTheSameTwice(ScenarioTestWorld scenarioTestWorld)
      throws Exception {
    var heldOrder = bought(scenarioTestWorld, "1", true);
    var id =
        opened(
            scenarioTestWorld,
            heldOrder,
            "not_delivered",
            "My card is 6222 0212 3456 7890, pin: 246810");
    answered(scenarioTestWorld, id, heldOrder, List.of());
    scenarioTestWorld.advance("PT0S");
    var dispute = dispute(scenarioTestWorld, id);
    assertThat(dispute.path("outcome").asString()).as(dispute.toString()).isEqualTo("dismissed");

    var bundle = bundle(scenarioTestWorld, id, scenarioTestWorld.target().keys().principal());
    var report = new OutsideVerifier(scenarioTestWorld, folder).verify(bundle.body());
    assertThat(report.verified()).as(report.toString()).isTrue();
    var told = Objects.requireNonNull(report.dispute());
    assertThat(told.disputeId()).isEqualTo(id);
    assertThat(told.outcome()).isEqualTo("dismissed");
    assertThat(told.statements())
        .containsExactlyInAnyOrder(
            "did:act:luma-mart",
            "did:act:sandbox-pay",
            scenarioTestWorld.buyer().agent().agentId());
    bought(scenarioTestWorld, "2", true);
    scenarioTestWorld.advance("P1D");
    assertThat(bundle(scenarioTestWorld, id, scenarioTestWorld.target().keys().principal()).body())
        .isEqualTo(bundle.body());
    var text = new String(bundle.body(), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("dispute/claim.json", "dispute/statement-01.json", "dispute/finding.json")
        .contains("Dismissed: the evidence speaks against the claim.", "驳回：证据不支持该主张。")
        .doesNotContain("6222 0212", "246810", "parcel_no");
    assertThat(scenarioTestWorld.journal("component=TSD-ATT-DSP").toString())
        .doesNotContain("6222 0212");
    assertThat(bundle(scenarioTestWorld, id, scenarioTestWorld.target().keys().agent()).status())
        .isEqualTo(403);
    assertThat(bundle(scenarioTestWorld, id, null).status()).isEqualTo(401);
  }

  @Test
  void onlyThePrincipalAndTheOperatorDispute(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = bought(scenarioTestWorld, "1", false);
    var claim = claim(heldOrder.orderNo(), "not_delivered", "Where is it?");
    var issuedRoleKeys = scenarioTestWorld.target().keys();
    for (var key :
        List.of(
            issuedRoleKeys.agent(),
            issuedRoleKeys.merchants().get(SHOP),
            scenarioTestWorld.buyer().agent().key())) {
      assertThat(scenarioTestWorld.buyer().post(DISPUTES, key, claim).status()).isEqualTo(403);
    }
    assertThat(scenarioTestWorld.buyer().post(DISPUTES, null, claim).status()).isEqualTo(401);
    assertThat(scenarioTestWorld.journal("event=key_forbidden")).hasSize(3);
    assertThatThrownBy(
            () ->
                scenarioTestWorld
                    .client()
                    .post(
                        scenarioTestWorld.target().api("/disputes"),
                        issuedRoleKeys.operator(),
                        claim))
        .as("the PIN is not the operator's")
        .isInstanceOfSatisfying(
            UnexpectedReply.class,
            refused -> assertThat(refused.code()).isEqualTo("invalid_field"));
    claim.remove("pin");
    var opened =
        scenarioTestWorld
            .client()
            .post(scenarioTestWorld.target().api("/disputes"), issuedRoleKeys.operator(), claim);
    assertThat(opened.at("/claim/signer_id").asString()).startsWith("did:act:sandbox-trust#");
    assertThat(opened.path("claim").has("claimant")).isFalse();
    assertThat(opened.path("claim").path("opened_by").asString()).isEqualTo("operator");
    var id = opened.path("dispute_id").asString();
    assertThat(
            scenarioTestWorld
                .buyer()
                .get(DISPUTES + "/" + id, issuedRoleKeys.merchants().get(SHOP))
                .status())
        .isEqualTo(200);
    assertThat(
            scenarioTestWorld
                .buyer()
                .get(DISPUTES + "/" + id, issuedRoleKeys.merchants().get("bazaar88"))
                .status())
        .isEqualTo(404);
    assertThat(
            scenarioTestWorld
                .buyer()
                .post(DISPUTES + "/" + id + "/withdraw", issuedRoleKeys.agent(), Json.object())
                .status())
        .isEqualTo(403);
    scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/disputes/" + id + "/withdraw"),
            issuedRoleKeys.operator(),
            Json.object());
    scenarioTestWorld.advance("P2D");
    assertThat(dispute(scenarioTestWorld, id).path("state").asString()).isEqualTo("withdrawn");
    assertThat(
            scenarioTestWorld
                .client()
                .get(scenarioTestWorld.target().api("/disputes"), issuedRoleKeys.operator())
                .path("items"))
        .hasSize(1);
  }

  @Test
  void aLockedPinOpensNoDispute(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = bought(scenarioTestWorld, "1", true);
    var claim = claim(heldOrder.orderNo(), "not_delivered", "Where is it?").put("pin", "000000");
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(scenarioTestWorld, claim)).isEqualTo("pin_wrong");
    }
    claim.put("pin", PurchaseClient.DEMO_PIN);
    assertThat(refusal(scenarioTestWorld, claim)).isEqualTo("pin_locked");
    scenarioTestWorld.advance("PT5M");
    assertThat(refusal(scenarioTestWorld, claim))
        .as("the clock ends no lock")
        .isEqualTo("pin_locked");
    assertThat(scenarioTestWorld.journal("event=dispute-opened")).isEmpty();
  }

  @Test
  void theClaimIsSignedByThePrincipalAndOnlyWithThePin(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = bought(scenarioTestWorld, "1", true);
    var claim = claim(heldOrder.orderNo(), "not_delivered", "Where is it?");
    claim.remove("pin");
    assertThat(refusal(scenarioTestWorld, claim)).as("without PIN").isEqualTo("invalid_field");
    claim.put("pin", "12345");
    assertThat(refusal(scenarioTestWorld, claim)).as("half a PIN").isEqualTo("invalid_field");
    claim.put("pin", "000000");
    assertThat(
            refusal(
                scenarioTestWorld,
                claim(heldOrder.orderNo(), "too_blue", "x").put("pin", "000000")))
        .as("no PIN is compared for what is refused anyway")
        .isEqualTo("invalid_field");
    assertThat(refusal(scenarioTestWorld, claim)).isEqualTo("pin_wrong");
    assertThat(refusal(scenarioTestWorld, claim)).isEqualTo("pin_wrong");
    assertThat(scenarioTestWorld.journal("event=dispute-opened")).isEmpty();

    var id = opened(scenarioTestWorld, heldOrder, "not_delivered", "Where is it?");
    var signed = dispute(scenarioTestWorld, id).path("claim");
    assertThat(signed.path("claimant").asString()).isEqualTo("did:act:principal");
    assertThat(signed.path("signer_id").asString()).startsWith("did:act:principal#");
    var again = claim(heldOrder.orderNo(), "not_delivered", "Where is it?");
    again.remove("pin");
    assertThat(
            scenarioTestWorld
                .buyer()
                .post(DISPUTES, scenarioTestWorld.target().keys().principal(), again)
                .status())
        .as("the answer was lost; nothing is signed twice")
        .isEqualTo(200);
    answered(scenarioTestWorld, id, heldOrder, List.of());
    scenarioTestWorld.advance("PT0S");
    assertThat(scenarioTestWorld.journal("component=TSD-ATT-DSP").toString())
        .contains("dispute-opened")
        .doesNotContain(PurchaseClient.DEMO_PIN);
    var report =
        BundleCheck.verify(
            bundle(scenarioTestWorld, id, scenarioTestWorld.target().keys().principal()).body(),
            null);
    assertThat(report.verified()).as(report.toString()).isTrue();
  }

  @Test
  void aDisputeIsExaminedDecidedPaidBackAndProven(ScenarioTestWorld scenarioTestWorld) {
    isExaminedDecidedPaidBackAndProven(scenarioTestWorld);
  }

  /** Plays a dispute from the claim to the bundle; the tests of PostgreSQL use it as well. */
  static void isExaminedDecidedPaidBackAndProven(ScenarioTestWorld scenarioTestWorld) {
    var before = balance(scenarioTestWorld);
    var heldOrder = bought(scenarioTestWorld, "1", false);
    assertThat(
            refusal(
                scenarioTestWorld,
                claim(heldOrder.orderNo(), "not_delivered", "x").put("pin", "000000")))
        .isEqualTo("pin_wrong");
    var id = opened(scenarioTestWorld, heldOrder, "not_delivered", "Where is it?");
    var again = claim(heldOrder.orderNo(), "not_delivered", "Where is it?");
    assertThat(
            scenarioTestWorld
                .buyer()
                .post(DISPUTES, scenarioTestWorld.target().keys().principal(), again)
                .status())
        .as("the same claim again")
        .isEqualTo(200);
    assertThat(refusal(scenarioTestWorld, claim(heldOrder.orderNo(), "wrong_item", "And wrong.")))
        .isEqualTo("dispute_open");
    answered(scenarioTestWorld, id, heldOrder, List.of());
    scenarioTestWorld.advance("PT1H");
    var dispute = dispute(scenarioTestWorld, id);
    assertThat(dispute.path("outcome").asString()).as(dispute.toString()).isEqualTo("upheld");
    assertThat(dispute.at("/refund/state").asString()).isEqualTo("done");
    assertThat(balance(scenarioTestWorld)).isEqualTo(before);
    assertThat(sum(scenarioTestWorld)).isEqualTo("0");
    var second = bought(scenarioTestWorld, "2", false);
    var withdrawn = opened(scenarioTestWorld, second, "not_delivered", "Where is this one?");
    var key = scenarioTestWorld.target().keys().principal();
    scenarioTestWorld.buyer().post(DISPUTES + "/" + withdrawn + "/withdraw", key, Json.object());
    var listed = scenarioTestWorld.buyer().get(DISPUTES, key).json().path("items");
    assertThat(listed.valueStream().map(each -> each.path("dispute_id").asString()))
        .containsExactly(withdrawn, id);
    assertThat(listed.valueStream().map(each -> each.path("state").asString()))
        .containsExactly("withdrawn", "decided");
    var report = BundleCheck.verify(bundle(scenarioTestWorld, id, key).body(), null);
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
      String kind,
      String event,
      @Nullable String result,
      String outcome,
      ScenarioTestWorld scenarioTestWorld) {
    believesNoRecordThatWasTamperedWith(kind, event, result, outcome, scenarioTestWorld);
  }

  /**
   * Asserts that a record that does not verify counts against the party that had to show it, even
   * if another party tampered with it. A record of a party that had to show nothing changes
   * nothing. Evidence that is healed later does not change the decision.
   */
  static void believesNoRecordThatWasTamperedWith(
      String kind,
      String event,
      @Nullable String result,
      String outcome,
      ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = bought(scenarioTestWorld, "1", true);
    scenarioTestWorld.advance("PT0S");
    var records =
        scenarioTestWorld
            .target()
            .at("/trust/records?order_no=" + heldOrder.orderNo() + "&event=" + event);
    var operator = scenarioTestWorld.target().keys().operator();
    var record =
        scenarioTestWorld.client().get(records, operator).at("/items/0/record_id").asString();
    var order = Json.object().put("kind", kind).put("record_id", record);
    scenarioTestWorld.client().post(scenarioTestWorld.target().api("/tampering"), operator, order);
    var id = opened(scenarioTestWorld, heldOrder, "not_delivered", "Where is it?");
    answered(scenarioTestWorld, id, heldOrder, List.of());
    scenarioTestWorld.advance("PT0S");

    var finding = dispute(scenarioTestWorld, id).path("finding");
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
    var key = scenarioTestWorld.target().keys().principal();
    var broken = BundleCheck.verify(bundle(scenarioTestWorld, id, key).body(), null);
    // No record follows the last one, so a bundle without it is still consistent.
    assertThat(broken.verified())
        .as("a bundle of what is broken: " + broken)
        .isEqualTo(kind.equals("record_removed"));

    scenarioTestWorld
        .client()
        .send("DELETE", scenarioTestWorld.target().api("/tampering"), operator, null);
    scenarioTestWorld.advance("PT1H");
    assertThat(dispute(scenarioTestWorld, id).path("finding"))
        .as("decided is decided")
        .isEqualTo(finding);
    var healed = BundleCheck.verify(bundle(scenarioTestWorld, id, key).body(), null);
    assertThat(healed.verified()).as(healed.toString()).isTrue();
  }

  /** Checks ACT TSD-6.b. */
  @Test
  void whatCannotBeDisputedIsRefusedWithTheReason(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = bought(scenarioTestWorld, "1", false);
    var order = heldOrder.orderNo();
    assertThat(refusal(scenarioTestWorld, claim("R-nothing", "not_delivered", "x")))
        .isEqualTo("not_found");
    assertThat(refusal(scenarioTestWorld, claim(order, "too_blue", "x")))
        .isEqualTo("invalid_field");
    assertThat(refusal(scenarioTestWorld, claim(order, "not_delivered", " \n ")))
        .isEqualTo("invalid_field");
    assertThat(refusal(scenarioTestWorld, claim(order, "not_delivered", "x".repeat(1001))))
        .isEqualTo("invalid_field");
    assertThat(refusal(scenarioTestWorld, claim(order, "not_delivered", "bell \u0007")))
        .isEqualTo("invalid_field");
    assertThat(refusal(scenarioTestWorld, claim(order, "amount_differs", "x")))
        .isEqualTo("invalid_field");
    assertThat(
            refusal(
                scenarioTestWorld,
                claim(order, "not_delivered", "x").put("expected_amount", "1.00")))
        .isEqualTo("invalid_field");
    var unpaid = scenarioTestWorld.held("2", SHOP, ScenarioTestWorld.charger());
    assertThat(refusal(scenarioTestWorld, claim(unpaid.orderNo(), "not_delivered", "x")))
        .isEqualTo("not_found");
    scenarioTestWorld.advance("P91D");
    assertThat(refusal(scenarioTestWorld, claim(order, "not_delivered", "x")))
        .isEqualTo("dispute_not_allowed");
  }

  @Test
  void twoClaimsAtOnceOpenOneDispute(ScenarioTestWorld scenarioTestWorld) throws Exception {
    var heldOrder = bought(scenarioTestWorld, "1", false);
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
                        scenarioTestWorld
                            .buyer()
                            .post(
                                DISPUTES,
                                scenarioTestWorld.target().keys().principal(),
                                claim(heldOrder.orderNo(), "not_delivered", says));
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
    assertThat(scenarioTestWorld.journal("event=dispute-opened")).hasSize(1);
  }

  @Test
  void aStatementCountsOnceForItsSignerAndWithTheSignersRecords(
      ScenarioTestWorld scenarioTestWorld) {
    var other = bought(scenarioTestWorld, "1", true);
    var heldOrder = bought(scenarioTestWorld, "2", false);
    scenarioTestWorld.advance("PT0S");
    var borrowed =
        scenarioTestWorld
            .client()
            .get(
                scenarioTestWorld.target().at("/trust/records?order_no=" + other.orderNo()),
                scenarioTestWorld.target().keys().operator())
            .path("items")
            .path(2)
            .path("record_id")
            .asString();
    var id = opened(scenarioTestWorld, heldOrder, "not_delivered", "Where is it?");
    var first = statement(scenarioTestWorld, id, heldOrder, List.of(borrowed, "E-nothing"));
    assertThat(sent(scenarioTestWorld, id, first)).isEqualTo(204);
    assertThat(sent(scenarioTestWorld, id, first)).as("the same again").isEqualTo(204);
    var second = statement(scenarioTestWorld, id, heldOrder, List.of());
    assertThat(sent(scenarioTestWorld, id, second)).as("another one").isEqualTo(409);
    assertThat(scenarioTestWorld.journal("event=statement-received")).hasSize(3);
    scenarioTestWorld.advance("PT0S");
    var finding = dispute(scenarioTestWorld, id).path("finding");
    assertThat(finding.path("outcome").asString()).isEqualTo("upheld");
    assertThat(finding.path("exhibits").toString())
        .contains("record_of_another_party", "record_unknown");
  }
}
