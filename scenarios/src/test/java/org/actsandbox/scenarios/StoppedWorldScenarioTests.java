package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.PurchaseClient;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that in a world with a stopped clock nothing happens by itself, and that the same script
 * writes the same journal twice.
 *
 * <p>{@code -Dact.journal-dump=FILE -Dact.scenarios.port=18600} writes that journal to a file, so
 * that the journals of two builds can be compared line by line.
 */
@ExtendWith(SandboxExtension.class)
class StoppedWorldScenarioTests {

  private static final String ENGLISH =
      "Find me a window seat on tomorrow's early train to Shanghai";
  private static final String CHINESE = "帮我订明天早上去上海的靠窗座位";
  private static final String TRIP =
      "I need a trip to Shanghai tomorrow: an early train, a hotel for one night and a phone"
          + " charger, at most 2000 yuan in total";

  @RepeatedTest(2)
  void theSameScriptTwiceIsTheSameJournal(ScenarioTestWorld scenarioTestWorld) throws IOException {
    var first = journalOf(scenarioTestWorld);
    var dump = System.getProperty("act.journal-dump");
    if (dump != null) {
      Files.write(Path.of(dump), first);
    }
    var second = journalOf(scenarioTestWorld);

    assertThat(first).hasSizeGreaterThan(150);
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      assertThat(second.get(i))
          .as("entry %d, after %s", i, before(first, i))
          .isEqualTo(first.get(i));
    }
    assertThat(second).hasSameSizeAs(first);
  }

  @Test
  void whatFollowsAPurchaseWaitsForTheClock(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.held("1", "luma-mart", ScenarioTestWorld.charger());
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);
    scenarioTestWorld.buyer().sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo));

    assertThat(scenarioTestWorld.journal("event=notification-delivered")).isEmpty();
    assertThat(state(scenarioTestWorld, tradeNo)).isEqualTo("WAIT_SELLER_FULFILLMENT");
    scenarioTestWorld.advance("PT0S");

    assertThat(scenarioTestWorld.journal("event=notification-delivered")).hasSize(1);
    assertThat(scenarioTestWorld.journal("event=fulfilment-confirmed")).hasSize(1);
    assertThat(state(scenarioTestWorld, tradeNo)).isEqualTo("TRADE_FINISHED");
  }

  private static String state(ScenarioTestWorld scenarioTestWorld, String tradeNo) {
    return scenarioTestWorld.buyer().payment(tradeNo).json().path("transaction_state").asString();
  }

  private static String before(List<String> entries, int index) {
    return String.join("\n", entries.subList(Math.max(0, index - 2), index));
  }

  private static List<String> journalOf(ScenarioTestWorld scenarioTestWorld) {
    try (var scriptedPrincipal =
        ScriptedPrincipal.in(
            scenarioTestWorld.client(), scenarioTestWorld.target().origin(), "twice", "s1")) {
      everything(scriptedPrincipal);
      return scriptedPrincipal.journal();
    }
  }

  private static void everything(ScriptedPrincipal scriptedPrincipal) {
    var english = scriptedPrincipal.conversation("en");
    var ticket = english.approveAll(english.chooseRecommended(english.offers(ENGLISH))).getFirst();
    var chinese = scriptedPrincipal.conversation("zh");
    chinese.approveAll(chinese.chooseRecommended(chinese.offers(CHINESE)));
    var trip = scriptedPrincipal.conversation("en");
    assertThat(trip.approveAll(trip.chooseRecommended(trip.offers(TRIP)))).hasSize(3);

    declinedAndIgnored(scriptedPrincipal);
    scriptedPrincipal.refund(ticket, "1.00");
    scriptedPrincipal.advance("PT3S");
    faults(scriptedPrincipal);
    aHoldThatEnds(scriptedPrincipal);
  }

  private static void declinedAndIgnored(ScriptedPrincipal scriptedPrincipal) {
    var conversation = scriptedPrincipal.conversation("en");
    scriptedPrincipal.decide(
        conversation.chooseRecommended(conversation.offers(ENGLISH)), "DECLINE");
    assertThat(conversation.outcome()).isEqualTo("declined");
    conversation.chooseRecommended(conversation.offers(ENGLISH));
    scriptedPrincipal.advance("PT30M");
    assertThat(conversation.outcome()).isEqualTo("declined");
  }

  private static void faults(ScriptedPrincipal scriptedPrincipal) {
    scriptedPrincipal.fault("error_status", "raileast", "POST /intents", Map.of("status", 503));
    scriptedPrincipal.fault("lost_answer", "sandbox-pay", "POST /payments/*/approval", Map.of());
    scriptedPrincipal.fault("lost_answer", "sandbox-pay", "POST /fulfilments", Map.of());
    var conversation = scriptedPrincipal.conversation("en");
    conversation.approveAll(conversation.chooseRecommended(conversation.offers(ENGLISH)));
    scriptedPrincipal.advance("PT1M");
  }

  private static void aHoldThatEnds(ScriptedPrincipal scriptedPrincipal) {
    PurchaseClient purchaseClient = scriptedPrincipal.outsider();
    var offers =
        purchaseClient.sendIntent(
            "luma-mart",
            purchaseClient.signed(purchaseClient.intent("1", ScenarioTestWorld.charger(), 5)));
    purchaseClient.sendCart(
        "luma-mart",
        purchaseClient.signed(purchaseClient.cart("1", offers.json().path("offers").path(0))));
    scriptedPrincipal.advance("PT1H");
  }
}
