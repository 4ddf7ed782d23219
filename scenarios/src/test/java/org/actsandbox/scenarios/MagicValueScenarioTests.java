package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests every row of the table of magic values, as an external agent and its principal use it. */
@ExtendWith(SandboxExtension.class)
class MagicValueScenarioTests {

  @ParameterizedTest
  @CsvSource({
    "sandbox:sold_out, 409, sold_out",
    "sandbox:price_moved, 409, price_changed",
    "sandbox:price_dropped, 201, ''"
  })
  void aNoteDecidesWhatBecomesOfTheCart(
      String note, int status, String code, ScenarioTestWorld scenarioTestWorld) {
    var cart = cart(scenarioTestWorld, note);

    var answer = scenarioTestWorld.buyer().sendCart("raileast", cart);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(
            scenarioTestWorld
                .journal("kind=FAULT")
                .path(0)
                .path("data")
                .path("fault_id")
                .asString())
        .startsWith("magic:note_");
  }

  @Test
  void aNoteThatMeansNothingChangesNothing(ScenarioTestWorld scenarioTestWorld) {
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendCart("raileast", cart(scenarioTestWorld, "sandbox:please"))
                .status())
        .isEqualTo(201);
    assertThat(scenarioTestWorld.journal("kind=FAULT")).isEmpty();
  }

  @Test
  void aLostAnswerToACartIsLostOnceAndTheRepeatFindsTheOrder(ScenarioTestWorld scenarioTestWorld) {
    var cart = cart(scenarioTestWorld, "sandbox:lost_answer");

    assertThatThrownBy(() -> scenarioTestWorld.buyer().sendCart("raileast", cart))
        .isInstanceOf(NoAnswerException.class);
    var found = scenarioTestWorld.buyer().sendCart("raileast", cart);

    assertThat(found.status()).isEqualTo(201);
    assertThat(orders(scenarioTestWorld)).hasSize(1);
  }

  @Test
  void anUnavailableMerchantIsThereAtTheSecondAttempt(ScenarioTestWorld scenarioTestWorld) {
    var cart = cart(scenarioTestWorld, "sandbox:unavailable");

    assertThat(scenarioTestWorld.buyer().sendCart("raileast", cart).status()).isEqualTo(503);
    assertThat(orders(scenarioTestWorld)).isEmpty();
    assertThat(scenarioTestWorld.buyer().sendCart("raileast", cart).status()).isEqualTo(201);
  }

  @Test
  void aSlowMerchantAnswersLate(ScenarioTestWorld scenarioTestWorld) {
    var cart = cart(scenarioTestWorld, "sandbox:slow");

    long start = System.nanoTime();
    assertThat(scenarioTestWorld.buyer().sendCart("raileast", cart).status()).isEqualTo(201);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void anOrderComesWithAWrongSignature(ScenarioTestWorld scenarioTestWorld) {
    var plain =
        scenarioTestWorld
            .buyer()
            .sendCart("raileast", cart(scenarioTestWorld, "window please"))
            .json();
    var wrong =
        scenarioTestWorld
            .buyer()
            .sendCart("raileast", cart(scenarioTestWorld, "sandbox:wrong_signature"))
            .json();

    assertThat(verifies(scenarioTestWorld, plain)).isTrue();
    assertThat(verifies(scenarioTestWorld, wrong)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"6200000000004028, instrument_invalid", "6200 0000 0000 4044, limit_exceeded"})
  void aCardRefusesTheRequest(String number, String code, ScenarioTestWorld scenarioTestWorld) {
    var answer =
        pay(scenarioTestWorld, bind(scenarioTestWorld, number), scenarioTestWorld.heldTrain("1"));

    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void aCardWithoutMoneyFailsAfterTheApprovalAndNothingMoves(ScenarioTestWorld scenarioTestWorld) {
    var before = scenarioTestWorld.wallet();
    var taken =
        pay(
            scenarioTestWorld,
            bind(scenarioTestWorld, "6200000000004010"),
            scenarioTestWorld.heldTrain("1"));
    assertThat(taken.status()).as(taken.toString()).isEqualTo(201);

    var approved = scenarioTestWorld.approve(taken.json().path("trade_no").asString());

    assertThat(approved.json().path("status").asString()).isEqualTo("failed");
    assertThat(approved.json().path("error").toString()).contains("insufficient_balance");
    assertThat(scenarioTestWorld.wallet()).isEqualTo(before);
  }

  @Test
  void aShortLivedCardPaysForAMinute(ScenarioTestWorld scenarioTestWorld) {
    var card = bind(scenarioTestWorld, "6200000000004036");
    var first = pay(scenarioTestWorld, card, scenarioTestWorld.heldTrain("1"));
    assertThat(first.status()).isEqualTo(201);

    scenarioTestWorld.advance("PT61S");

    assertThat(pay(scenarioTestWorld, card, scenarioTestWorld.heldTrain("2")).code())
        .isEqualTo("instrument_invalid");
    // Requested in time but decided too late: the instrument is checked again before money moves.
    var late = scenarioTestWorld.approve(first.json().path("trade_no").asString());
    assertThat(late.json().path("status").asString()).isEqualTo("failed");
  }

  @Test
  void aCardLosesTheAnswerOnceAndTheRepeatFindsThePayment(ScenarioTestWorld scenarioTestWorld) {
    var request =
        request(
            scenarioTestWorld,
            bind(scenarioTestWorld, "6200000000004051"),
            scenarioTestWorld.heldTrain("1"));

    assertThatThrownBy(() -> scenarioTestWorld.buyer().sendPayment(request))
        .isInstanceOf(NoAnswerException.class);
    var repeat = scenarioTestWorld.buyer().sendPayment(request);

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(
            scenarioTestWorld
                .approve(repeat.json().path("trade_no").asString())
                .json()
                .path("status"))
        .hasToString("\"paid\"");
  }

  @Test
  void aCardIsUnavailableOnce(ScenarioTestWorld scenarioTestWorld) {
    var request =
        request(
            scenarioTestWorld,
            bind(scenarioTestWorld, "6200000000004069"),
            scenarioTestWorld.heldTrain("1"));

    assertThat(scenarioTestWorld.buyer().sendPayment(request).status()).isEqualTo(503);
    assertThat(scenarioTestWorld.buyer().sendPayment(request).status()).isEqualTo(201);
  }

  @Test
  void aCardIsSlowerThanCallersWaitOnce(ScenarioTestWorld scenarioTestWorld) {
    var request =
        request(
            scenarioTestWorld,
            bind(scenarioTestWorld, "6200000000004077"),
            scenarioTestWorld.heldTrain("1"));

    long start = System.nanoTime();
    var first = scenarioTestWorld.buyer().sendPayment(request);
    long firstTook = System.nanoTime() - start;
    var second = scenarioTestWorld.buyer().sendPayment(request);

    assertThat(Duration.ofNanos(firstTook)).isGreaterThan(Duration.ofSeconds(10));
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4111111111111111", "6200", "x", "620000000000401O"})
  void numbersOfOtherCardsAreRefusedAndNotRepeated(
      String number, ScenarioTestWorld scenarioTestWorld) {
    var answer = binding(scenarioTestWorld, "card", number);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("card_number").doesNotContain(number + "\"");
    assertThat(scenarioTestWorld.journal("").toString()).doesNotContain("4111111111111111");
  }

  @Test
  void aBalanceHasNoCardNumber(ScenarioTestWorld scenarioTestWorld) {
    assertThat(binding(scenarioTestWorld, "balance", "6200000000004010").status()).isEqualTo(400);
  }

  @Test
  void smallRefundsLoseTheirAnswerOrFindTheServiceDownOnceAndSucceed(
      ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);
    // The merchant learns of the payment from the proof, even before the notification arrives.
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo))
                .status())
        .isEqualTo(200);

    refund(scenarioTestWorld, heldOrder, "0.04", "B-1");
    refund(scenarioTestWorld, heldOrder, "0.05", "B-2");
    scenarioTestWorld.advance("PT10M");

    var refunded = scenarioTestWorld.buyer().payment(tradeNo).json().path("refunded").asString();
    assertThat(refunded).isEqualTo("0.09");
    // Only a part was refunded, so the ticket stays sold.
    assertThat(orders(scenarioTestWorld).path(0).path("status").asString()).isEqualTo("DELIVERED");
    assertThat(orders(scenarioTestWorld).path(0).path("refunded").asString()).isEqualTo("0.09");
    assertThat(scenarioTestWorld.journal("event=lost_answer")).hasSize(1);
    assertThat(scenarioTestWorld.journal("event=error_status")).hasSize(1);
  }

  @Test
  void aPinFindsTheServiceDownOnceAndIsNotCountedAsWrong(ScenarioTestWorld scenarioTestWorld) {
    var tradeNo = scenarioTestWorld.asked(scenarioTestWorld.heldTrain("1"));
    var shown = scenarioTestWorld.buyer().cashier(tradeNo).json();
    var digest = shown.path("digest").asString();

    assertThat(scenarioTestWorld.buyer().approve(tradeNo, digest, "000503").status())
        .isEqualTo(503);

    var again = scenarioTestWorld.buyer().cashier(tradeNo).json();
    assertThat(again.path("pin_attempts_left")).isEqualTo(shown.path("pin_attempts_left"));
    assertThat(scenarioTestWorld.buyer().approve(tradeNo, digest, PurchaseClient.DEMO_PIN).status())
        .isEqualTo(200);
  }

  @Test
  void aPrincipalWithTheMagicPinPaysAndGetsNoAnswer(ScenarioTestWorld scenarioTestWorld) {
    var change = Json.object().put("pin", PurchaseClient.DEMO_PIN).put("new_pin", "000504");
    scenarioTestWorld
        .buyer()
        .post("/psp/pin", scenarioTestWorld.target().keys().principal(), change);
    var tradeNo = scenarioTestWorld.asked(scenarioTestWorld.heldTrain("1"));
    var digest = scenarioTestWorld.buyer().cashier(tradeNo).json().path("digest").asString();

    assertThatThrownBy(() -> scenarioTestWorld.buyer().approve(tradeNo, digest, "000504"))
        .isInstanceOf(NoAnswerException.class);

    assertThat(scenarioTestWorld.buyer().payment(tradeNo).json().path("status").asString())
        .isEqualTo("paid");
    assertThat(scenarioTestWorld.journal("").toString()).doesNotContain("000504");
  }

  @Test
  void theCatalogueListsAllFaultsMagicValuesAndCards(ScenarioTestWorld scenarioTestWorld) {
    var all =
        scenarioTestWorld
            .client()
            .get(scenarioTestWorld.target().origin().resolve("/api/faults"), null);

    assertThat(all.path("faults")).hasSize(14);
    assertThat(all.path("magic_values")).hasSize(14);
    assertThat(all.path("test_cards")).hasSize(7);
    assertThat(all.path("faults").path(0).path("parameters").path(0).path("expected").asString())
        .isEqualTo("0 to 60000");
  }

  private static ObjectNode cart(ScenarioTestWorld scenarioTestWorld, String note) {
    var id = "c" + note.length();
    var offers =
        scenarioTestWorld
            .buyer()
            .sendIntent(
                "raileast",
                scenarioTestWorld
                    .buyer()
                    .signed(
                        scenarioTestWorld
                            .buyer()
                            .intent(id, ScenarioTestWorld.earlyTrainToShanghai(), 5)));
    var cart = scenarioTestWorld.buyer().cart(id, offers.json().path("offers").path(0));
    cart.putObject("fulfilment").put("note", note);
    return scenarioTestWorld.buyer().signed(cart);
  }

  private static JsonNode orders(ScenarioTestWorld scenarioTestWorld) {
    var key = scenarioTestWorld.target().keys().merchants().get("raileast");
    return scenarioTestWorld.buyer().get("/merchants/raileast/orders", key).json().path("items");
  }

  private static boolean verifies(ScenarioTestWorld scenarioTestWorld, JsonNode order) {
    var document =
        scenarioTestWorld.client().get(scenarioTestWorld.target().at("/dids/raileast"), null);
    var jwks = Json.object();
    jwks.putArray("keys").add(document.path("verificationMethod").path(0).path("publicKeyJwk"));
    var keys = org.actsandbox.protocol.identity.KeySet.parse(jwks.toString());
    try {
      return SignedJson.verify(order, keys).name().equals("raileast");
    } catch (org.actsandbox.protocol.refusal.Refusal wrong) {
      return false;
    }
  }

  private static String bind(ScenarioTestWorld scenarioTestWorld, String number) {
    var asked = binding(scenarioTestWorld, "card", number);
    assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
    var decision = Json.object().put("decision", "APPROVE").put("pin", PurchaseClient.DEMO_PIN);
    decision.set("digest", asked.json().path("digest"));
    var path = "/psp/bindings/" + asked.json().path("binding_id").asString() + "/confirmation";
    var bound =
        scenarioTestWorld
            .buyer()
            .post(path, scenarioTestWorld.target().keys().principal(), decision);
    assertThat(bound.status()).as(bound.toString()).isEqualTo(201);
    return bound.json().path("instrument_ref").asString();
  }

  private static Reply binding(ScenarioTestWorld scenarioTestWorld, String account, String number) {
    var agent = scenarioTestWorld.buyer().agent().agentId();
    var wish = Map.of("agent_id", agent, "account", account, "card_number", number);
    return scenarioTestWorld
        .buyer()
        .post("/psp/bindings", scenarioTestWorld.target().keys().principal(), Json.tree(wish));
  }

  private static ObjectNode request(
      ScenarioTestWorld scenarioTestWorld,
      String instrument,
      ScenarioTestWorld.HeldOrder heldOrder) {
    var request = scenarioTestWorld.buyer().payment(heldOrder.id(), heldOrder.bill());
    request.put("instrument_ref", instrument);
    return scenarioTestWorld.buyer().signed(request);
  }

  private static Reply pay(
      ScenarioTestWorld scenarioTestWorld,
      String instrument,
      ScenarioTestWorld.HeldOrder heldOrder) {
    return scenarioTestWorld.buyer().sendPayment(request(scenarioTestWorld, instrument, heldOrder));
  }

  private static void refund(
      ScenarioTestWorld scenarioTestWorld,
      ScenarioTestWorld.HeldOrder heldOrder,
      String amount,
      String id) {
    var wish = Map.of("amount", amount, "reason", "a little back", "refund_request_id", id);
    var key = scenarioTestWorld.target().keys().merchants().get("raileast");
    var path = "/merchants/raileast/orders/" + heldOrder.orderNo() + "/refund";
    var answer = scenarioTestWorld.buyer().post(path, key, Json.tree(wish));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }
}
