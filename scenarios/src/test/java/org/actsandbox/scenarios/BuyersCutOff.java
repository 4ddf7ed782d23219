package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.SHOP;
import static org.actsandbox.scenarios.Claims.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.http.Unanswered;
import tools.jackson.databind.JsonNode;

/** Purchases that a kill cuts off in the middle are whole or not there after the restart. */
final class BuyersCutOff implements KillStory {

  /** Each buyer's own, so that none stops because another bought the last one. */
  private static final List<String> THINGS =
      List.of("phone charger", "phone case", "USB-C cable", "T-shirt");

  private static final int APPROVALS = 12;

  /** Only what was acknowledged. */
  private final Queue<Bought> approved = new ConcurrentLinkedQueue<>();

  private final List<CompletableFuture<Void>> buyers = new ArrayList<>();

  private record Bought(Stage.Held held, String tradeNo) {}

  /** In a running world the kill hits whatever is under way. */
  static BuyersCutOff begun(Stage stage) {
    stage.run();
    return new BuyersCutOff();
  }

  @Override
  public void getsUnderWay(Stage stage) {
    for (var thing : THINGS) {
      buyers.add(
          CompletableFuture.runAsync(
              () -> buyUntilKilled(stage, thing), buying -> Thread.ofVirtual().start(buying)));
    }
    KillStory.await(() -> approved.size() >= APPROVALS, "too few approvals");
    assertThat(buyers).noneMatch(CompletableFuture::isDone);
  }

  private void buyUntilKilled(Stage stage, String thing) {
    var need = new Need.Shop(thing, null, null, List.of(), 1, null, null);
    try {
      for (int i = 0; ; i++) {
        var held = stage.held(thing.replace(' ', '-') + "-" + i, SHOP, need);
        var tradeNo = stage.asked(held);
        if (stage.approve(tradeNo).json().path("status").asString().equals("paid")) {
          approved.add(new Bought(held, tradeNo));
        }
      }
    } catch (Unanswered killed) {
      // What was asked for last may have been done or not.
      assertThat(killed.isTimeout()).isFalse();
    }
  }

  @Override
  public void afterTheKill(Stage stage) {
    buyers.forEach(CompletableFuture::join);
    for (var bought : approved) {
      assertThat(payment(stage, bought).path("status").asString()).isEqualTo("paid");
      var delivered =
          stage.buyer().showProof(bought.held().resource(), stage.proof(bought.tradeNo()));
      assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    }
    // Past every pause that a first attempt without an answer may have begun.
    stage.advance("PT30M");
    stage.advance("PT30M");
    for (var bought : approved) {
      KillStory.await(
          () ->
              payment(stage, bought).path("transaction_state").asString().equals("TRADE_FINISHED"),
          bought.tradeNo() + " is not finished");
    }
    var paid =
        stage.all("/psp/payments", stage.target().keys().principal()).stream()
            .filter(each -> each.path("status").asString().equals("paid"))
            .map(each -> each.path("trade_no").asString())
            .toList();
    assertThat(paid)
        .doesNotHaveDuplicates()
        .containsAll(approved.stream().map(Bought::tradeNo).toList());
    assertThat(stage.paidOut().stream().map(line -> line.path("trade_no").asString()).toList())
        .containsExactlyInAnyOrderElementsOf(paid);
    assertThat(sum(stage)).isEqualTo("0");
    assertThat(stage.notifications(SHOP))
        .filteredOn(each -> paid.contains(each.path("trade_no").asString()))
        .hasSize(paid.size())
        .allSatisfy(each -> assertThat(each.path("status").asString()).isEqualTo("DELIVERED"));
  }

  private static JsonNode payment(Stage stage, Bought bought) {
    return stage.buyer().payment(bought.tradeNo()).json();
  }
}
