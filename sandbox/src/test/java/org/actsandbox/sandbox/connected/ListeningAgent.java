package org.actsandbox.sandbox.connected;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Is an agent of others over real HTTP whose answers a test decides. */
final class ListeningAgent implements AutoCloseable {

  /** Writes the whole answer, headers included. */
  interface Behaviour {
    void answer(JsonNode heard, HttpExchange exchange) throws IOException;
  }

  final List<JsonNode> heard = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Behaviour behaviour = (_, exchange) -> send(exchange, 200, "{}");

  private ListeningAgent(HttpServer server) {
    this.server = server;
  }

  static ListeningAgent start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var agent = new ListeningAgent(server);
      server.createContext("/", agent::handle);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return agent;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/say";
  }

  void answers(String json) {
    behaviour = (_, exchange) -> send(exchange, 200, json);
  }

  void behaves(Behaviour other) {
    behaviour = other;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var message = Json.parse(exchange.getRequestBody().readAllBytes());
      heard.add(message);
      behaviour.answer(message, exchange);
    }
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
