package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.TaskConversation.SENTENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.AgentKind;
import org.actsandbox.sandbox.world.UnloadedWorlds;
import org.junit.jupiter.api.Test;

/**
 * Tests what the agent does within a budget without the principal (ACT L3), and what it does not.
 */
class AutonomousTaskTests {

  private static final Duration MINUTES = Duration.ofMinutes(10);

  @Test
  void preparesTheReportAndGivesTheAuthorityBack() {
    var task = new TaskConversation();
    task.talk.says(SENTENCE);
    assertThat(task.talk.request().path("summary").toString()).contains("20.00 CNY");
    assertThat(task.talk.said()).contains("4 paid services, about ¥10.70");
    assertThat(task.state()).isEqualTo("asked");
    task.talk.decides("APPROVE");
    assertThat(task.state()).isEqualTo("funding");
    assertThat(task.talk.told("sub_account_request").getFirst().path("amount").asString())
        .isEqualTo("20");
    task.funds("20.00");

    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.sellers()).containsExactly("marketlens", "marketlens", "lingobee", "pagepress");
    assertThat(task.bill().path("total").asString()).isEqualTo("10.70");
    assertThat(task.task().path("budget").path("left").asString()).isEqualTo("9.30");
    assertThat(task.spent()).isEqualTo("10.70");
    assertThat(task.account().path("balance").asString()).isEqualTo("9.30");
    assertThat(task.authorityState()).isEqualTo("Revoked");
    assertThat(task.task().path("result").asString()).contains("咖啡收于每磅").contains("30天内");
    assertThat(task.report()).contains("市场报告", "咖啡", "铜", "<polyline");
    assertThat(task.talk.told("task_bill")).hasSize(1);
    assertThat(task.talk.told("payment_needed")).isEmpty();
    assertThat(task.talk.journal()).contains("self-check-passed", "task-billed");
    task.moneyIsRight();
  }

  /** The delegation service has the draft before the agent has its answer, which drips. */
  @Test
  void aPrincipalMayDecideBeforeTheAgentHasStoredItsTask() {
    var task = new TaskConversation();
    task.talk
        .world
        .faults()
        .add(
            new FaultRequest(
                "slow_body",
                "*",
                "POST /intents",
                null,
                0L,
                1L,
                Map.of("bytes", 512, "pause_ms", 400),
                null));
    task.talk.saysAndApprovesAtOnce(SENTENCE).rests();
    assertThat(task.state()).as(task.talk.said()).isEqualTo("funding");
  }

  /**
   * Checks an agent with an identity and keys of its own, and a sub-account that only they open
   * (PSD-2).
   */
  @Test
  void aDedicatedAgentWorksUnderItsOwnName() {
    var settings =
        DirectedConversation.settings("20000.00", PriceTolerance.NONE, false)
            .with(AgentKind.DEDICATED);
    var task =
        new TaskConversation(new DirectedConversation(settings))
            .authorizes(SENTENCE)
            .funds("20.00");
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.account().path("agent_id").asString()).isEqualTo("did:act:personal-agent");
    assertThat(
            task.talk
                .get("/delegations/iacs/" + task.task().path("delegation_id").asString())
                .at("/payload/agent_id")
                .asString())
        .isEqualTo("did:act:personal-agent");
    assertThat(task.talk.journal(JournalNote.Kind.DECISION))
        .filteredOn(entry -> entry.event().equals("self-check-passed"))
        .hasSize(4)
        .allSatisfy(entry -> assertThat(entry.actor()).isEqualTo("did:act:personal-agent"));
    task.moneyIsRight();
  }

  @Test
  void asksHowMuchAndAboutWhatFirst() {
    var task = new TaskConversation();
    task.talk.says("Write a market report");
    assertThat(task.talk.told("question").getLast().path("question").asString())
        .contains("coffee")
        .contains("copper");
    task.talk.says("Write a report on gold prices in English");
    assertThat(task.talk.told("question").getLast().path("question").asString())
        .contains("How much");
    task.talk.says("5 yuan");
    assertThat(task.talk.request().path("status").asString()).isEqualTo("waiting");
    assertThat(task.task().path("budget").path("total").asString()).isEqualTo("5.00");
  }

  @Test
  void understandsChinese() {
    var task =
        new TaskConversation().authorizes("请准备一份关于黄金价格的报告，最多花 9 元，用到 40% 时提醒我").funds("9.00");
    assertThat(task.state()).as(task.talk.said()).isEqualTo("partial");
    assertThat(task.talk.said()).contains("黄金", "子账户", "提醒：预算 ¥9.00 已用");
    assertThat(task.bill().path("total").asString()).isEqualTo("4.70");
    assertThat(task.refused()).containsExactly("agent:cumulative_limit_exceeded");
  }

  @Test
  void deliversWhatThereIsWhenTheBudgetRunsOut() {
    var task =
        new TaskConversation()
            .authorizes(
                "Prepare a report on coffee and copper prices with a Chinese summary, at most 7 yuan")
            .funds("7.00");
    assertThat(task.state()).as(task.talk.said()).isEqualTo("partial");
    assertThat(task.bill().path("total").asString()).isEqualTo("5.90");
    assertThat(task.stateOf("report")).isEqualTo("failed");
    assertThat(task.task().path("result").asString()).contains("咖啡收于每磅");
    assertThat(task.talk.told("task_warning").getFirst().path("of").asString()).isEqualTo("budget");
    assertThat(task.talk.said()).contains("I could do a part", "Missing: the report");
    assertThat(task.authorityState()).isEqualTo("Revoked");
    task.moneyIsRight();
  }

  @Test
  void doesNotPayMoreThanWasAnnounced() {
    var task = new TaskConversation().authorizes(SENTENCE);
    task.talk.disturbs(
        "marketlens", "{\"type\": \"price_moved\", \"item\": \"quotes\", \"percent\": 50}");
    task.funds("20.00");
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.sellers()).containsExactly("tickwell", "tickwell", "lingobee", "pagepress");
    assertThat(task.refused())
        .containsExactly("agent:price_deviation_exceeded", "agent:price_deviation_exceeded");
    task.moneyIsRight();
  }

  @Test
  void getsItsMoneyBackFromASellerThatDeliversNothing() {
    var task = new TaskConversation(true).authorizes(SENTENCE).funds("20.00");
    var needed = task.talk.told("payment_needed");
    assertThat(needed).hasSize(1);
    task.talk.disturbs("marketlens", "{\"type\": \"sold_out\", \"item\": \"quotes\"}");
    task.talk.approves(needed.getFirst().path("trade_no").asString());
    task.passes(Duration.ofSeconds(10));
    assertThat(task.bill().path("given_back").asString()).isEqualTo("1.20");
    for (int i = 1; i < 6 && task.talk.told("payment_needed").size() > i; i++) {
      task.talk.approves(task.talk.told("payment_needed").get(i).path("trade_no").asString());
      task.passes(Duration.ofSeconds(10));
    }
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.sellers())
        .containsExactly("marketlens", "tickwell", "tickwell", "lingobee", "pagepress");
    task.moneyIsRight();
  }

  @Test
  void asksTheMoneyBackFromASellerThatOnlyBreaks() {
    var task =
        new TaskConversation()
            .authorizes(SENTENCE)
            .fault("error_status", "marketlens", "POST /services/quotes", 1, 100)
            .funds("20.00")
            .passes(MINUTES);
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.sellers()).contains("marketlens", "tickwell");
    assertThat(task.bill().path("given_back").asString()).isEqualTo("1.20");
    task.passes(MINUTES);
    task.moneyIsRight();
  }

  @Test
  void waitsWhileTheSubAccountIsFrozen() {
    var task = paidNothingYet();
    task.account("freeze").passes(MINUTES);
    assertThat(task.state()).isEqualTo("paused");
    assertThat(task.code()).isEqualTo("sub_account_frozen");
    assertThat(task.refused()).containsExactly("psp:sub_account_frozen");
    task.account("unfreeze").passes(MINUTES);
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    task.moneyIsRight();
  }

  /**
   * Checks the count with a budget of exactly the price of the four services: a refused payment
   * that counted would leave the last one unpaid. Checks ACT PSD-7.d.
   */
  @Test
  void countsOnlyWhatThePaymentServiceConfirmed() {
    var task =
        new TaskConversation()
            .authorizes(
                "Prepare a report on coffee and copper prices with a Chinese summary, at most 10.70 yuan")
            .fault("error_status", "sandbox-pay", "POST /autonomous-payments", 0, 1)
            .funds("20.00");
    task.account("freeze").passes(MINUTES);
    assertThat(task.refused()).containsExactly("psp:sub_account_frozen");
    task.account("unfreeze").passes(MINUTES);
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.bill().path("total").asString()).isEqualTo("10.70");
    assertThat(task.spent()).isEqualTo("10.70");
    task.moneyIsRight();
  }

  @Test
  void waitsForMoneyWhenTheSubAccountIsEmpty() {
    var task = new TaskConversation().authorizes(SENTENCE).funds("3.00");
    assertThat(task.state()).isEqualTo("paused");
    assertThat(task.code()).isEqualTo("insufficient_balance");
    task.passes(MINUTES);
    assertThat(task.state()).isEqualTo("paused");
    task.funds("17.00");
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    task.moneyIsRight();
  }

  @Test
  void stopsWhenTheAuthorityIsRevokedInTheMiddle() {
    var task =
        new TaskConversation()
            .authorizes(SENTENCE)
            .fault("error_status", "sandbox-pay", "POST /autonomous-payments", 1, 1)
            .funds("20.00");
    assertThat(task.sellers()).containsExactly("marketlens");
    task.authority("revoke");
    task.passes(MINUTES);
    assertThat(task.state()).as(task.talk.said()).isEqualTo("partial");
    assertThat(task.code()).isEqualTo("iac_revoked");
    assertThat(task.sellers()).containsExactly("marketlens");
    assertThat(task.task().path("result").asString()).contains("closed at");
    task.moneyIsRight();
  }

  @Test
  void waitsWhileTheAuthorityIsSuspended() {
    var task = paidNothingYet();
    task.authority("suspend");
    task.passes(MINUTES);
    assertThat(task.state()).isEqualTo("paused");
    assertThat(task.code()).isEqualTo("iac_suspended");
    task.authority("resume");
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    task.moneyIsRight();
  }

  @Test
  void aLostAnswerBuysNothingTwice() {
    var task =
        new TaskConversation()
            .authorizes(SENTENCE)
            .fault("lost_answer", "sandbox-pay", "POST /autonomous-payments", 0, 1)
            .fault("lost_answer", "marketlens", "POST /services/quotes", 1, 1)
            .fault("lost_answer", "lingobee", "POST /services/translate", 0, 1)
            .funds("20.00")
            .passes(MINUTES);
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.bill().path("total").asString()).isEqualTo("10.70");
    assertThat(task.talk.paid()).hasSize(4);
    task.moneyIsRight();
  }

  @Test
  void goesOnAfterTheWorldWasUnloaded() {
    var task = paidNothingYet();
    task.talk.world = UnloadedWorlds.reloaded(task.talk.server, task.talk.world.name());
    task.passes(MINUTES);
    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.talk.paid()).hasSize(4);
    task.moneyIsRight();
  }

  @Test
  void warnsOfTheTimeAndEndsWithIt() {
    var task =
        new TaskConversation()
            .authorizes(
                "Prepare a report on coffee prices in English, at most 9 yuan, within 2 hours");
    task.passes(Duration.ofMinutes(97));
    assertThat(task.talk.told("task_warning").getFirst().path("of").asString()).isEqualTo("time");
    task.passes(Duration.ofMinutes(30));
    assertThat(task.state()).isEqualTo("ended");
    assertThat(task.code()).isEqualTo("iac_expired");
    assertThat(task.authorityState()).isEqualTo("Expired");
  }

  @Test
  void cancellingStopsItAndGivesTheAuthorityBack() {
    var task = new TaskConversation().authorizes(SENTENCE);
    task.talk.says("cancel");
    task.passes(MINUTES);
    assertThat(task.state()).isEqualTo("ended");
    assertThat(task.authorityState()).isEqualTo("Revoked");
    assertThat(task.talk.paid()).isEmpty();
  }

  @Test
  void onePaymentStaysUnderItsOwnLimit() {
    var task =
        new TaskConversation()
            .authorizes(
                "Prepare a report on coffee prices in English, at most 20 yuan, 2 yuan per payment")
            .funds("20.00");
    assertThat(task.state()).as(task.talk.said()).isEqualTo("partial");
    assertThat(task.sellers()).containsExactly("marketlens");
    assertThat(task.refused()).containsExactly("agent:single_limit_exceeded");
  }

  /**
   * Makes a task in which the payment service fails for a moment, when the bill of the first
   * service is there.
   */
  private static TaskConversation paidNothingYet() {
    var task =
        new TaskConversation()
            .authorizes(SENTENCE)
            .fault("error_status", "sandbox-pay", "POST /autonomous-payments", 0, 1)
            .funds("20.00");
    assertThat(task.state()).isEqualTo("working");
    assertThat(task.sellers()).isEmpty();
    return task;
  }
}
