package org.actsandbox.scenarios.mission.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Lets agents under test talk to their principals over HTTP: each mission has an address of its own
 * that cannot be guessed. Messages have a limit, and so has the number of them at the same time.
 */
public final class PrincipalDoor implements AutoCloseable {

  /** The most bytes of one message; what is longer is refused without being read. */
  private static final int MAX_BYTES = 65_536;

  private static final int MAX_AT_ONCE = 32;
  private static final int BACKLOG = 64;
  private static final int TOKEN_BYTES = 18;
  private static final String PREFIX = "/principal/";

  private final HttpServer server;
  private final Map<String, UnaryOperator<JsonNode>> conversations = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final SecureRandom random = new SecureRandom();

  private PrincipalDoor(HttpServer server) {
    this.server = server;
  }

  /** Opens a door on a free port of this machine's loopback. */
  public static PrincipalDoor open() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      var door = new PrincipalDoor(server);
      server.createContext(PREFIX, door::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return door;
    } catch (IOException noPort) {
      throw new UncheckedIOException("no free port for the principal", noPort);
    }
  }

  /** Adds the conversation of one mission and returns its address. */
  URI add(UnaryOperator<JsonNode> conversation) {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    var path = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    conversations.put(path, conversation);
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  void remove(URI address) {
    conversations.remove(address.getPath());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var conversation = conversations.get(exchange.getRequestURI().getPath());
      if (conversation == null) {
        answer(exchange, 404, "no mission is at this address");
        return;
      }
      if (!exchange.getRequestMethod().equals("POST")) {
        answer(exchange, 405, "send a JSON message with POST");
        return;
      }
      if (!places.tryAcquire()) {
        answer(exchange, 429, "too many messages at the same time");
        return;
      }
      try {
        hear(exchange, conversation);
      } finally {
        places.release();
      }
    }
  }

  private static void hear(HttpExchange exchange, UnaryOperator<JsonNode> conversation)
      throws IOException {
    var body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      answer(exchange, 413, "a message has at most " + MAX_BYTES + " bytes");
      return;
    }
    try {
      JsonNode reply;
      synchronized (conversation) {
        reply = conversation.apply(Json.parse(body));
      }
      send(exchange, 200, Json.bytes(reply));
    } catch (JacksonException notJson) {
      answer(exchange, 400, "the message is no JSON");
    } catch (UnexpectedReply | NoAnswerException broken) {
      answer(exchange, 503, "the principal cannot be reached: " + broken.getMessage());
    }
  }

  private static void answer(HttpExchange exchange, int status, String error) throws IOException {
    send(exchange, status, Json.bytes(Json.object().put("error", error)));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
