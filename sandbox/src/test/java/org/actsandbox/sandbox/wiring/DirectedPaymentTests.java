package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.DirectedConversation.SALE;
import static org.actsandbox.sandbox.wiring.DirectedConversation.SENTENCE;
import static org.actsandbox.sandbox.wiring.DirectedConversation.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the agent buys without the principal (ACT L2), and what it does not. */
class DirectedPaymentTests {

  @Test
  void buysWhenTheTicketAppearsWithoutAskingAgain() {
    var talk = new DirectedConversation().says(SENTENCE);
    assertThat(talk.request().path("summary").toString()).contains("600.00 CNY");
    assertThat(talk.state()).isEqualTo("asked");
    talk.decides("APPROVE");
    assertThat(talk.state()).isEqualTo("watching");
    assertThat(talk.said()).contains("not sold yet");

    talk.until(SALE.minusSeconds(1));
    assertThat(talk.paid()).isEmpty();
    talk.until(SALE.plus(Duration.ofHours(2)));

    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(talk.paid()).hasSize(1);
    var payment = talk.paid().getFirst();
    assertThat(payment.path("delegation_id").asString()).isEqualTo(talk.delegationId());
    assertThat(payment.path("approval").path("method").asString()).isEqualTo("delegation");
    assertThat(talk.sums().path("spent").asString()).isEqualTo(payment.path("amount").asString());
    assertThat(talk.told("payment_needed")).isEmpty();
    assertThat(talk.told("delivery").getFirst().path("delivery").path("seat_class").toString())
        .contains("second");
    assertThat(talk.journal()).contains("self-check-passed").contains("authority-asked");
    talk.ledgerIsEven();
  }

  /**
   * Checks that the agent's wake-up and the moment that it waits for do not follow each other for
   * ever.
   */
  @Test
  void looksOnceAndThenWaitsWhereTheClockRuns() {
    var talk = new DirectedConversation();
    talk.world.clock().set(WorldClock.Mode.OFFSET, DirectedConversation.SUNDAY);
    talk.says(SENTENCE);
    await().untilAsserted(() -> assertThat(talk.told("delegation_request")).hasSize(1));
    talk.decides("APPROVE");
    await().untilAsserted(() -> assertThat(talk.said()).contains("not sold yet"));
    assertThat(Instant.parse(talk.watch().path("progress").path("due_at").asString()))
        .isAfter(talk.world.clock().instant().plus(Duration.ofMinutes(5)));
    assertThat(talk.journal().split("\"status-list\"", -1)).hasSizeLessThan(5);
  }

  /** Checks ACT ADD-1.a. */
  @Test
  void asksForTheLimitAndTheLastDayFirst() {
    // A journey would end the watch on its own day; goods have no such day.
    var talk = new DirectedConversation().says("Buy me a power bank, keep trying");
    assertThat(talk.told("question").getFirst().path("question").asString())
        .contains("How much")
        .contains("Until which day");
    assertThat(talk.told("delegation_request")).isEmpty();
    talk.says("600 yuan, until Friday");
    assertThat(talk.request().path("status").asString()).isEqualTo("waiting");
    var history =
        talk.get("/delegations/intents/" + talk.request().path("intent_id").asString())
            .path("isr")
            .path("conversation_history")
            .path("user_intent_raw");
    assertThat(history.toString()).contains("keep trying").contains("until Friday");
  }

  @Test
  void endsWhenTheTimeIsOver() {
    var talk = new DirectedConversation();
    talk.authorizes(
        "Get me a second-class ticket to Harbin on January 29, at most 600 yuan, keep trying until"
            + " Tuesday");
    talk.passes(Duration.ofDays(4));
    assertThat(talk.state()).isEqualTo("ended");
    assertThat(talk.code()).isEqualTo("iac_expired");
    assertThat(talk.paid()).isEmpty();
  }

  @Test
  void buysNothingWhileSuspendedAndAtOnceWhenResumed() {
    var talk = new DirectedConversation().authorizes(SENTENCE);
    talk.moves("suspend");
    talk.until(SALE.plus(Duration.ofHours(3)));
    assertThat(talk.state()).isEqualTo("watching");
    assertThat(talk.paid()).isEmpty();
    talk.moves("resume");
    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(talk.paid()).hasSize(1);
  }

