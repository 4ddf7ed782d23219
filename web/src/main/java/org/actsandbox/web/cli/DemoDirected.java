package org.actsandbox.web.cli;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Directed payment (ACT L2) in a terminal: the principal gives authority and goes away, the agent
 * buys when its condition comes true.
 */
final class DemoDirected implements DemoPlay {

  /**
   * Ours: tickets for 20 January are sold from the next midnight on, within the sentence's time.
   */
  private static final Instant START = Instant.parse("2026-12-20T01:00:00Z");

  private static final String HOME = "Beijing";

  /** Ours: a plan of 120 payments, each looked for and delivered, and as much again. */
  private static final int MOST_STEPS = 3000;

  private final DemoStage stage;
  private final SandboxClient client;
  private final Terminal terminal;
  private final String sentence;
  private final String lang;
  private final DemoTranscript transcript;
  private final Target target;
  private final DemoAuthority authority;
  private final DemoCashier cashier;
  private final DemoEvidence evidence;
  private final DemoTalk talk;
  private String question = "";
  private String watchState = "";
  private String watchCode = "";
  private String outcome = "failed";
  private String reason = "";
  private boolean turnOver;

  DemoDirected(DemoStage stage) {
    this.stage = stage;
    this.client = stage.client();
    this.terminal = stage.terminal();
    this.lang = stage.language();
    terminal.speak(lang);
    this.sentence = stage.sentence().isEmpty() ? terminal.text("l2.sentence") : stage.sentence();
    this.transcript = new DemoTranscript(sentence);
    this.target = DemoTalk.world(stage, START, Map.of("home_city", HOME));
    this.talk = new DemoTalk(target, client, this::heard);
    this.authority = new DemoAuthority(target, client, terminal, stage.yes());
    this.cashier = new DemoCashier(target, client, terminal, stage.yes());
    this.evidence = new DemoEvidence(target, client, stage.evidence());
  }

  @Override
  public int run() {
    stage.opened(target, START);
    talk.open(lang);
    if (!isAsked() || !isAuthorized()) {
      return exitCode();
    }
    follow();
    settle();
    return exitCode();
  }

  /** Says the sentence and answers questions, until authority is asked for or nothing is. */
  private boolean isAsked() {
    var words = sentence;
    while (true) {
      terminal.print("> " + words);
      turnOver = false;
      talk.say(words);
      if (authority.isAsked()) {
        return true;
      }
      var answer = stage.yes() || question.isEmpty() ? null : terminal.ask(">");
      if (answer == null || answer.isBlank()) {
        unasked();
        return false;
      }
      question = "";
      words = answer.strip();
    }
  }

  /** The agent sees nothing in the sentence that authority is needed for. */
  private void unasked() {
    if (!question.isEmpty()) {
      transcript.outcome("question");
      transcript.ending(Json.object().put("question", question));
      return;
    }
    if (reason.isEmpty()) {
      reason = terminal.text("level.not");
      terminal.print(reason);
    }
    transcript.outcome(outcome);
    transcript.ending(Json.object().put("reason", reason));
  }

  private boolean isAuthorized() {
    transcript.plan(authority.plan(sentence));
    if (!authority.decide()) {
      talk.settle();
      transcript.outcome("declined");
      return false;
    }
    return true;
  }

  private void follow() {
    for (int step = 0; step < MOST_STEPS && !isOver(); step++) {
      if (step == 0) {
        talk.settle();
      } else {
        talk.next();
      }
    }
    transcript.outcome(
        switch (watchState) {
          case "done" -> "bought";
          case "ended" -> watchCode.equals("iac_expired") ? "nothing_suitable" : "failed";
          default -> "failed";
        });
    if (!watchState.equals("done")) {
      transcript.ending(Json.object().put("reason", reason));
    }
  }

  private boolean isOver() {
    return switch (watchState) {
      case "done", "ended", "paused" -> true;
      default -> false;
    };
  }

  private void heard(String type, String at, JsonNode data) {
    switch (type) {
      case "message" -> said(at, data);
      case "question" -> question = data.path("question").asString();
      case "delegation_request" -> authority.asked(data);
      case "watch" -> {
        watchState = data.path("state").asString();
        watchCode = data.path("code").asString("");
        reason = data.path("text").asString();
        authority.delegation(data.path("delegation_id").asString(""));
      }
      case "step" -> terminal.print("    " + data.path("text").asString());
      case "cart" -> transcript.cart(data.path("order"));
      case "payment_needed" -> cashier.answer(data);
      case "delivery" -> transcript.delivery(data);
      case "failed" -> reason = data.path("reason").asString();
      case "nothing_suitable" -> {
        outcome = type;
        reason = data.path("why").asString("");
      }
      case "turn_done" -> turnOver = true;
      default -> {
        // tokens and later kinds of events are for livelier surfaces than this one
      }
    }
  }

  private void said(String at, JsonNode data) {
    if (data.path("role").asString().equals("assistant")) {
      terminal.print("[" + at + "] " + data.path("text").asString());
    }
  }

  /** The merchant's confirmation of the delivery is due work as well: it is waited for in time. */
  private void settle() {
    if (!turnOver || transcript.tradeNos().isEmpty()) {
      return;
    }
    talk.passes("PT1M");
    for (var tradeNo : transcript.tradeNos()) {
      var payment = client.get(target.at("/psp/payments/" + tradeNo), target.keys().agent());
      transcript.payment(payment);
      terminal.say(
          "bought",
          payment.path("amount").asString(),
          payment.path("currency").asString(),
          payment.path("transaction_state").asString());
    }
    evidence.collect(transcript.orderNos());
    evidence.tell(terminal);
  }

  private int exitCode() {
    return switch (transcript.outcome()) {
      case "bought" -> ExitCodes.OK;
      case "nothing_suitable" -> ExitCodes.NOTHING_SUITABLE;
      case "declined" -> ExitCodes.DECLINED;
      case "question" -> ExitCodes.NEEDS_CLARIFICATION;
      default -> ExitCodes.FAILED;
    };
  }

  @Override
  public ObjectNode toJson() {
    var journal = new DemoJournal(target, client, transcript.intentId());
    journal.platforms().forEach(transcript::asked);
    var json = transcript.toJson(target.world(), lang, journal.messages());
    json.put("level", DemoLevel.L2.name());
    evidence.describe(json);
    return authority.addTo(json, journal);
  }
}
