package org.actsandbox.scenarios.mission.agent;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Talks with an agent that listens: what the principal says is sent to it, and it answers with a
 * text, a question, or offers to choose from. The first message has the mission, too.
 *
 * @param a2a whether messages have the form of A2A ({@code message/send}), and not plain JSON
 */
public record TalkAgent(String name, URI address, boolean a2a, OutboundClient agentOutbound)
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
    private @Nullable String contextId = a2a ? null : UUID.randomUUID().toString();
    private @Nullable String taskId;

    Dialogue(MissionSession session) {
      this.session = session;
    }

    /** Sends a message and returns the answer in the plain form. */
    ObjectNode send(ObjectNode said) {
      var message = a2a ? message(said) : said.put("conversation", contextId);
      try {
        var answer =
            agentOutbound.send(
                new OutboundClient.Call(
                    "POST",
                    address,
                    Map.of("Content-Type", "application/json"),
                    Json.bytes(message),
                    session.limit()));
        if (!answer.isSuccess()) {
          throw new AgentFailure("the agent answered " + answer.status(), null);
        }
        var json = answer.body().length == 0 ? Json.object() : Json.parse(answer.body());
        if (!(json instanceof ObjectNode object)) {
          throw new AgentFailure("the agent answered no JSON object", null);
        }
        return a2a ? plain(object) : object;
      } catch (NoAnswerException silent) {
        throw new AgentFailure("the agent at " + address + " did not answer", silent);
      } catch (JacksonException unreadable) {
        throw new AgentFailure("the agent answered no JSON", unreadable);
      }
    }

    private ObjectNode message(ObjectNode said) {
      var request = Json.object().put("jsonrpc", "2.0").put("id", UUID.randomUUID().toString());
      var message = request.put("method", "message/send").putObject("params").putObject("message");
      message.put("kind", "message").put("role", "user");
      message.put("messageId", UUID.randomUUID().toString());
      if (contextId != null) {
        message.put("contextId", contextId);
      }
      if (taskId != null) {
        message.put("taskId", taskId);
      }
      var parts = message.putArray("parts");
      parts.addObject().put("kind", TEXT).put(TEXT, said.path(TEXT).asString(""));
      var data = said.deepCopy();
      data.remove(TEXT);
      if (!data.isEmpty()) {
        parts.addObject().put("kind", "data").set("data", data);
      }
      return request;
    }

    /** Reads a message or a task: one that needs input asks, any other has ended. */
    private ObjectNode plain(ObjectNode answer) {
      if (answer.has("error")) {
        throw new AgentFailure(
            "the agent answered " + answer.at("/error/message").asString("an error"), null);
      }
      var result = answer.path("result");
      contextId = result.path("contextId").asString(contextId);
      boolean asks = result.at("/status/state").asString("").equals("input-required");
      taskId = asks ? result.path("id").asString(taskId) : null;
      var parts = result.has("parts") ? result.path("parts") : result.at("/status/message/parts");
      var plain = Json.object();
      var text = new StringBuilder();
      for (var part : parts) {
        text.append(part.path(TEXT).asString(""));
        if (part.path("data") instanceof ObjectNode data) {
          plain.setAll(data);
        }
      }
      return plain.put(asks && !plain.has(OFFERS) ? "question" : TEXT, text.toString());
    }
  }
}
