package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every row of the table of magic values, as an external agent and its principal meet it. */
@ExtendWith(SandboxExtension.class)
class MagicValueScenarioTests {

  @ParameterizedTest
  @CsvSource({
    "sandbox:sold_out, 409, sold_out",
    "sandbox:price_moved, 409, price_changed",
    "sandbox:price_dropped, 201, ''"
  })
  void aNoteDecidesWhatBecomesOfTheCart(String note, int status, String code, Stage stage) {
    var cart = cart(stage, note);

    var answer = stage.buyer().sendCart("raileast", cart);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(stage.journal("kind=FAULT").path(0).path("data").path("fault_id").asString())
        .startsWith("magic:note_");
  }

  @Test
  void aNoteThatMeansNothingChangesNothing(Stage stage) {
    assertThat(stage.buyer().sendCart("raileast", cart(stage, "sandbox:please")).status())
        .isEqualTo(201);
    assertThat(stage.journal("kind=FAULT")).isEmpty();
  }

  @Test
  void aLostAnswerToACartIsLostOnceAndTheRepeatFindsTheOrder(Stage stage) {
    var cart = cart(stage, "sandbox:lost_answer");

    assertThatThrownBy(() -> stage.buyer().sendCart("raileast", cart))
        .isInstanceOf(Unanswered.class);
    var found = stage.buyer().sendCart("raileast", cart);

    assertThat(found.status()).isEqualTo(201);
    assertThat(orders(stage)).hasSize(1);
  }

  @Test
  void anUnavailableMerchantIsThereAtTheSecondAttempt(Stage stage) {
    var cart = cart(stage, "sandbox:unavailable");

    assertThat(stage.buyer().sendCart("raileast", cart).status()).isEqualTo(503);
    assertThat(orders(stage)).isEmpty();
    assertThat(stage.buyer().sendCart("raileast", cart).status()).isEqualTo(201);
  }

