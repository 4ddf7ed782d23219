package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Tests that the clock runs everything that waits in a world, in the order in which it falls due.
 */
@ExtendWith(SandboxExtension.class)
class ClockScenarioTests {

  /**
   * Makes an unpaid hold, a payment without approval, a notification and a confirmation with
   * failing first attempts, and an unfinished refund, in another order than they fall due.
   */
  private static void everythingWaits(ScenarioTestWorld scenarioTestWorld) {
    unavailable(scenarioTestWorld, "luma-mart", "POST /notifications", 2);
    unavailable(scenarioTestWorld, "sandbox-pay", "POST /fulfilments", 1);
    unavailable(scenarioTestWorld, "sandbox-pay", "POST /refunds", 1);
    scenarioTestWorld.heldTrain("hold");
    scenarioTestWorld.advance("PT1M");
    scenarioTestWorld.asked(
        scenarioTestWorld.held("ask", "gotrip-rail", ScenarioTestWorld.earlyTrainToShanghai()));
    var bought = scenarioTestWorld.held("buy", "luma-mart", ScenarioTestWorld.charger());
    var tradeNo = scenarioTestWorld.asked(bought);
    scenarioTestWorld.approve(tradeNo);
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(bought.resource(), scenarioTestWorld.proof(tradeNo))
                .status())
        .isEqualTo(200);
    var wish = Map.of("amount", "1.00", "reason", "late", "refund_request_id", "R-1");
    var key = scenarioTestWorld.target().keys().merchants().get("luma-mart");
    var path = "/merchants/luma-mart/orders/" + bought.orderNo() + "/refund";
    assertThat(scenarioTestWorld.buyer().post(path, key, Json.tree(wish)).status()).isEqualTo(200);
  }

  private static void unavailable(
      ScenarioTestWorld scenarioTestWorld, String whom, String operation, int times) {
    FaultScenarioTests.fault(
        scenarioTestWorld,
        """
        {"name":"error_status","participant":"%s","operation":"%s","count":%d}
        """
            .formatted(whom, operation, times));
  }

  private static JsonNode clock(ScenarioTestWorld scenarioTestWorld, String query) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().api("/clock" + query),
            scenarioTestWorld.target().keys().operator());
  }

  private static JsonNode toNextDue(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/clock/advance"),
            scenarioTestWorld.target().keys().operator(),
            Map.of("to_next_due", true));
  }

  @Test
  void whatWaitsIsListedInPagesInTheOrderItWillHappen(ScenarioTestWorld scenarioTestWorld) {
    everythingWaits(scenarioTestWorld);

    var whole = list(clock(scenarioTestWorld, "?limit=100").path("next_due"));
    var inPages = new ArrayList<JsonNode>();
    var page = clock(scenarioTestWorld, "?limit=1");
    inPages.addAll(list(page.path("next_due")));
    while (page.hasNonNull("next")) {
      assertThat(page.path("more").asBoolean()).isTrue();
      page = clock(scenarioTestWorld, "?limit=1&cursor=" + page.path("next").asString());
      inPages.addAll(list(page.path("next_due")));
    }

    assertThat(page.path("more").asBoolean()).isFalse();
    assertThat(inPages).isEqualTo(whole);
    assertThat(whole).extracting(ClockScenarioTests::at).isSorted();
    assertThat(whole)
        .extracting(
            each -> each.path("what").asString() + " " + each.path("participant").asString())
        .contains(
            "hold raileast",
            "hold gotrip-rail",
            "cashier sandbox-pay",
            "notification sandbox-pay",
            "fulfilment_confirmation luma-mart",
            "refund luma-mart",
            "intent_purge raileast");
  }

  @Test
  void stepByStepEachHappensAtItsMomentAndTheJournalShowsTheOrder(
      ScenarioTestWorld scenarioTestWorld) {
    everythingWaits(scenarioTestWorld);
    var moments = new ArrayList<Instant>();

    for (var due = clock(scenarioTestWorld, "?limit=1");
        isDueToday(due);
        due = clock(scenarioTestWorld, "?limit=1")) {
      var first = at(due.path("next_due").path(0));
      var now = Instant.parse(due.path("now").asString());
      var shown = Instant.parse(toNextDue(scenarioTestWorld).path("now").asString());
      assertThat(shown).isEqualTo(first.isAfter(now) ? first : now);
      moments.add(shown);
    }

    assertThat(moments).isSorted().doesNotHaveDuplicates().hasSize(6);
    assertThat(eventsSinceStart(scenarioTestWorld)).isEqualTo(EXPECTED_EVENTS);
  }

  @Test
  void oneLongAdvanceCausesTheSameEvents(ScenarioTestWorld scenarioTestWorld) {
    everythingWaits(scenarioTestWorld);

    scenarioTestWorld.advance("PT1H");

    assertThat(eventsSinceStart(scenarioTestWorld)).isEqualTo(EXPECTED_EVENTS);
    var entries = list(scenarioTestWorld.journal(""));
    assertThat(entries).extracting(ClockScenarioTests::at).isSorted();
  }

  @Test
  void theClockStaysWhenNothingWaits(ScenarioTestWorld scenarioTestWorld) {
    var before = clock(scenarioTestWorld, "").path("now").asString();

    assertThat(toNextDue(scenarioTestWorld).path("now").asString()).isEqualTo(before);
  }

  /** The events that happen by themselves, with the time since the start. */
  private static final List<String> EXPECTED_EVENTS =
      List.of(
          "PT1M notification-postponed",
          "PT1M record-anchored",
          "PT1M record-anchored",
          "PT1M record-anchored",
          "PT1M record-anchored",
          "PT1M2S notification-postponed",
          "PT1M12S notification-received",
          "PT1M12S notification-delivered",
          "PT2M payment-state-changed",
          "PT2M payment-state-changed",
          "PT2M fulfilment-confirmed",
          "PT2M refunded",
          "PT2M refunded",
          "PT2M notification-received",
          "PT2M notification-delivered",
          "PT11M hold-expired",
          "PT11M payment-state-changed",
          "PT11M notification-received",
          "PT11M notification-delivered",
          "PT15M hold-expired");

  private static List<String> eventsSinceStart(ScenarioTestWorld scenarioTestWorld) {
    return list(scenarioTestWorld.journal("kind=STATE")).stream()
        .dropWhile(each -> !each.path("event").asString().equals("notification-postponed"))
        .map(
            each ->
                Duration.between(ScenarioTestWorld.START, at(each))
                    + " "
                    + each.path("event").asString())
        .toList();
  }

  private static boolean isDueToday(JsonNode clock) {
    return !clock.path("next_due").isEmpty()
        && at(clock.path("next_due").path(0))
            .isBefore(ScenarioTestWorld.START.plus(Duration.ofHours(12)));
  }

  private static Instant at(JsonNode entry) {
    return Instant.parse(entry.path("at").asString());
  }

  private static List<JsonNode> list(JsonNode items) {
    return StreamSupport.stream(items.spliterator(), false).toList();
  }
}
