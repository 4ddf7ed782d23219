package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.actsandbox.scenarios.client.Buyer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While a world's clock stands still, nothing happens by itself, and everything twice the same. */
@ExtendWith(SandboxExtension.class)
class StoppedWorldScenarioTests {

  private static final String ENGLISH =
      "Find me a window seat on tomorrow's early train to Shanghai";
  private static final String CHINESE = "帮我订明天早上去上海的靠窗座位";
  private static final String TRIP =
      "I need a trip to Shanghai tomorrow: an early train, a hotel for one night and a phone"
          + " charger, at most 2000 yuan in total";

  @RepeatedTest(2)
  void theSameScriptTwiceIsTheSameJournal(Stage stage) {
    var first = journalOf(stage);
    var second = journalOf(stage);

    assertThat(first).hasSizeGreaterThan(150);
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      assertThat(second.get(i))
          .as("entry %d, after %s", i, before(first, i))
          .isEqualTo(first.get(i));
    }
    assertThat(second).hasSameSizeAs(first);
  }

  @Test
  void whatFollowsAPurchaseWaitsForTheClock(Stage stage) {
    var held = stage.held("1", "luma-mart", Stage.charger());
    var tradeNo = stage.asked(held);
    stage.approve(tradeNo);
    stage.buyer().showProof(held.resource(), stage.proof(tradeNo));

    assertThat(stage.journal("event=notification-delivered")).isEmpty();
    assertThat(state(stage, tradeNo)).isEqualTo("WAIT_SELLER_FULFILLMENT");
    stage.advance("PT0S");

    assertThat(stage.journal("event=notification-delivered")).hasSize(1);
    assertThat(stage.journal("event=fulfilment-confirmed")).hasSize(1);
    assertThat(state(stage, tradeNo)).isEqualTo("TRADE_FINISHED");
  }

  private static String state(Stage stage, String tradeNo) {
    return stage.buyer().payment(tradeNo).json().path("transaction_state").asString();
  }

  private static String before(List<String> entries, int index) {
    return String.join("\n", entries.subList(Math.max(0, index - 2), index));
  }

  private static List<String> journalOf(Stage stage) {
    try (var script = Script.in(stage.client(), stage.target().origin(), "twice", "s1")) {
      everything(script);
      return script.journal();
    }
  }

  private static void everything(Script script) {
    var english = script.talk("en");
    var ticket = english.approveAll(english.chooseRecommended(english.offers(ENGLISH))).getFirst();
    var chinese = script.talk("zh");
    chinese.approveAll(chinese.chooseRecommended(chinese.offers(CHINESE)));
    var trip = script.talk("en");
    assertThat(trip.approveAll(trip.chooseRecommended(trip.offers(TRIP)))).hasSize(3);

    declinedAndIgnored(script);
    script.refund(ticket, "1.00");
    script.advance("PT3S");
    faults(script);
    aHoldThatEnds(script);
  }

  private static void declinedAndIgnored(Script script) {
    var talk = script.talk("en");
    script.decide(talk.chooseRecommended(talk.offers(ENGLISH)), "DECLINE");
    assertThat(talk.outcome()).isEqualTo("declined");
    talk.chooseRecommended(talk.offers(ENGLISH));
    script.advance("PT30M");
    assertThat(talk.outcome()).isEqualTo("declined");
  }

  private static void faults(Script script) {
    script.fault("error_status", "raileast", "POST /intents", Map.of("status", 503));
    script.fault("lost_answer", "sandbox-pay", "POST /payments/*/approval", Map.of());
    script.fault("lost_answer", "sandbox-pay", "POST /fulfilments", Map.of());
    var talk = script.talk("en");
    talk.approveAll(talk.chooseRecommended(talk.offers(ENGLISH)));
    script.advance("PT1M");
  }

  private static void aHoldThatEnds(Script script) {
    Buyer buyer = script.outsider();
    var offers = buyer.sendIntent("luma-mart", buyer.signed(buyer.intent("1", Stage.charger(), 5)));
    buyer.sendCart(
        "luma-mart", buyer.signed(buyer.cart("1", offers.json().path("offers").path(0))));
    script.advance("PT1H");
  }
}