  @Test
  void aSlowMerchantAnswersLate(Stage stage) {
    var cart = cart(stage, "sandbox:slow");

    long start = System.nanoTime();
    assertThat(stage.buyer().sendCart("raileast", cart).status()).isEqualTo(201);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void anOrderComesWithAWrongSignature(Stage stage) {
    var plain = stage.buyer().sendCart("raileast", cart(stage, "window please")).json();
    var wrong = stage.buyer().sendCart("raileast", cart(stage, "sandbox:wrong_signature")).json();

    assertThat(verifies(stage, plain)).isTrue();
    assertThat(verifies(stage, wrong)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"6200000000004028, instrument_invalid", "6200 0000 0000 4044, limit_exceeded"})
  void aCardRefusesTheRequest(String number, String code, Stage stage) {
    var answer = pay(stage, bind(stage, number), stage.heldTrain("1"));

    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void aCardWithoutMoneyFailsAfterTheApprovalAndNothingMoves(Stage stage) {
    var before = stage.wallet();
    var taken = pay(stage, bind(stage, "6200000000004010"), stage.heldTrain("1"));
    assertThat(taken.status()).as(taken.toString()).isEqualTo(201);

    var approved = stage.approve(taken.json().path("trade_no").asString());

    assertThat(approved.json().path("status").asString()).isEqualTo("failed");
    assertThat(approved.json().path("error").toString()).contains("insufficient_balance");
    assertThat(stage.wallet()).isEqualTo(before);
  }

  @Test
  void aShortLivedCardPaysForAMinute(Stage stage) {
    var card = bind(stage, "6200000000004036");
    var first = pay(stage, card, stage.heldTrain("1"));
    assertThat(first.status()).isEqualTo(201);

    stage.advance("PT61S");

    assertThat(pay(stage, card, stage.heldTrain("2")).code()).isEqualTo("instrument_invalid");
    // Asked for in time, decided too late: the instrument is looked at again before money moves.
    var late = stage.approve(first.json().path("trade_no").asString());
    assertThat(late.json().path("status").asString()).isEqualTo("failed");
  }

  @Test
  void aCardLosesTheAnswerOnceAndTheRepeatFindsThePayment(Stage stage) {
    var request = request(stage, bind(stage, "6200000000004051"), stage.heldTrain("1"));

    assertThatThrownBy(() -> stage.buyer().sendPayment(request)).isInstanceOf(Unanswered.class);
    var repeat = stage.buyer().sendPayment(request);

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(stage.approve(repeat.json().path("trade_no").asString()).json().path("status"))
        .hasToString("\"paid\"");
  }

  @Test
  void aCardIsUnavailableOnce(Stage stage) {
    var request = request(stage, bind(stage, "6200000000004069"), stage.heldTrain("1"));

    assertThat(stage.buyer().sendPayment(request).status()).isEqualTo(503);
    assertThat(stage.buyer().sendPayment(request).status()).isEqualTo(201);
  }

  @Test
  void aCardIsSlowerThanCallersWaitOnce(Stage stage) {
    var request = request(stage, bind(stage, "6200000000004077"), stage.heldTrain("1"));

    long start = System.nanoTime();
    var first = stage.buyer().sendPayment(request);
    long firstTook = System.nanoTime() - start;
    var second = stage.buyer().sendPayment(request);

    assertThat(Duration.ofNanos(firstTook)).isGreaterThan(Duration.ofSeconds(10));
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4111111111111111", "6200", "x", "620000000000401O"})
  void numbersOfOtherCardsAreRefusedAndNotRepeated(String number, Stage stage) {
    var answer = binding(stage, "card", number);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("card_number").doesNotContain(number + "\"");
    assertThat(stage.journal("").toString()).doesNotContain("4111111111111111");
  }

  @Test
  void aBalanceHasNoCardNumber(Stage stage) {
    assertThat(binding(stage, "balance", "6200000000004010").status()).isEqualTo(400);
  }

  @Test
  void smallRefundsLoseTheirAnswerOrFindNobodyOnceAndComeThrough(Stage stage) {
    var held = stage.heldTrain("1");
    var tradeNo = stage.asked(held);
    stage.approve(tradeNo);
    // The proof tells the merchant of the payment, whenever the notification comes.
    assertThat(stage.buyer().showProof(held.resource(), stage.proof(tradeNo)).status())
        .isEqualTo(200);

    refund(stage, held, "0.04", "B-1");
    refund(stage, held, "0.05", "B-2");
    stage.advance("PT10M");

    var refunded = stage.buyer().payment(tradeNo).json().path("refunded").asString();
    assertThat(refunded).isEqualTo("0.09");
    // A part went back, not the whole: the ticket stays sold.
    assertThat(orders(stage).path(0).path("status").asString()).isEqualTo("DELIVERED");
    assertThat(orders(stage).path(0).path("refunded").asString()).isEqualTo("0.09");
    assertThat(stage.journal("event=lost_answer")).hasSize(1);
    assertThat(stage.journal("event=error_status")).hasSize(1);
  }

  @Test
  void aPinFindsNobodyOnceAndIsNotCountedAsWrong(Stage stage) {
    var tradeNo = stage.asked(stage.heldTrain("1"));
    var shown = stage.buyer().cashier(tradeNo).json();
    var digest = shown.path("digest").asString();

    assertThat(stage.buyer().approve(tradeNo, digest, "000503").status()).isEqualTo(503);

    var again = stage.buyer().cashier(tradeNo).json();
    assertThat(again.path("pin_attempts_left")).isEqualTo(shown.path("pin_attempts_left"));
    assertThat(stage.buyer().approve(tradeNo, digest, Buyer.DEMO_PIN).status()).isEqualTo(200);
  }

  @Test
  void aPrincipalWithTheRightPinPaysAndNeverHears(Stage stage) {
    var change = Json.object().put("pin", Buyer.DEMO_PIN).put("new_pin", "000504");
    stage.buyer().post("/psp/pin", stage.target().keys().principal(), change);
    var tradeNo = stage.asked(stage.heldTrain("1"));
    var digest = stage.buyer().cashier(tradeNo).json().path("digest").asString();

    assertThatThrownBy(() -> stage.buyer().approve(tradeNo, digest, "000504"))
        .isInstanceOf(Unanswered.class);

    assertThat(stage.buyer().payment(tradeNo).json().path("status").asString()).isEqualTo("paid");
    assertThat(stage.journal("").toString()).doesNotContain("000504");
  }

  @Test
  void theCatalogueListsThemAll(Stage stage) {
    var all = stage.client().get(stage.target().origin().resolve("/api/faults"), null);

    assertThat(all.path("faults")).hasSize(14);
    assertThat(all.path("magic_values")).hasSize(14);
    assertThat(all.path("test_cards")).hasSize(7);
    assertThat(all.path("faults").path(0).path("parameters").path(0).path("expected").asString())
        .isEqualTo("0 to 60000");
  }

  private static ObjectNode cart(Stage stage, String note) {
    var id = "c" + note.length();
    var offers =
        stage
            .buyer()
            .sendIntent(
                "raileast",
                stage.buyer().signed(stage.buyer().intent(id, Stage.earlyTrainToShanghai(), 5)));
    var cart = stage.buyer().cart(id, offers.json().path("offers").path(0));
    cart.putObject("fulfilment").put("note", note);
    return stage.buyer().signed(cart);
  }

  private static JsonNode orders(Stage stage) {
    var key = stage.target().keys().merchants().get("raileast");
    return stage.buyer().get("/merchants/raileast/orders", key).json().path("items");
  }

  private static boolean verifies(Stage stage, JsonNode order) {
    var document = stage.client().get(stage.target().at("/dids/raileast"), null);
    var jwks = Json.object();
    jwks.putArray("keys").add(document.path("verificationMethod").path(0).path("publicKeyJwk"));
    var keys = org.actsandbox.protocol.identity.KeySet.parse(jwks.toString());
    try {
      return SignedJson.verify(order, keys).name().equals("raileast");
    } catch (org.actsandbox.protocol.refusal.Refusal wrong) {
      return false;
    }
  }

  private static String bind(Stage stage, String number) {
    var asked = binding(stage, "card", number);
    assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
    var decision = Json.object().put("decision", "APPROVE").put("pin", Buyer.DEMO_PIN);
    decision.set("digest", asked.json().path("digest"));
    var path = "/psp/bindings/" + asked.json().path("binding_id").asString() + "/confirmation";
    var bound = stage.buyer().post(path, stage.target().keys().principal(), decision);
    assertThat(bound.status()).as(bound.toString()).isEqualTo(201);
    return bound.json().path("instrument_ref").asString();
  }

  private static Reply binding(Stage stage, String account, String number) {
    var agent = stage.buyer().agent().agentId();
    var wish = Map.of("agent_id", agent, "account", account, "card_number", number);
    return stage.buyer().post("/psp/bindings", stage.target().keys().principal(), Json.tree(wish));
  }

  private static ObjectNode request(Stage stage, String instrument, Stage.Held held) {
    var request = stage.buyer().payment(held.id(), held.bill());
    request.put("instrument_ref", instrument);
    return stage.buyer().signed(request);
  }

  private static Reply pay(Stage stage, String instrument, Stage.Held held) {
    return stage.buyer().sendPayment(request(stage, instrument, held));
  }

  private static void refund(Stage stage, Stage.Held held, String amount, String id) {
    var wish = Map.of("amount", amount, "reason", "a little back", "refund_request_id", id);
    var key = stage.target().keys().merchants().get("raileast");
    var path = "/merchants/raileast/orders/" + held.orderNo() + "/refund";
    var answer = stage.buyer().post(path, key, Json.tree(wish));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }
}
