package org.actsandbox.sandbox.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Receives webhooks and answers as a test wishes. */
public final class WebhookReceiver implements AutoCloseable {

  /** Represents what arrived; the names of headers are in the form of {@code Webhook-id}. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Arrival(String path, Map<String, List<String>> headers, byte[] body) {

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(each -> each.getKey().equalsIgnoreCase(name))
          .map(each -> each.getValue().getFirst())
          .findFirst()
          .orElse("");
    }

    public JsonNode json() {
      return Json.parse(body);
    }

    public String event() {
      return json().path("event").asString();
    }
  }

  /** Answers one request. */
  @FunctionalInterface
  public interface Answering {

    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  public final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  public volatile Answering answering = exchange -> exchange.sendResponseHeaders(204, -1);

  public WebhookReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::receive);
      server.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      arrivals.add(
          new Arrival(
              exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body));
      answering.answer(exchange);
    }
  }

  public void answersWith(int status) {
    answering = exchange -> exchange.sendResponseHeaders(status, -1);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
