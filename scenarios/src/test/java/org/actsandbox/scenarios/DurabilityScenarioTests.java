package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.scenarios.client.Unexpected;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Purchases survive {@code kill -9}: what was acknowledged is there, what is owed is done once. */
class DurabilityScenarioTests {

  private static final String SHOP = "luma-mart";
  private static final int BUYERS = 4;
  private static final int APPROVALS = 12;

  @TempDir Path data;
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = KilledSandbox.freePort();
  }

  /** In a stopped world nothing is under way by itself, so every kill hits between two steps. */
  @Test
  void whatIsOwedAfterAKillIsDoneAfterTheRestartAndNothingTwice() throws Exception {
    Stage stage;
    Stage.Held held;
    Stage.Held unpaid;
    String tradeNo;
    Money before;
    try (var server = KilledSandbox.start(data, port)) {
      stage = Stage.open(server.origin(), server.outbound());
      held = stage.held("1", SHOP, Stage.charger());
      unpaid = stage.heldTrain("2");
      before = balance(stage);
      tradeNo = stage.asked(held);
      assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
    }

    JsonNode delivery;
    try (var server = KilledSandbox.start(data, port)) {
      stage = stage.over(server.outbound());
      assertThat(payment(stage, tradeNo).path("status").asString()).isEqualTo("paid");
      assertThat(order(stage, SHOP, held).path("status").asString()).isEqualTo("HELD");
      assertThat(order(stage, "raileast", unpaid).path("status").asString()).isEqualTo("HELD");
      var notification = notifications(stage).getFirst();
      assertThat(notification.path("status").asString()).isEqualTo("PENDING");
      assertThat(notification.path("attempts").asInt()).isZero();
      // The buyer does not know whether the last answers were meant, and asks for both again.
      assertThat(stage.askedAgain(held)).isEqualTo(tradeNo);
      assertThat(stage.approve(tradeNo).json().path("status").asString()).isEqualTo("paid");
      assertPaidOnce(stage, before, held);

      stage.advance("PT0S");

      assertThat(order(stage, SHOP, held).path("status").asString()).isEqualTo("PAID");
      var delivered = stage.buyer().showProof(held.resource(), stage.proof(tradeNo));
      assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
      delivery = delivered.json();
    }

    try (var server = KilledSandbox.start(data, port)) {
      stage = stage.over(server.outbound());
      assertThat(payment(stage, tradeNo).path("transaction_state").asString())
          .isEqualTo("WAIT_SELLER_FULFILLMENT");

      stage.advance("PT0S");

      assertThat(payment(stage, tradeNo).path("transaction_state").asString())
          .isEqualTo("TRADE_FINISHED");
      assertThat(stage.buyer().showProof(held.resource(), stage.proof(tradeNo)).json())
          .isEqualTo(delivery);
      assertPaidOnce(stage, before, held);
      assertThat(notifications(stage)).hasSize(1);
      for (var once :
          List.of("notification-delivered", "notification-received", "fulfilment-confirmed")) {
        assertThat(stage.journal("event=" + once)).as(once).hasSize(1);
      }
      stage.advance("PT1H");
      assertThat(order(stage, "raileast", unpaid).path("status").asString()).isEqualTo("EXPIRED");
    }
  }

  /** In a running world the kill hits whatever is under way. */
  @Test
  void purchasesCutOffInTheMiddleAreWholeOrNotThereAfterTheRestart() throws Exception {
    Stage stage;
    var approved = new ConcurrentLinkedQueue<Bought>();
    try (var server = KilledSandbox.start(data, port)) {
      stage = Stage.open(server.origin(), server.outbound());
      stage.run();
      buyUntilKilled(stage, server, approved);
    }
    assertThat(approved).hasSizeGreaterThanOrEqualTo(APPROVALS);

    try (var server = KilledSandbox.start(data, port)) {
      stage = stage.over(server.outbound());
      for (var bought : approved) {
        assertThat(payment(stage, bought.tradeNo()).path("status").asString()).isEqualTo("paid");
        var delivered =
            stage.buyer().showProof(bought.held().resource(), stage.proof(bought.tradeNo()));
        assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
      }
      // Past every pause that a first attempt without an answer may have begun.
      stage.advance("PT30M");
      stage.advance("PT30M");
      for (var bought : approved) {
        awaitFinished(stage, bought.tradeNo());
      }
      var paid =
          payments(stage).stream()
              .filter(each -> each.path("status").asString().equals("paid"))
              .map(each -> each.path("trade_no").asString())
              .toList();
      assertThat(paid)
          .doesNotHaveDuplicates()
          .containsAll(approved.stream().map(Bought::tradeNo).toList());
      assertThat(statement(stage).stream().map(line -> line.path("trade_no").asString()).toList())
          .containsExactlyInAnyOrderElementsOf(paid);
      assertThat(books(stage).path("sum").asString()).isEqualTo("0");
      assertThat(notifications(stage))
          .filteredOn(each -> paid.contains(each.path("trade_no").asString()))
          .hasSize(paid.size())
          .allSatisfy(each -> assertThat(each.path("status").asString()).isEqualTo("DELIVERED"));
    }
  }

  private record Bought(Stage.Held held, String tradeNo) {}

  private static void buyUntilKilled(Stage stage, KilledSandbox server, Queue<Bought> approved)
      throws InterruptedException {
    var enough = new CountDownLatch(APPROVALS);
    var buyers =
        IntStream.range(0, BUYERS)
            .mapToObj(
                buyer -> Thread.ofVirtual().start(() -> buy(stage, "b" + buyer, approved, enough)))
            .toList();
    assertThat(enough.await(2, TimeUnit.MINUTES)).as("approvals in time").isTrue();
    server.process().destroyForcibly().onExit().join();
    for (var buyer : buyers) {
      buyer.join();
    }
  }

  /** Buys on and on; only what was acknowledged is remembered. */
  private static void buy(Stage stage, String name, Queue<Bought> approved, CountDownLatch enough) {
    try {
      for (int i = 0; ; i++) {
        var held = stage.held(name + "-" + i, SHOP, Stage.charger());
        var tradeNo = stage.asked(held);
        if (stage.approve(tradeNo).json().path("status").asString().equals("paid")) {
          approved.add(new Bought(held, tradeNo));
          enough.countDown();
        }
      }
    } catch (Unanswered | Unexpected killed) {
      assertThat(killed).isNotNull();
    }
  }

  private static void awaitFinished(Stage stage, String tradeNo) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!payment(stage, tradeNo).path("transaction_state").asString().equals("TRADE_FINISHED")) {
      assertThat(System.nanoTime()).as(payment(stage, tradeNo).toString()).isLessThan(end);
    }
  }

  private static void assertPaidOnce(Stage stage, Money before, Stage.Held held) {
    var price = Money.yuan(held.bill().path("amount").asString());
    assertThat(balance(stage)).isEqualTo(before.minus(price));
    assertThat(statement(stage)).hasSize(1);
    assertThat(books(stage).path("sum").asString()).isEqualTo("0");
  }

  private static JsonNode payment(Stage stage, String tradeNo) {
    return stage.buyer().payment(tradeNo).json();
  }

  private static Money balance(Stage stage) {
    return Money.yuan(stage.wallet().path("accounts").path(0).path("amount").asString());
  }

  private static JsonNode order(Stage stage, String merchant, Stage.Held held) {
    return stage
        .client()
        .get(
            stage.target().at("/merchants/" + merchant + "/orders/" + held.orderNo()),
            stage.target().keys().merchants().get(merchant));
  }

  private static JsonNode books(Stage stage) {
    return stage
        .client()
        .get(stage.target().at("/psp/ledger/balance"), stage.target().keys().operator());
  }

  private static List<JsonNode> payments(Stage stage) {
    return all(stage, "/psp/payments", stage.target().keys().principal());
  }

  /** What left the principal's balance for payments. */
  private static List<JsonNode> statement(Stage stage) {
    return all(stage, "/psp/wallet/statement", stage.target().keys().principal()).stream()
        .filter(line -> line.path("kind").asString().equals("payment"))
        .toList();
  }

  private static List<JsonNode> notifications(Stage stage) {
    return all(stage, "/psp/notifications", stage.target().keys().merchants().get(SHOP));
  }

  /** All pages. */
  private static List<JsonNode> all(Stage stage, String path, String key) {
    var items = new ArrayList<JsonNode>();
    for (var cursor = ""; ; ) {
      var page = stage.client().get(stage.target().at(path + cursor), key);
      StreamSupport.stream(page.path("items").spliterator(), false).forEach(items::add);
      var next = page.path("next").asString("");
      if (next.isEmpty()) {
        return items;
      }
      cursor = "?cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
  }
}
