package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures what attestation costs a purchase ({@code -Dact.bench=attestation}). A server with
 * attestation and one without it take turns, so that other load of the machine affects both. The
 * figures are in docs/performance-notes.md.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*attestation.*")
class AttestationCostBench {

  private static final int WARM = 60;

  /**
   * The number of measured purchases; the wallet of a new world can pay for these and the warm-up.
   */
  private static final int ROUNDS = Integer.getInteger("act.bench.rounds", 320);

  @Test
  void aPurchaseWithAndWithoutAttestation() throws Exception {
    try (var with = SandboxExtension.Started.start(Files.createTempDirectory("act-with"));
        var without =
            SandboxExtension.Started.start(
                Files.createTempDirectory("act-without"), "--act.attestation.enabled=false")) {
      var on = running(with);
      var off = running(without);
      var attested = new long[ROUNDS];
      var plain = new long[ROUNDS];
      for (int i = -WARM; i < ROUNDS; i++) {
        // The server that goes first alternates as well.
        boolean first = (i & 1) == 0;
        long one = purchase(first ? on : off, "p" + (i + WARM));
        long other = purchase(first ? off : on, "p" + (i + WARM));
        if (i >= 0) {
          attested[i] = first ? one : other;
          plain[i] = first ? other : one;
        }
      }
      print("without", plain);
      print("with   ", attested);
      System.out.printf(
          Locale.ROOT,
          "ratio p50 %.3f p95 %.3f p99 %.3f%n",
          at(attested, 50) / at(plain, 50),
          at(attested, 95) / at(plain, 95),
          at(attested, 99) / at(plain, 99));
      verification(on);
    }
  }

  private static void verification(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = bought(scenarioTestWorld, "last");
    var answer =
        scenarioTestWorld
            .client()
            .outbound()
            .send(
                OutboundClient.Call.get(
                    scenarioTestWorld.target().api("/orders/" + heldOrder.orderNo() + "/bundle"),
                    Map.of(
                        "Authorization", "Bearer " + scenarioTestWorld.target().keys().operator()),
                    Duration.ofSeconds(30)));
    var offline = new long[200];
    var online = new long[200];
    var records =
        scenarioTestWorld
            .client()
            .get(
                scenarioTestWorld.target().at("/trust/records?order_no=" + heldOrder.orderNo()),
                scenarioTestWorld.target().keys().operator());
    var items = records.path("items");
    var last = items.path(items.size() - 1).path("record_id").asString();
    for (int i = 0; i < offline.length; i++) {
      long begin = System.nanoTime();
      assertThat(BundleCheck.verify(answer.body(), null).verified()).isTrue();
      offline[i] = System.nanoTime() - begin;
      begin = System.nanoTime();
      scenarioTestWorld
          .client()
          .post(
              scenarioTestWorld.target().at("/trust/verifications"),
              scenarioTestWorld.target().keys().operator(),
              Json.object().put("record_id", last).put("upstream", true));
      online[i] = System.nanoTime() - begin;
    }
    print("verify offline", Arrays.copyOfRange(offline, 50, 200));
    print("verify by API ", Arrays.copyOfRange(online, 50, 200));
  }

  private static ScenarioTestWorld running(SandboxExtension.Started server) {
    var scenarioTestWorld = ScenarioTestWorld.open(server.origin(), server.outbound());
    scenarioTestWorld.run();
    return scenarioTestWorld;
  }

  private static long purchase(ScenarioTestWorld scenarioTestWorld, String id) {
    long begin = System.nanoTime();
    bought(scenarioTestWorld, id);
    return System.nanoTime() - begin;
  }

  private static ScenarioTestWorld.HeldOrder bought(
      ScenarioTestWorld scenarioTestWorld, String id) {
    var heldOrder = scenarioTestWorld.held(id, "luma-mart", ScenarioTestWorld.charger());
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);
    var delivered =
        scenarioTestWorld.buyer().sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo));
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    return heldOrder;
  }

  private static void print(String what, long[] nanos) {
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.1f p95 %.1f p99 %.1f ms%n",
        what,
        at(nanos, 50),
        at(nanos, 95),
        at(nanos, 99));
  }

  private static double at(long[] nanos, int percent) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }
}
