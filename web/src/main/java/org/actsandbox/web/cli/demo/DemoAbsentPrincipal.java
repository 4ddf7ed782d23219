package org.actsandbox.web.cli.demo;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.JsonNode;

/**
 * A level of payment without the principal, in a terminal and in a world of its own: the principal
 * gives authority and goes away, time is stepped until the agent is done.
 */
abstract sealed class DemoAbsentPrincipal implements DemoPlay
    permits DemoDirectedPayment, DemoAutonomousPayment {

  final SandboxClient client;
  final Terminal terminal;
  final TargetWorld targetWorld;
  final String lang;
  final DemoTranscript transcript;
  final DemoAuthority authority;
  final DemoCashier cashier;
  final DemoEvidence evidence;
  final DemoConversation talk;

  /** What the agent last wanted to know, and why it last stopped; empty for nothing. */
  String question = "";

  String reason = "";

  private final DemoContext stage;
  private final String sentence;
  private final Instant start;
  private final int mostSteps;

  /**
   * @param level whose sentence is said where the stage has none
   * @param start of the world's clock
   * @param principal what the world knows about the principal
   * @param mostSteps from one thing that is due to the next
   */
  DemoAbsentPrincipal(
      DemoContext stage,
      DemoLevel level,
      Instant start,
      Map<String, String> principal,
      int mostSteps) {
    this.stage = stage;
    this.client = stage.client();
    this.terminal = stage.terminal();
    this.lang = stage.language();
    this.start = start;
    this.mostSteps = mostSteps;
    terminal.speak(lang);
    this.sentence =
        stage.sentence().isEmpty()
            ? terminal.text(level.name().toLowerCase(Locale.ROOT) + ".sentence")
            : stage.sentence();
    this.transcript = new DemoTranscript(sentence);
    this.targetWorld = DemoConversation.world(stage, start, principal);
    this.talk = new DemoConversation(targetWorld, client, this::heard);
    this.authority = new DemoAuthority(targetWorld, client, terminal, stage.yes());
    this.cashier = new DemoCashier(targetWorld, client, terminal, stage.yes());
    this.evidence = new DemoEvidence(targetWorld, client, stage.evidence());
  }

  @Override
  public final int run() {
    stage.opened(targetWorld, start);
    talk.open(lang);
    if (isAsked() && isAuthorized()) {
      follow();
      settle();
    }
    return transcript.exitCode();
  }

  /** Says the sentence and answers questions, until authority is asked for or nothing is. */
  private boolean isAsked() {
    var words = sentence;
    while (true) {
      terminal.print("> " + words);
      say(words);
      if (asksForAuthority()) {
        return isHeeded();
      }
      var answer = stage.yes() || question.isEmpty() ? null : terminal.ask(">");
      if (answer == null || answer.isBlank()) {
        if (question.isEmpty()) {
          unasked();
        } else {
          transcript.outcome("question");
          transcript.ending(Json.object().put("question", question));
        }
        return false;
      }
      question = "";
      words = answer.strip();
    }
  }

  /** With {@code --yes} no person reads what the agent leaves out, so that nothing is signed. */
  private boolean isHeeded() {
    if (!stage.yes() || unheeded().isEmpty()) {
      return true;
    }
    transcript.outcome("question");
    transcript.ending(
        Json.object().put("question", terminal.text("unheeded", String.join(", ", unheeded()))));
    return false;
  }

  private boolean isAuthorized() {
    transcript.plan(authority.plan(sentence));
    if (!authority.decide()) {
      talk.runDueNow();
      transcript.outcome("declined");
      return false;
    }
    return true;
  }

  /** Steps from one thing that is due to the next. */
  private void follow() {
    for (int step = 0; step < mostSteps && !isOver(); step++) {
      if (step == 0) {
        talk.runDueNow();
      } else {
        talk.runNextDue();
      }
      if (!goesOn()) {
        return;
      }
    }
  }

  void say(String words) {
    talk.say(words);
  }

  abstract boolean asksForAuthority();

  /** The agent sees nothing in the sentence that authority is needed for, and asks nothing. */
  abstract void unasked();

  /** Words of the sentence that the authority asked for does not heed. */
  List<String> unheeded() {
    return List.of();
  }

  /** Whether the agent has done what it can. */
  abstract boolean isOver();

  /** Asked after every step. */
  boolean goesOn() {
    return true;
  }

  /** What came of it. */
  abstract void settle();

  abstract void heard(String type, String at, JsonNode data);
}
