package org.actsandbox.scenarios.mission.mcp;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes the messages of an agent under test to the MCP server of its mission's world, with the key
 * of the principal's assistant, and answers the tools of {@link MissionTools} itself. The agent
 * never sees the key, and no page opens on the machine of the person who grades: the mission's
 * principal decides.
 */
final class MissionMcp {

  /** A tool of the world waits at most 20 seconds; the rest is room for a busy machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Set<String> PASSED_HEADERS =
      Set.of("content-type", "accept", "mcp-protocol-version", "mcp-method", "mcp-name");

  private static final String ELICITATION = "elicitation";
  private static final String RESULT = "result";

  private final MissionSession session;
  private final MissionTools tools;
  private final Consumer<ObjectNode> finished;

  /** Sessions in the world by those of the agent and the principal who is acted for. */
  private final Map<String, String> worldSessions = new HashMap<>();

  private String principal;

  /**
   * Creates the server's side of a mission.
   *
   * @param finished is told what {@code finish} answered
   */
  MissionMcp(MissionSession session, Consumer<ObjectNode> finished) {
    this.session = session;
    this.tools = new MissionTools(session.principal());
    this.finished = finished;
    this.principal = principal(session.brief().path("wish"));
  }

  /**
   * One message of the agent.
   *
   * @param headers by name in lower case
   * @param begun the {@code initialize} with which the agent's session began; null without one
   */
  @SuppressWarnings("ArrayRecordComponent") // bodies are passed through, never compared
  record Message(
      String method,
      Map<String, String> headers,
      byte[] body,
      @Nullable String sessionId,
      @Nullable ObjectNode begun) {

    private Message with(ObjectNode changed) {
      return new Message(method, headers, Json.bytes(changed), sessionId, begun);
    }
  }

  /**
   * The answer.
   *
   * @param body empty for an answer without one
   * @param worldSession the session that begins in the world; null otherwise
   */
  @SuppressWarnings("ArrayRecordComponent") // bodies are passed through, never compared
  record Reply(int status, byte[] body, @Nullable String worldSession) {}

  Reply answer(Message message) {
    var request = request(message.body());
    if (request == null) {
      return forward(message);
    }
    var plain = message.with(withoutPages(request));
    var params = request.path("params");
    return switch (request.path("method").asString("")) {
      case "tools/list" -> withTools(forward(plain));
      case "tools/call" -> {
        var own = tools.call(params.path("name").asString(""), params.path("arguments"));
        if (own.isPresent()) {
          yield own(request, own.get());
        }
        yield noted(params.path("name").asString(""), forward(plain));
      }
      default -> forward(plain);
    };
  }

  /** Notes the session that the world gave to a session of the agent. */
  synchronized void begun(String sessionId, String worldSession) {
    worldSessions.put(sessionId + principal, worldSession);
  }

  /** Returns the message in a body; null if it has none that can be read. */
  static @Nullable ObjectNode request(byte[] body) {
    try {
      return body.length > 0 && Json.parse(body) instanceof ObjectNode request ? request : null;
    } catch (JacksonException notJson) {
      // The world's server says what is wrong with it.
      return null;
    }
  }

  /** Takes away that the client opens pages: the principal of a mission needs none. */
  private static ObjectNode withoutPages(ObjectNode request) {
    var changed = request.deepCopy();
    for (var pointer :
        new String[] {
          "/params/capabilities", "/params/_meta/io.modelcontextprotocol~1clientCapabilities"
        }) {
      if (changed.at(pointer) instanceof ObjectNode capabilities) {
        capabilities.remove(ELICITATION);
      }
    }
    return changed;
  }

  private Reply withTools(Reply reply) {
    var answer = request(reply.body());
    if (answer == null || !answer.at("/result/tools").isArray()) {
      return reply;
    }
    MissionTools.list().forEach(answer.withArray("/result/tools")::add);
    return new Reply(reply.status(), Json.bytes(answer), reply.worldSession());
  }

  private Reply noted(String tool, Reply reply) {
    var answer = tool.equals("search_offers") ? request(reply.body()) : null;
    if (answer != null) {
      tools.remember(answer.at("/result/structuredContent/offers"));
    }
    return reply;
  }

  private Reply own(ObjectNode request, ObjectNode said) {
    if (said.path("wish").isObject()) {
      synchronized (this) {
        principal = principal(said.path("wish"));
      }
      said.put("mission", MissionPrompt.of(said.path("wish")));
    }
    if (request.at("/params/name").asString("").equals("finish")) {
      finished.accept(said);
    }
    return result(request, said);
  }

  /** Writes the answer to a call of a tool that is answered here. */
  static Reply result(ObjectNode request, ObjectNode content) {
    var answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", request.path("id"));
    var result = answer.putObject(RESULT);
    result.putArray("content").addObject().put("type", "text").put("text", Json.write(content));
    result.set("structuredContent", content);
    result.put("isError", content.has("error"));
    if (request.at("/params/_meta/io.modelcontextprotocol~1protocolVersion").isString()) {
      result.put("resultType", "complete");
    }
    return new Reply(200, Json.bytes(answer), null);
  }

  private Reply forward(Message message) {
    var headers = new LinkedHashMap<String, String>();
    message
        .headers()
        .forEach(
            (name, value) -> {
              if (PASSED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
              }
            });
    if (message.sessionId() != null) {
      headers.put("Mcp-Session-Id", worldSession(message));
    }
    return send(message.method(), headers, message.body());
  }

  /** Returns the world's session; a world or principal that is new to the agent begins one. */
  private synchronized String worldSession(Message message) {
    var sessionId = Objects.requireNonNull(message.sessionId());
    var begun = message.begun();
    if (begun == null) {
      return sessionId;
    }
    return worldSessions.computeIfAbsent(
        sessionId + principal,
        _ -> {
          var reply = send("POST", Map.of("Content-Type", "application/json"), Json.bytes(begun));
          return Objects.requireNonNullElse(reply.worldSession(), sessionId);
        });
  }

  private Reply send(String method, Map<String, String> headers, byte[] body) {
    var all = new LinkedHashMap<>(headers);
    all.put("Authorization", "Bearer " + key());
    URI address = session.target().at("/mcp");
    var answer =
        session.outbound().send(new OutboundClient.Call(method, address, all, body, TIMEOUT));
    return new Reply(answer.status(), answer.body(), answer.header("mcp-session-id").orElse(null));
  }

  private synchronized String key() {
    var keys = session.target().keys();
    var others = Objects.requireNonNullElse(keys.assistants(), Map.<String, String>of());
    return Objects.requireNonNull(others.getOrDefault(principal, keys.assistant()));
  }

  private static String principal(JsonNode wish) {
    return wish.path("principal_id").asString("").replace("did:act:", "");
  }
}
