package org.actsandbox.scenarios.mission.agent;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.actsandbox.protocol.conversation.AgentDialogue;
import org.actsandbox.protocol.conversation.DialogueForm;
import org.actsandbox.protocol.conversation.UnreadableAnswerException;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Talks with an agent that listens: what the principal says is sent to it, and it answers with a
 * text, a question, or offers to choose from. The first message has the mission, too.
 */
public record TalkAgent(String name, URI address, DialogueForm form, OutboundClient agentOutbound)
    implements MissionAgent {

  /** Bounds how often one mission goes back and forth. */
  private static final int MAX_MESSAGES = 64;

  private static final String TEXT = "text";
  private static final String CHOICE = "choice";
  private static final String OFFERS = "offers";

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    var dialogue = new Dialogue(session);
    var said = Json.object().put(TEXT, session.brief().at("/wish/text").asString());
    said.set("mission", session.brief());
    for (int message = 0; message < MAX_MESSAGES; message++) {
      var next = next(session, dialogue.send(said));
      if (Thread.interrupted()) {
        throw new InterruptedException("the time is over");
      }
      if (next == null) {
        return;
      }
      said = next;
    }
    throw new AgentFailure("the agent said %d times something".formatted(MAX_MESSAGES), null);
  }

  /** Returns what the principal says next; null if the mission is over. */
  private static @Nullable ObjectNode next(MissionSession session, ObjectNode answer) {
    if (answer.path(OFFERS).isArray()) {
      var shown = Json.object().put("type", OFFERS);
      shown.set(OFFERS, answer.path(OFFERS));
      shown.set("recommended", answer.path("recommended"));
      var said = Json.object();
      var choice = session.say(shown).path(CHOICE);
      said.set(CHOICE, choice);
      return said.put(TEXT, Json.write(choice));
    }
    if (answer.path("question").isString()) {
      var question = Json.object().put("type", "question");
      question.set(TEXT, answer.path("question"));
      question.set("missing", answer.path("missing"));
      return Json.object().put(TEXT, session.say(question).path(TEXT).asString(""));
    }
    var wish = session.say(Json.object().put("type", "done")).path("wish");
    if (!wish.isObject()) {
      return null;
    }
    var said = Json.object().put(TEXT, wish.path(TEXT).asString());
    said.set("wish", wish);
    return said;
  }

  /** The messages of one mission, which belong together. */
  private final class Dialogue {

    private final MissionSession session;
    private AgentDialogue state = AgentDialogue.begin(form, UUID.randomUUID().toString());

    Dialogue(MissionSession session) {
      this.session = session;
    }

    /** Sends a message and returns the answer in the plain form. */
    ObjectNode send(ObjectNode said) {
      try {
        var answer =
            agentOutbound.send(
                new OutboundClient.Call(
                    "POST",
                    address,
                    Map.of("Content-Type", "application/json"),
                    Json.bytes(state.request(said, UUID.randomUUID().toString())),
                    session.limit()));
        if (!answer.isSuccess()) {
          throw new AgentFailure("the agent answered " + answer.status(), null);
        }
        var step = state.read(answer.body());
        state = step.next();
        return step.answer();
      } catch (NoAnswerException silent) {
        throw new AgentFailure("the agent at " + address + " did not answer", silent);
      } catch (UnreadableAnswerException unreadable) {
        throw new AgentFailure(String.valueOf(unreadable.getMessage()), unreadable);
      }
    }
  }
}
