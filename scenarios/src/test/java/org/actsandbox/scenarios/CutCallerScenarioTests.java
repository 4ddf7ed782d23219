package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.scenarios.CutCaller.Cut;
import org.actsandbox.scenarios.client.Buyer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Callers who hang up before they know: asking again finds the one truth, and money moved once. */
@ExtendWith(SandboxExtension.class)
class CutCallerScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final int ROUNDS = 4;
  private static final int AT_ONCE = 3;

  @ParameterizedTest
  @EnumSource
  void aPaymentRequestNobodyWaitedForIsOnePayment(Cut cut, Stage stage) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      var held = stage.held("r" + i, SHOP, Stage.charger());
      var request = stage.buyer().signed(stage.buyer().payment(held.id(), held.bill()));

      allAtOnce(agent(stage), stage.target().at("/psp/payments"), request, cut);
      var known = byRequest(stage, request);
      var again = stage.buyer().sendPayment(request);

      assertThat(again.status()).as(again.toString()).isIn(200, 201);
      var tradeNo = again.json().path("trade_no").asString();
      assertThat(known).allMatch(each -> each.path("trade_no").asString().equals(tradeNo));
      if (cut == Cut.RESETS_IN_THE_ANSWER) {
        assertThat(again.status()).isEqualTo(200);
      }
      assertThat(byRequest(stage, request)).hasSize(1);
      assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
    }
    assertThat(debits(stage)).hasSize(ROUNDS);
    assertSound(stage);
  }

  @ParameterizedTest
  @EnumSource
  void anApprovalNobodyWaitedForDebitsOnce(Cut cut, Stage stage) throws Exception {
    var before = balance(stage);
    var spent = Money.yuan("0.00");
    for (int i = 0; i < ROUNDS; i++) {
      var held = stage.held("a" + i, SHOP, Stage.charger());
      var tradeNo = stage.asked(held);
      var approval =
          Json.object()
              .put("decision", "APPROVE")
              .put("digest", stage.buyer().cashier(tradeNo).json().path("digest").asString())
              .put("pin", Buyer.DEMO_PIN);
      var target = stage.target().at("/psp/payments/" + tradeNo + "/approval");

      allAtOnce(principal(stage), target, approval, cut);
      var told = stage.buyer().payment(tradeNo).json().path("status").asString();

      assertThat(told).isIn("waiting_for_approval", "paid");
      if (cut == Cut.RESETS_IN_THE_ANSWER) {
        assertThat(told).isEqualTo("paid");
      }
      assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
      spent = spent.plus(Money.yuan(held.bill().path("amount").asString()));
      assertThat(stage.buyer().showProof(held.resource(), stage.proof(tradeNo)).status())
          .isEqualTo(200);
    }
    assertThat(debits(stage)).hasSize(ROUNDS);
    assertThat(balance(stage)).isEqualTo(before.minus(spent));
    stage.advance("PT0S");
    assertThat(stage.journal("event=notification-delivered")).hasSize(ROUNDS);
    assertSound(stage);
  }

  /** The request is still on its way when its caller hangs up: it never arrives. */
  @Test
  void aCallerWhoGivesUpOnASlowServiceFindsNothingAndPaysOnce(Stage stage) throws Exception {
    var held = stage.held("1", SHOP, Stage.charger());
    FaultScenarioTests.fault(
        stage,
        """
        {"name":"delay","participant":"sandbox-pay","operation":"POST /payments","count":1,
         "parameters":{"ms":60000}}
        """);
    var request = stage.buyer().signed(stage.buyer().payment(held.id(), held.bill()));

    agent(stage).post(stage.target().at("/psp/payments"), request, Cut.CLOSES);
    until(() -> stage.journal("kind=EXCHANGE").toString().contains("the caller hung up"));

    assertThat(byRequest(stage, request)).isEmpty();
    var paid = stage.buyer().sendPayment(request);
    assertThat(paid.status()).as(paid.toString()).isEqualTo(201);
    stage.approve(paid.json().path("trade_no").asString());
    assertThat(debits(stage)).hasSize(1);
  }

  private static void allAtOnce(CutCaller caller, URI target, ObjectNode message, Cut cut)
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

  private static boolean post(CutCaller caller, URI target, ObjectNode message, Cut cut)
      throws IOException {
    caller.post(target, message, cut);
    return true;
  }

  private static CutCaller agent(Stage stage) {
    return new CutCaller(stage.target().origin(), stage.buyer().agent().key());
  }

  private static CutCaller principal(Stage stage) {
    return new CutCaller(stage.target().origin(), stage.target().keys().principal());
  }

  private static List<JsonNode> byRequest(Stage stage, ObjectNode request) {
    var found =
        stage
            .buyer()
            .get(
                "/psp/payments?request_id=" + request.path("request_id").asString(),
                stage.buyer().agent().key());
    assertThat(found.status()).as(found.toString()).isEqualTo(200);
    return found.json().path("items").valueStream().toList();
  }

  private static List<JsonNode> debits(Stage stage) {
    return stage
        .client()
        .get(stage.target().at("/psp/wallet/statement"), stage.target().keys().principal())
        .path("items")
        .valueStream()
        .filter(line -> line.path("kind").asString().equals("payment"))
        .toList();
  }

  private static Money balance(Stage stage) {
    return Money.yuan(stage.wallet().path("accounts").path(0).path("amount").asString());
  }

  private static void assertSound(Stage stage) {
    var books =
        stage
            .client()
            .get(stage.target().at("/psp/ledger/balance"), stage.target().keys().operator());
    assertThat(books.path("sum").asString()).isEqualTo("0");
  }

  /** Looks again and again, each time over HTTP, for at most a minute. */
  private static void until(BooleanSupplier seen) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
    }
  }
}