  @Test
  void stopsWhenTheAuthorityIsRevokedOrRefused() {
    var revoked = new DirectedConversation().authorizes(SENTENCE);
    revoked.moves("revoke");
    assertThat(revoked.state()).isEqualTo("ended");
    assertThat(revoked.code()).isEqualTo("iac_revoked");
    revoked.until(SALE.plus(Duration.ofHours(2)));
    assertThat(revoked.paid()).isEmpty();

    var refused = new DirectedConversation().says(SENTENCE).decides("DECLINE");
    assertThat(refused.state()).isEqualTo("ended");
    assertThat(refused.code()).isEqualTo("declined");
  }

  @Test
  void cancellingGivesTheAuthorityBack() {
    var talk = new DirectedConversation().authorizes(SENTENCE);
    talk.says("cancel");
    assertThat(talk.state()).isEqualTo("ended");
    var delegation = talk.get("/delegations/iacs/" + talk.delegationId());
    assertThat(delegation.path("state").asString()).isEqualTo("Revoked");
    assertThat(delegation.path("changed_by").asString()).isEqualTo("did:act:demo-agent");
  }

  @Test
  void aLostAnswerAfterTheDebitBuysOnce() {
    var talk = new DirectedConversation().authorizes(SENTENCE);
    talk.fault("lost_answer", "sandbox-pay", "POST /delegated-payments", 1);
    talk.until(SALE.plus(Duration.ofHours(2)));
    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(talk.paid()).hasSize(1);
    talk.ledgerIsEven();
  }

  @Test
  void anOfferThatSoldOutIsTriedAgain() {
    var talk = new DirectedConversation().authorizes(SENTENCE);
    talk.fault("sold_out", "*", "POST /carts", 1);
    talk.until(SALE.plus(Duration.ofHours(2)));
    assertThat(talk.said()).contains("I keep trying");
    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(talk.paid()).hasSize(1);
  }

  @Test
  void aPriceThatMovesBetweenLookAndCartIsLookedAtAgain() {
    var talk = new DirectedConversation().authorizes(SENTENCE);
    talk.fault("price_moved", "*", "POST /carts", 1);
    talk.until(SALE.plus(Duration.ofHours(2)));
    assertThat(talk.paid()).hasSizeLessThanOrEqualTo(1);
    for (var payment : talk.paid()) {
      assertThat(payment.path("amount").asString()).isLessThanOrEqualTo("600.00");
    }
    assertThat(talk.state()).as(talk.said()).isIn("done", "watching");
  }

  @Test
  void triesAFailedPaymentAsOftenAsAllowedThenPausesAndGoesOnWhenTold() {
    var talk = new DirectedConversation(settings("100.00", PriceTolerance.NONE, false));
    talk.authorizes(SENTENCE);
    talk.until(SALE.plus(Duration.ofHours(2)));
    assertThat(talk.state()).as(talk.said()).isEqualTo("paused");
    assertThat(talk.code()).isEqualTo("insufficient_balance");
    assertThat(talk.paid()).isEmpty();
    talk.says("go on");
    assertThat(talk.said()).contains("I go on looking");
    talk.ledgerIsEven();
  }

  @Test
  void asksAtTheCashierWhenThePrincipalWantsToBeAskedEveryTime() {
    var talk = new DirectedConversation(settings("20000.00", PriceTolerance.NONE, true));
    talk.authorizes(SENTENCE);
    talk.until(SALE.plus(Duration.ofMinutes(1)));
    var due = talk.told("payment_needed");
    assertThat(due).as(talk.said()).hasSize(1);
    assertThat(talk.state()).isEqualTo("buying");
    talk.approves(due.getFirst().path("trade_no").asString());
    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(talk.paid()).hasSize(1);
  }

