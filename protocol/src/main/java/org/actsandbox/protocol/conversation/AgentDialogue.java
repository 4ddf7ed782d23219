package org.actsandbox.protocol.conversation;

import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds where a dialogue with an agent of others stands, writes what its principal says next, and
 * reads what the agent answers. A principal's message and an answer are JSON objects in both forms;
 * A2A carries {@code text} in a text part and everything else in a data part.
 *
 * @param contextId the conversation; null in A2A until the agent has named one
 * @param taskId the task of A2A that waits for the principal's input; null if none does
 */
public record AgentDialogue(
    DialogueForm form, @Nullable String contextId, @Nullable String taskId) {

  private static final String TEXT = "text";
  private static final String PARTS = "parts";

  /** Begins a dialogue; A2A leaves it to the agent to name the conversation. */
  public static AgentDialogue begin(DialogueForm form, String conversation) {
    return new AgentDialogue(form, form == DialogueForm.A2A ? null : conversation, null);
  }

  /**
   * Holds an answer, and where the dialogue stands after it.
   *
   * @param answer a question, offers or a text, as docs/grade.md says
   */
  public record Step(ObjectNode answer, AgentDialogue next) {}

  /**
   * Returns the request that tells the agent what its principal says.
   *
   * @param id a new id for the message
   */
  public ObjectNode request(ObjectNode said, String id) {
    return form == DialogueForm.A2A
        ? messageSend(said, id)
        : said.deepCopy().put("conversation", contextId);
  }

  private ObjectNode messageSend(ObjectNode said, String id) {
    var request = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", "message/send");
    var params = request.putObject("params");
    var message = params.putObject("message");
    message.put("kind", "message").put("role", "user").put("messageId", id);
    if (contextId != null) {
      message.put("contextId", contextId);
    }
    if (taskId != null) {
      message.put("taskId", taskId);
    }
    var parts = message.putArray(PARTS);
    parts.addObject().put("kind", TEXT).put(TEXT, said.path(TEXT).asString(""));
    var data = said.deepCopy();
    data.remove(TEXT);
    if (!data.isEmpty()) {
      parts.addObject().put("kind", "data").set("data", data);
    }
    // Without it an agent may answer at once with a task that nothing comes back to.
    params.putObject("configuration").put("blocking", true);
    return request;
  }

  /**
   * Reads the body of an answer; an empty one says nothing.
   *
   * @throws UnreadableAnswerException if it is no JSON object, or an error of JSON-RPC
   */
  public Step read(byte[] body) {
    try {
      var json = body.length == 0 ? Json.object() : Json.parse(body);
      if (!(json instanceof ObjectNode object)) {
        throw new UnreadableAnswerException("the agent answered no JSON object", null);
      }
      return form == DialogueForm.A2A ? task(object) : new Step(object, this);
    } catch (JacksonException notJson) {
      throw new UnreadableAnswerException("the agent answered no JSON", notJson);
    }
  }

  /** Reads a message or a task: one that needs input asks, any other has ended. */
  private Step task(ObjectNode answer) {
    if (answer.has("error")) {
      throw new UnreadableAnswerException(
          "the agent answered " + answer.at("/error/message").asString("an error"), null);
    }
    var result = answer.path("result");
    boolean asks = result.at("/status/state").asString("").equals("input-required");
    var plain = Json.object();
    var text = new StringBuilder();
    readParts(result.has(PARTS) ? result.path(PARTS) : taskParts(result), text, plain);
    if (text.isEmpty() && plain.isEmpty()) {
      result.path("artifacts").forEach(each -> readParts(each.path(PARTS), text, plain));
    }
    plain.put(asks && !plain.has("offers") ? "question" : TEXT, text.toString());
    return new Step(
        plain,
        new AgentDialogue(
            form,
            result.path("contextId").asString(contextId),
            asks ? result.path("id").asString(taskId) : null));
  }

  private static JsonNode taskParts(JsonNode task) {
    return task.at("/status/message/parts");
  }

  private static void readParts(JsonNode parts, StringBuilder text, ObjectNode plain) {
    for (var part : parts) {
      text.append(part.path(TEXT).asString(""));
      if (part.path("data") instanceof ObjectNode data) {
        plain.setAll(data);
      }
    }
  }
}
