package org.actsandbox.scenarios.mission.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.mcp.MissionMcp.Message;
import org.actsandbox.scenarios.mission.mcp.MissionMcp.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Listens at an address that cannot be guessed, which is all that a host has to be told: there is
 * no key. Messages have a limit, and so has the number of them at the same time.
 */
final class MissionMcpServer implements AutoCloseable {

  /** The most bytes of one message, as the world's server has it. */
  private static final int MAX_BYTES = 262_144;

  private static final int MAX_AT_ONCE = 32;
  private static final int MAX_SESSIONS = 1_000;
  private static final int BACKLOG = 64;
  private static final int TOKEN_BYTES = 18;
  private static final int STOP_SECONDS = 1;
  private static final String SESSION_HEADER = "Mcp-Session-Id";

  /** Answers what belongs to no world: which mission is next. */
  interface Desk {

    /** Answers a call of a tool instead of the mission; null if the mission is to answer it. */
    @Nullable ObjectNode answer(String tool);

    /** Adds its tools to the list. */
    void addTools(ObjectNode listed);

    /** Returns the mission that is under way; waits for one if there is none. */
    @Nullable MissionMcp mission();
  }

  private final HttpServer server;
  private final String path;
  private final Desk desk;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /** What each session of the agent began with, so that every world can begin one like it. */
  private final Map<String, ObjectNode> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
          return size() > MAX_SESSIONS;
        }
      };

  private MissionMcpServer(HttpServer server, String path, Desk desk) {
    this.server = server;
    this.path = path;
    this.desk = desk;
  }

  /** Begins to listen on a free port of this machine's loopback. */
  static MissionMcpServer open(Desk desk) {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      var token = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      var path = "/mcp/" + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
      var opened = new MissionMcpServer(server, path, desk);
      server.createContext("/", opened::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return opened;
    } catch (IOException noPort) {
      throw new UncheckedIOException("no free port for the missions' MCP server", noPort);
    }
  }

  /** Opens a server for one mission. */
  static MissionMcpServer of(MissionMcp mission) {
    return open(
        new Desk() {
          @Override
          public @Nullable ObjectNode answer(String tool) {
            return null;
          }

          @Override
          public void addTools(ObjectNode listed) {
            // A server of one mission has no tools besides the mission's.
          }

          @Override
          public MissionMcp mission() {
            return mission;
          }
        });
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        refuse(exchange, 404, "no mission is at this address");
      } else if (!places.tryAcquire()) {
        refuse(exchange, 429, "too many messages at the same time");
      } else {
        try {
          take(exchange);
        } finally {
          places.release();
        }
      }
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      refuse(exchange, 413, "a message has at most " + MAX_BYTES + " bytes");
      return;
    }
    try {
      var request = MissionMcp.request(body);
      var decided = request == null ? null : decided(request);
      if (decided != null) {
        send(exchange, decided);
        return;
      }
      var mission = desk.mission();
      if (mission == null) {
        refuse(exchange, 503, "no mission is under way");
        return;
      }
      var message = message(exchange, body);
      var reply = mission.answer(message);
      if (request != null && request.path("method").asString("").equals("initialize")) {
        begin(exchange, request, mission, reply);
      }
      send(exchange, withTools(request, reply));
    } catch (UnexpectedReply | NoAnswerException broken) {
      refuse(exchange, 502, "the world cannot be reached: " + broken.getMessage());
    }
  }

  private @Nullable Reply decided(ObjectNode request) {
    if (!request.path("method").asString("").equals("tools/call")) {
      return null;
    }
    var answer = desk.answer(request.at("/params/name").asString(""));
    return answer == null ? null : MissionMcp.result(request, answer);
  }

  private Reply withTools(@Nullable ObjectNode request, Reply reply) {
    if (request == null || !request.path("method").asString("").equals("tools/list")) {
      return reply;
    }
    var listed = MissionMcp.request(reply.body());
    if (listed == null || !listed.at("/result/tools").isArray()) {
      return reply;
    }
    desk.addTools(listed);
    return new Reply(reply.status(), Json.bytes(listed), reply.worldSession());
  }

  private void begin(HttpExchange exchange, ObjectNode request, MissionMcp mission, Reply reply) {
    var worldSession = reply.worldSession();
    if (worldSession == null) {
      return;
    }
    var sessionId = UUID.randomUUID().toString();
    synchronized (sessions) {
      sessions.put(sessionId, request);
    }
    mission.begun(sessionId, worldSession);
    exchange.getResponseHeaders().set(SESSION_HEADER, sessionId);
  }

  private Message message(HttpExchange exchange, byte[] body) {
    var headers = new HashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    var sessionId = exchange.getRequestHeaders().getFirst(SESSION_HEADER);
    synchronized (sessions) {
      return new Message(
          exchange.getRequestMethod(),
          headers,
          body,
          sessionId,
          sessionId == null ? null : sessions.get(sessionId));
    }
  }

  private static void refuse(HttpExchange exchange, int status, String error) throws IOException {
    send(exchange, new Reply(status, Json.bytes(Json.object().put("error", error)), null));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(
        reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    exchange.getResponseBody().write(reply.body());
  }

  @Override
  public void close() {
    server.stop(STOP_SECONDS);
  }
}
