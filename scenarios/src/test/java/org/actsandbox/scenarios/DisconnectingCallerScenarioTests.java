package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.scenarios.DisconnectingCaller.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that a caller who disconnected before the answer learns the result by asking again, and
 * that money moved once.
 */
@ExtendWith(SandboxExtension.class)
class DisconnectingCallerScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final int ROUNDS = 4;
  private static final int AT_ONCE = 3;

  @ParameterizedTest
  @EnumSource
  void aRepeatedPaymentRequestOfADisconnectedCallerIsOnePayment(
      Cut cut, ScenarioTestWorld scenarioTestWorld) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      var heldOrder = scenarioTestWorld.held("r" + i, SHOP, ScenarioTestWorld.charger());
      var request =
          scenarioTestWorld
              .buyer()
              .signed(scenarioTestWorld.buyer().payment(heldOrder.id(), heldOrder.bill()));

      allAtOnce(
          agent(scenarioTestWorld), scenarioTestWorld.target().at("/psp/payments"), request, cut);
      var known = byRequest(scenarioTestWorld, request);
      var again = scenarioTestWorld.buyer().sendPayment(request);

      assertThat(again.status()).as(again.toString()).isIn(200, 201);
      var tradeNo = again.json().path("trade_no").asString();
      assertThat(known).allMatch(each -> each.path("trade_no").asString().equals(tradeNo));
      if (cut == Cut.RESETS_IN_THE_ANSWER) {
        assertThat(again.status()).isEqualTo(200);
      }
      assertThat(byRequest(scenarioTestWorld, request)).hasSize(1);
      assertThat(scenarioTestWorld.approve(tradeNo).json().path("status").asString())
          .isEqualTo("paid");
    }
    assertThat(debits(scenarioTestWorld)).hasSize(ROUNDS);
    assertSound(scenarioTestWorld);
  }

  @ParameterizedTest
  @EnumSource
  void anApprovalOfADisconnectedCallerDebitsOnce(Cut cut, ScenarioTestWorld scenarioTestWorld)
      throws Exception {
    var before = balance(scenarioTestWorld);
    var spent = Money.yuan("0.00");
    for (int i = 0; i < ROUNDS; i++) {
      var heldOrder = scenarioTestWorld.held("a" + i, SHOP, ScenarioTestWorld.charger());
      var tradeNo = scenarioTestWorld.asked(heldOrder);
      var approval =
          Json.object()
              .put("decision", "APPROVE")
              .put(
                  "digest",
                  scenarioTestWorld.buyer().cashier(tradeNo).json().path("digest").asString())
              .put("pin", PurchaseClient.DEMO_PIN);
      var target = scenarioTestWorld.target().at("/psp/payments/" + tradeNo + "/approval");

      allAtOnce(principal(scenarioTestWorld), target, approval, cut);
      var told = scenarioTestWorld.buyer().payment(tradeNo).json().path("status").asString();

      assertThat(told).isIn("waiting_for_approval", "paid");
      if (cut == Cut.RESETS_IN_THE_ANSWER) {
        assertThat(told).isEqualTo("paid");
      }
      assertThat(scenarioTestWorld.approve(tradeNo).json().path("status").asString())
          .isEqualTo("paid");
      spent = spent.plus(Money.yuan(heldOrder.bill().path("amount").asString()));
      assertThat(
              scenarioTestWorld
                  .buyer()
                  .sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo))
                  .status())
          .isEqualTo(200);
    }
    assertThat(debits(scenarioTestWorld)).hasSize(ROUNDS);
    assertThat(balance(scenarioTestWorld)).isEqualTo(before.minus(spent));
    scenarioTestWorld.advance("PT0S");
    assertThat(scenarioTestWorld.journal("event=notification-delivered")).hasSize(ROUNDS);
    assertSound(scenarioTestWorld);
  }

  /** The caller disconnects while the request is still delayed on its way, so it never arrives. */
  @Test
  void aCallerWhoGivesUpOnASlowServiceFindsNothingAndPaysOnce(ScenarioTestWorld scenarioTestWorld)
      throws Exception {
    var heldOrder = scenarioTestWorld.held("1", SHOP, ScenarioTestWorld.charger());
    FaultScenarioTests.fault(
        scenarioTestWorld,
        """
        {"name":"delay","participant":"sandbox-pay","operation":"POST /payments","count":1,
         "parameters":{"ms":60000}}
        """);
    var request =
        scenarioTestWorld
            .buyer()
            .signed(scenarioTestWorld.buyer().payment(heldOrder.id(), heldOrder.bill()));

    agent(scenarioTestWorld)
        .post(scenarioTestWorld.target().at("/psp/payments"), request, Cut.CLOSES);
    until(
        () -> scenarioTestWorld.journal("kind=EXCHANGE").toString().contains("the caller hung up"));

    assertThat(byRequest(scenarioTestWorld, request)).isEmpty();
    var paid = scenarioTestWorld.buyer().sendPayment(request);
    assertThat(paid.status()).as(paid.toString()).isEqualTo(201);
    scenarioTestWorld.approve(paid.json().path("trade_no").asString());
    assertThat(debits(scenarioTestWorld)).hasSize(1);
  }

  private static void allAtOnce(DisconnectingCaller caller, URI target, ObjectNode message, Cut cut)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<java.util.concurrent.Future<?>>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(threads.submit(() -> post(caller, target, message, cut)));
      }
      for (var each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static boolean post(DisconnectingCaller caller, URI target, ObjectNode message, Cut cut)
      throws IOException {
    caller.post(target, message, cut);
    return true;
  }

  private static DisconnectingCaller agent(ScenarioTestWorld scenarioTestWorld) {
    return new DisconnectingCaller(
        scenarioTestWorld.target().origin(), scenarioTestWorld.buyer().agent().key());
  }

  private static DisconnectingCaller principal(ScenarioTestWorld scenarioTestWorld) {
    return new DisconnectingCaller(
        scenarioTestWorld.target().origin(), scenarioTestWorld.target().keys().principal());
  }

  private static List<JsonNode> byRequest(ScenarioTestWorld scenarioTestWorld, ObjectNode request) {
    var found =
        scenarioTestWorld
            .buyer()
            .get(
                "/psp/payments?request_id=" + request.path("request_id").asString(),
                scenarioTestWorld.buyer().agent().key());
    assertThat(found.status()).as(found.toString()).isEqualTo(200);
    return found.json().path("items").valueStream().toList();
  }

  private static List<JsonNode> debits(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().at("/psp/wallet/statement"),
            scenarioTestWorld.target().keys().principal())
        .path("items")
        .valueStream()
        .filter(line -> line.path("kind").asString().equals("payment"))
        .toList();
  }

  private static Money balance(ScenarioTestWorld scenarioTestWorld) {
    return Money.yuan(
        scenarioTestWorld.wallet().path("accounts").path(0).path("amount").asString());
  }

  private static void assertSound(ScenarioTestWorld scenarioTestWorld) {
    var books =
        scenarioTestWorld
            .client()
            .get(
                scenarioTestWorld.target().at("/psp/ledger/balance"),
                scenarioTestWorld.target().keys().operator());
    assertThat(books.path("sum").asString()).isEqualTo("0");
  }

  /**
   * Checks the condition, which makes an HTTP request each time, until it holds or a minute has
   * passed.
   */
  private static void until(BooleanSupplier seen) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
    }
  }
}