  @Test
  void paysAPlanOnItsDaysOnly() {
    var talk =
        new DirectedConversation()
            .authorizes("Every Monday order coffee, at most 300 each, until January 5");
    assertThat(talk.request().path("summary").toString()).contains("3");
    talk.until(Instant.parse("2026-12-21T00:59:00Z"));
    assertThat(talk.paid()).isEmpty();
    talk.until(Instant.parse("2026-12-22T00:00:00Z"));
    assertThat(talk.paid()).as(talk.said()).hasSize(1);
    talk.until(Instant.parse("2027-01-05T00:00:00Z"));
    assertThat(talk.paid()).as(talk.said()).hasSize(3);
    assertThat(talk.state()).isEqualTo("done");
  }

  @Test
  void buysWhenThePriceFalls() {
    var talk =
        new DirectedConversation()
            .says("Find the cheapest second-class ticket to Tianjin on January 5");
    var offers = talk.told("offers").getLast();
    talk.authorizes(
        "Get me a second-class ticket to Tianjin on January 5 when it falls below 18 yuan, keep"
            + " looking until January 3");
    talk.passes(Duration.ofHours(2));
    assertThat(talk.state()).as(talk.said()).isEqualTo("watching");
    assertThat(talk.paid()).isEmpty();

    // A price that fell too far would be suspicious, and is not bought.
    var cheapest = offers.path("searches").path(0).path("offers").path(0).path("offer");
    talk.disturbs(
        cheapest.path("merchant_id").asString(),
        "{\"type\":\"price_moved\",\"offer\":\"%s\",\"percent\":-20}"
            .formatted(cheapest.path("offer_id").asString()));
    talk.passes(Duration.ofHours(1));
    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(new BigDecimal(talk.paid().getFirst().path("amount").asString()))
        .isLessThan(new BigDecimal("18.00"));
  }

  @Test
  void goesOnWatchingAfterARestart(@TempDir Path data) {
    var port = SandboxServer.freePort();
    DirectedConversation talk;
    try (var server = SandboxServer.start(data, port)) {
      talk = new DirectedConversation(server, settings("20000.00", PriceTolerance.NONE, false));
      talk.authorizes(SENTENCE);
      assertThat(talk.state()).isEqualTo("watching");
    }
    try (var restarted = SandboxServer.start(data, port)) {
      talk.on(restarted).until(SALE.plus(Duration.ofHours(1)));
      assertThat(talk.state()).as(talk.said()).isEqualTo("done");
      assertThat(talk.paid()).hasSize(1);
    }
  }

  @Test
  void twoWatchesThatRaceForOneWalletSpendItOnce() {
    var talk = new DirectedConversation(settings("800.00", PriceTolerance.NONE, false));
    talk.authorizes(SENTENCE);
    talk.authorizes(SENTENCE);
    talk.until(SALE.plus(Duration.ofHours(2)));
    assertThat(talk.get("/agents/demo-agent/watches").path("items").size()).isEqualTo(2);
    assertThat(talk.paid()).as(talk.said()).hasSize(1);
    assertThat(talk.said()).contains("The payment failed");
    talk.ledgerIsEven();
  }

  @Test
  void buysNothingUntilTheStateOfTheAuthorityIsKnown() {
    var talk = new DirectedConversation().authorizes(SENTENCE);
    talk.fault("error_status", "sandbox-delegations", "GET /status/**", 1000);
    talk.fault("error_status", "sandbox-delegations", "GET /iacs/*/status", 1000);
    talk.until(SALE.plus(Duration.ofMinutes(30)));
    assertThat(talk.paid()).as(talk.said()).isEmpty();
    talk.faultsAreOver();
    talk.passes(Duration.ofHours(1));
    assertThat(talk.state()).as(talk.said()).isEqualTo("done");
    assertThat(talk.paid()).hasSize(1);
  }

  @Test
  void messagesWithoutTheServicesSignatureAreIgnored() {
    var talk = new DirectedConversation().authorizes(SENTENCE);
    var forged =
        "{\"delegation_id\":\"%s\",\"state\":\"Revoked\",\"changed_at\":\"2026-12-20T01:00:00Z\"}"
            .formatted(talk.delegationId());
    assertThat(talk.status("/agents/demo-agent/delegation-states", forged)).isBetween(400, 403);
    talk.rests();
    assertThat(talk.state()).isEqualTo("watching");
  }
}
