package org.actsandbox.web.cli.demo;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.JsonNode;

/**
 * Plays a level of payment without the principal, in a terminal and in a world of its own: the
 * principal gives authority and is then absent, and time is stepped until the agent is done.
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
  final DemoConversation conversation;

  /** The agent's last question; empty if there is none. */
  String question = "";

  /** The reason why the agent last stopped; empty if there is none. */
  String reason = "";

  private final DemoContext context;
  private final String sentence;
  private final Instant start;
  private final int maxSteps;

  /**
   * Makes the world of the demo.
   *
   * @param level the level, which has a reference sentence for a context without one
   * @param start the first time of the world's clock
   * @param principal the world's settings for the principal
   * @param maxSteps the largest number of steps from one due item to the next
   */
  DemoAbsentPrincipal(
      DemoContext context,
      DemoLevel level,
      Instant start,
      Map<String, String> principal,
      int maxSteps) {
    this.context = context;
    this.client = context.client();
    this.terminal = context.terminal();
    this.lang = context.language();
    this.start = start;
    this.maxSteps = maxSteps;
    terminal.speak(lang);
    this.sentence =
        context.sentence().isEmpty()
            ? terminal.text(level.name().toLowerCase(Locale.ROOT) + ".sentence")
            : context.sentence();
    this.transcript = new DemoTranscript(sentence);
    this.targetWorld = DemoConversation.world(context, start, principal);
    this.conversation = new DemoConversation(targetWorld, client, this::onEvent);
    this.authority = new DemoAuthority(targetWorld, client, terminal, context.yes());
    this.cashier = new DemoCashier(targetWorld, client, terminal, context.yes());
    this.evidence = new DemoEvidence(targetWorld, client, context.evidence());
  }

  @Override
  public final int run() {
    context.printWorld(targetWorld, start);
    conversation.open(lang);
    if (obtainsRequest() && obtainsAuthority()) {
      follow();
      settle();
    }
    return transcript.exitCode();
  }

  /**
   * Says the sentence and answers questions; returns true when the agent requests an authority that
   * may be signed.
   */
  private boolean obtainsRequest() {
    var words = sentence;
    while (true) {
      terminal.print("> " + words);
      say(words);
      if (asksForAuthority()) {
        return maySign();
      }
      var answer = context.yes() || question.isEmpty() ? null : terminal.ask(">");
      if (answer == null || answer.isBlank()) {
        if (question.isEmpty()) {
          endWithoutRequest();
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

  /**
   * Tells whether the requested authority may be signed. With {@code --yes} no person reads what
   * the agent left out of it, so then nothing may be left out.
   */
  private boolean maySign() {
    if (!context.yes() || ignoredWords().isEmpty()) {
      return true;
    }
    transcript.outcome("question");
    transcript.ending(
        Json.object()
            .put("question", terminal.text("unheeded", String.join(", ", ignoredWords()))));
    return false;
  }

  private boolean obtainsAuthority() {
    transcript.plan(authority.plan(sentence));
    if (!authority.decide()) {
      conversation.runDueNow();
      transcript.outcome("declined");
      return false;
    }
    return true;
  }

  /** Steps the clock from one due item to the next until the agent is done. */
  private void follow() {
    for (int step = 0; step < maxSteps && !isOver(); step++) {
      if (step == 0) {
        conversation.runDueNow();
      } else {
        conversation.runNextDue();
      }
      if (!continues()) {
        return;
      }
    }
  }

  void say(String words) {
    conversation.say(words);
  }

  abstract boolean asksForAuthority();

  /** Ends the demo if the agent neither requests authority nor asks a question. */
  abstract void endWithoutRequest();

  /** Returns words of the sentence that the requested authority ignores. */
  List<String> ignoredWords() {
    return List.of();
  }

  /** Tells whether the agent is done. */
  abstract boolean isOver();

  /** Acts for the principal after a step; returns false if the demo ends. */
  boolean continues() {
    return true;
  }

  /** Collects and prints the result. */
  abstract void settle();

  abstract void onEvent(ConversationEventType type, String at, JsonNode data);
}
