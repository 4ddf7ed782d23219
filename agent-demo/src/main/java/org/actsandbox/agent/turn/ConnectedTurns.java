package org.actsandbox.agent.turn;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.connected.ConnectedAgent;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.wire.StopSignal;
import org.actsandbox.protocol.conversation.AgentDialogue;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.conversation.UnreadableAnswerException;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import tools.jackson.databind.node.ObjectNode;

/**
 * Works on the turns of conversations with agents of others: each is one message to the agent and
 * one answer of it. What the agent answers is shown and never obeyed.
 */
final class ConnectedTurns {

  private static final String TEXT = "text";

  private final AgentWorld world;
  private final Conversations conversations;

  ConnectedTurns(AgentWorld world, Conversations conversations) {
    this.world = world;
    this.conversations = conversations;
  }

  /**
   * Returns the agent with which the conversation is held.
   *
   * @throws Refusal {@code not_found} when it is not connected any more
   */
  ConnectedAgent require(Conversation conversation) {
    return require(String.valueOf(conversation.connectedAgent()));
  }

  ConnectedAgent require(String name) {
    return world
        .connectedAgents()
        .find(name)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no agent of this name is connected")
                    .at("agent")
                    .observed(name)
                    .expected("one of GET /api/worlds/{world}/connected-agents")
                    .remedy("Connect it with PUT /api/worlds/{world}/connected-agents/{name}."));
  }

  /** Takes a sentence to the agent and shows what it answers. */
  void say(Turn turn, ConnectedAgent agent, String text) {
    send(turn, agent, Json.object().put(TEXT, text));
  }

  /**
   * Returns what the principal says by choosing.
   *
   * @throws Refusal {@code invalid_field} for what the agent did not offer last
   */
  String titlesOf(String conversation, List<String> chosen) {
    var shown = conversations.shownOffers(conversation).map(Json::parse).orElseGet(Json::object);
    return String.join(
        ", ",
        chosen.stream()
            .map(
                id -> {
                  var title = shown.path(id).asString("");
                  if (title.isEmpty()) {
                    throw FieldChecks.invalid("offer_ids", "what the agent offered last", id);
                  }
                  return title;
                })
            .toList());
  }

  void choose(Turn turn, ConnectedAgent agent, List<String> chosen, String words) {
    var said = Json.object().put(TEXT, words);
    chosen.forEach(said.putArray("choice")::add);
    send(turn, agent, said);
  }

  private void send(Turn turn, ConnectedAgent agent, ObjectNode said) {
    var id = turn.conversation();
    var state = conversations.dialogue(id).map(ConnectedTurns::dialogue);
    var dialogue = state.orElseGet(() -> AgentDialogue.begin(agent.form(), id));
    if (state.isEmpty()) {
      said.set("mission", mission(turn, said.path(TEXT).asString()));
    }
    var request = Json.bytes(dialogue.request(said, world.ids().next("M")));
    try {
      var answer =
          StopSignal.callUnlessStopped(() -> world.connectedAgents().send(agent, id, request));
      if (!answer.isSuccess()) {
        fail(turn, "connected.status", String.valueOf(answer.status()));
        return;
      }
      var step = dialogue.read(answer.body());
      var meant = ConnectedAnswer.of(step.answer());
      conversations.saveDialogue(id, Json.write(step.next()));
      show(turn, meant);
    } catch (NoAnswerException silent) {
      fail(turn, silent.isTimeout() ? "connected.late" : "connected.silent", agent.name());
    } catch (UnreadableAnswerException unreadable) {
      fail(turn, "connected.unreadable", String.valueOf(unreadable.getMessage()));
    }
  }

  private static AgentDialogue dialogue(String json) {
    return Json.read(json, AgentDialogue.class);
  }

  /**
   * Tells an agent once where it is and what is wanted, in the form of a mission's brief
   * (docs/grade.md). The agent's own keys are not in it, because the agent has them.
   */
  private ObjectNode mission(Turn turn, String text) {
    var mission = Json.object().put("format", 1);
    mission.put("world", world.connectedAgents().world().toString());
    mission.put("now", world.now().toString());
    mission
        .putObject("wish")
        .put(TEXT, text)
        .put("language", turn.narrator().lang())
        .put("principal_id", world.principalDid().value());
    var merchants = mission.putArray("merchants");
    for (var platform : world.platforms().get()) {
      var merchant = merchants.addObject().put("id", platform.id());
      merchant.put("address", platform.base().toString());
      merchant.put("agent_id", platform.did().value());
      merchant.set("name", Json.tree(platform.name()));
      merchant.put("kind", platform.kind().code());
    }
    return mission;
  }

  private void show(Turn turn, ConnectedAnswer answer) {
    var narrator = turn.narrator();
    conversations.clearShownOffers(turn.conversation());
    switch (answer) {
      case ConnectedAnswer.Said(var text) ->
          narrator.message("assistant", text.isEmpty() ? narrator.phrase("connected.empty") : text);
      case ConnectedAnswer.Asked(var question, var missing) -> {
        var data = Json.object().put("question", question);
        missing.forEach(data.putArray("missing")::add);
        narrator.publish(ConversationEventType.QUESTION, data);
        turn.outcome(Outcome.QUESTION);
      }
      case ConnectedAnswer.Offered offered -> offer(turn, offered);
    }
    TextCorrections.warnOfPinRequest(narrator, shownText(answer));
  }

  private static String shownText(ConnectedAnswer answer) {
    return switch (answer) {
      case ConnectedAnswer.Said(var text) -> text;
      case ConnectedAnswer.Asked(var question, _) -> question;
      case ConnectedAnswer.Offered offered -> offered.text();
    };
  }

  private void offer(Turn turn, ConnectedAnswer.Offered offered) {
    if (!offered.text().isEmpty()) {
      turn.narrator().message("assistant", offered.text());
    }
    var shown = Json.object();
    var data = Json.object();
    var choices = data.putArray("choices");
    for (var choice : offered.choices()) {
      shown.put(choice.offerId(), choice.title());
      choices
          .addObject()
          .put("offer_id", choice.offerId())
          .put("title", choice.title())
          .put("merchant", choice.merchant())
          .put("total", choice.total())
          .put("currency", choice.currency());
    }
    offered.recommended().forEach(data.putArray("recommended")::add);
    conversations.saveShownOffers(turn.conversation(), Json.write(shown));
    turn.narrator().publish(ConversationEventType.CHOICES, data);
    turn.outcome(Outcome.OFFERED);
  }

  private static void fail(Turn turn, String phrase, String detail) {
    turn.narrator()
        .failed(turn.narrator().phrase(phrase, detail), turn.narrator().phrase("connected.do"));
    turn.outcome(Outcome.FAILED);
  }
}
