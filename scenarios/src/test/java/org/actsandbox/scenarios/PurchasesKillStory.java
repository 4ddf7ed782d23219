package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DisputeTestSteps.SHOP;
import static org.actsandbox.scenarios.DisputeTestSteps.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.http.NoAnswerException;
import tools.jackson.databind.JsonNode;

/** Checks that purchases which a kill interrupts are complete or absent after the restart. */
final class PurchasesKillStory implements KillStory {

  /**
   * The goods, one kind for each buyer, so that no buyer stops because another bought the last one.
   */
  private static final List<String> THINGS =
      List.of("phone charger", "phone case", "USB-C cable", "T-shirt");

  private static final int APPROVALS = 12;

  /** Only the purchases with an acknowledged approval. */
  private final Queue<Bought> approved = new ConcurrentLinkedQueue<>();

  private final List<CompletableFuture<Void>> buyers = new ArrayList<>();

  private record Bought(ScenarioTestWorld.HeldOrder held, String tradeNo) {}

  /** Starts the world's clock, so that the kill interrupts background work as well. */
  static PurchasesKillStory begun(ScenarioTestWorld scenarioTestWorld) {
    scenarioTestWorld.run();
    return new PurchasesKillStory();
  }

  @Override
  public void startInterruptedWork(ScenarioTestWorld scenarioTestWorld) {
    startInterruptedWork(scenarioTestWorld, APPROVALS);
  }

  /** Starts the buyers; this many approvals have been acknowledged when this returns. */
  void startInterruptedWork(ScenarioTestWorld scenarioTestWorld, int approvals) {
    for (var thing : THINGS) {
      buyers.add(
          CompletableFuture.runAsync(
              () -> buyUntilKilled(scenarioTestWorld, thing),
              buying -> Thread.ofVirtual().start(buying)));
    }
    KillStory.await(() -> approved.size() >= approvals, "too few approvals");
    assertThat(buyers).noneMatch(CompletableFuture::isDone);
  }

  /** Returns the number of approvals that were acknowledged. */
  int acknowledged() {
    return approved.size();
  }

  private void buyUntilKilled(ScenarioTestWorld scenarioTestWorld, String thing) {
    var need = new Need.Shop(thing, null, null, List.of(), 1, null, null);
    try {
      for (int i = 0; ; i++) {
        var heldOrder = scenarioTestWorld.held(thing.replace(' ', '-') + "-" + i, SHOP, need);
        var tradeNo = scenarioTestWorld.asked(heldOrder);
        if (scenarioTestWorld.approve(tradeNo).json().path("status").asString().equals("paid")) {
          approved.add(new Bought(heldOrder, tradeNo));
        }
      }
    } catch (NoAnswerException killed) {
      // The last request may have been processed or not.
      assertThat(killed.isTimeout()).isFalse();
    }
  }

  @Override
  public void afterTheKill(ScenarioTestWorld scenarioTestWorld) {
    buyers.forEach(CompletableFuture::join);
    for (var bought : approved) {
      var payment = scenarioTestWorld.buyer().payment(bought.tradeNo());
      assertThat(payment.json().path("status").asString()).as(payment.toString()).isEqualTo("paid");
      var delivered =
          scenarioTestWorld
              .buyer()
              .sendProof(bought.held().resource(), scenarioTestWorld.proof(bought.tradeNo()));
      assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    }
    // Past every retry pause that an unanswered first attempt may have caused.
    scenarioTestWorld.advance("PT30M");
    scenarioTestWorld.advance("PT30M");
    for (var bought : approved) {
      KillStory.await(
          () ->
              payment(scenarioTestWorld, bought)
                  .path("transaction_state")
                  .asString()
                  .equals("TRADE_FINISHED"),
          bought.tradeNo() + " is not finished");
    }
    var paid =
        scenarioTestWorld
            .all("/psp/payments", scenarioTestWorld.target().keys().principal())
            .stream()
            .filter(each -> each.path("status").asString().equals("paid"))
            .map(each -> each.path("trade_no").asString())
            .toList();
    assertThat(paid)
        .doesNotHaveDuplicates()
        .containsAll(approved.stream().map(Bought::tradeNo).toList());
    assertThat(
            scenarioTestWorld.paidOut().stream()
                .map(line -> line.path("trade_no").asString())
                .toList())
        .containsExactlyInAnyOrderElementsOf(paid);
    assertThat(sum(scenarioTestWorld)).isEqualTo("0");
    assertThat(scenarioTestWorld.notifications(SHOP))
        .filteredOn(each -> paid.contains(each.path("trade_no").asString()))
        .hasSize(paid.size())
        .allSatisfy(each -> assertThat(each.path("status").asString()).isEqualTo("DELIVERED"));
  }

  private static JsonNode payment(ScenarioTestWorld scenarioTestWorld, Bought bought) {
    return scenarioTestWorld.buyer().payment(bought.tradeNo()).json();
  }
}
