package org.actsandbox.web.cli.demo;

import java.util.List;
import java.util.Map;
import org.actsandbox.client.EventStream;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.Terminal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays an instant payment (ACT L1) in a terminal: it speaks for the principal, follows the agent,
 * and approves at the cashier.
 */
final class DemoInstantPayment implements DemoPlay {

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final Terminal terminal;
  private final boolean yes;
  private final String sentence;
  private final String lang;
  private final @Nullable String forcedLang;
  private final DemoCashier cashier;
  private final DemoTranscript transcript;
  private final DemoEvidence evidence;
  private String lastMessage = "";

  DemoInstantPayment(DemoContext context) {
    this.targetWorld = context.target();
    this.client = context.client();
    this.terminal = context.terminal();
    this.yes = context.yes();
    this.sentence = context.sentence();
    this.lang = context.language();
    this.forcedLang = context.lang();
    this.cashier = new DemoCashier(targetWorld, client, terminal, yes);
    this.transcript = new DemoTranscript(sentence);
    this.evidence = new DemoEvidence(targetWorld, client, context.evidence());
  }

  @Override
  public int run() {
    terminal.speak(lang);
    ObjectNode opening = Json.object();
    ObjectNode words = Json.object().put("text", sentence);
    if (forcedLang != null) {
      opening.put("language", forcedLang);
      words.put("language", forcedLang);
    }
    var key = targetWorld.keys().principal();
    var id = client.post(agent(""), key, opening).path("conversation_id").asString();
    try (var events = new EventStream(agent("/" + id + "/events"), key)) {
      client.post(agent("/" + id + "/messages"), key, words);
      follow(events, id);
    }
    settle();
    evidence.collect(transcript.orderNos());
    evidence.print(terminal);
    return transcript.exitCode();
  }

  @Override
  public ObjectNode toJson() {
    var json = transcript.toJson(targetWorld.world(), lang, messages());
    evidence.describe(json);
    return json;
  }

  private void follow(EventStream events, String conversation) {
    for (var event = events.next(); event.isPresent(); event = events.next()) {
      var type = ConversationEventType.find(event.get().path("type").asString());
      if (type.isPresent() && isEnd(type.get(), event.get().path("data"), conversation)) {
        return;
      }
    }
    transcript.outcome("failed");
  }

  /** Handles an event; returns true if the demo is over. */
  private boolean isEnd(ConversationEventType type, JsonNode data, String conversation) {
    switch (type) {
      case MESSAGE -> printMessage(data);
      case STEP -> step(data);
      case PLAN -> transcript.plan(data);
      case OFFERS -> offers(data);
      case CART -> transcript.cart(data.path("order"));
      case PAYMENT_NEEDED -> cashier.answer(data);
      case DELIVERY -> transcript.delivery(data);
      case QUESTION, NOTHING_SUITABLE, DECLINED, FAILED -> ending(data);
      case TURN_DONE -> {
        return turnDone(data.path("outcome").asString(), conversation);
      }
      case TOKEN,
          CHOICES,
          PAYMENT,
          DELEGATION_REQUEST,
          WATCH,
          SUB_ACCOUNT_REQUEST,
          TASK,
          TASK_WARNING,
          TASK_BILL -> {
        // A terminal shows whole messages, and these levels are demos of their own.
      }
    }
    return false;
  }

  /** Handles the end of a turn; returns true if the demo is over. */
  private boolean turnDone(String outcome, String conversation) {
    transcript.outcome(outcome);
    if (outcome.equals("idle")) {
      // The agent found nothing to buy in the sentence: its last message is the question to answer.
      transcript.outcome("question");
      transcript.ending(Json.object().put("question", lastMessage));
    }
    if (!outcome.equals("offered")) {
      return true;
    }
    if (yes && !transcript.ignoredWords().isEmpty()) {
      // No person reads the answer, so nothing is bought that ignores a part of the sentence.
      transcript.outcome("question");
      transcript.ending(Json.object().put("question", lastMessage));
      return true;
    }
    var chosen = yes ? transcript.recommended() : DemoOffers.choose(terminal, transcript);
    if (chosen.isEmpty()) {
      transcript.outcome("declined");
      return true;
    }
    client.post(
        agent("/" + conversation + "/choice"),
        targetWorld.keys().principal(),
        Map.of("offer_ids", List.copyOf(chosen)));
    return false;
  }

  private void printMessage(JsonNode data) {
    if (data.path("role").asString().equals("assistant")) {
      lastMessage = data.path("text").asString();
      terminal.print(lastMessage);
    }
  }

  private void step(JsonNode data) {
    if (data.path("key").asString().equals("search") && data.path("platform").isString()) {
      transcript.addPlatform(data.path("platform").stringValue());
    }
    var mark =
        switch (data.path("state").asString()) {
          case "done" -> "✓ ";
          case "failed" -> "✗ ";
          case "skipped" -> "– ";
          default -> "… ";
        };
    terminal.print("  " + mark + data.path("text").asString());
  }

  private void offers(JsonNode data) {
    transcript.offers(data);
    DemoOffers.table(terminal, transcript.offers());
  }

  private void ending(JsonNode data) {
    transcript.ending(data);
    for (var field : List.of("question", "why", "reason", "what_would_do", "remedy")) {
      if (data.path(field).isString()) {
        terminal.print(data.path(field).stringValue());
      }
    }
  }

  /** Reads every payment that led to a delivery from the payment service. */
  private void settle() {
    for (var tradeNo : transcript.tradeNos()) {
      var payment = cashier.settled(tradeNo);
      transcript.payment(payment);
      terminal.say("bought", DemoAmount.of(payment), payment.path("transaction_state").asString());
    }
  }

  /** Counts the messages between participants for this purchase in the journal. */
  private long messages() {
    if (transcript.intentId().isEmpty()) {
      return 0;
    }
    long count = 0;
    long after = 0;
    while (true) {
      var page =
          client.get(
              targetWorld.api(
                  // Ten searches with all their offers still fit into the limit of a client's
                  // answer.
                  "/journal?kind=EXCHANGE&limit=10&intent_id=%s&after=%d"
                      .formatted(transcript.intentId(), after)),
              targetWorld.keys().operator());
      if (page.path("items").isEmpty()) {
        return count;
      }
      count += page.path("items").size();
      after = page.path("next_after").asLong();
    }
  }

  private java.net.URI agent(String path) {
    return targetWorld.at("/agents/demo-agent/conversations" + path);
  }
}
