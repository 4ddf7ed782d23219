package org.actsandbox.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Streams answers over HTTP as a provider with OpenAI's interface does: it searches for the early
 * train when the principal has spoken, and recommends what it found when the search has answered.
 */
final class ScriptedModel implements AutoCloseable {

  static final int TOKENS_OF_AN_ANSWER = 400;

  private static final String SEARCH =
      """
      {"wishes":[{"kind":"train","from":"Hangzhou","to":"Shanghai","date":"2026-11-26","passengers":1,\
      "depart_before":"10:00","position":"window"}]}\
      """;

  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int broken;

  private ScriptedModel(HttpServer server) {
    this.server = server;
  }

  static ScriptedModel start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var model = new ScriptedModel(server);
    server.createContext("/v1/chat/completions", model::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return model;
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
  }

  int calls() {
    return calls.get();
  }

  /** Answers with this status and nothing else; 0 for answers of a model. */
  void setBroken(int status) {
    broken = status;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.incrementAndGet();
      var messages = Json.parse(exchange.getRequestBody().readAllBytes()).path("messages");
      if (broken > 0) {
        exchange.sendResponseHeaders(broken, -1);
        return;
      }
      var last = messages.get(messages.size() - 1).path("role").asString("");
      var stream = last.equals("user") ? search() : says("Take the earliest one.");
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(stream.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String search() {
    var call = Json.object().put("index", 0).put("id", "call-1").put("type", "function");
    call.putObject("function").put("name", "search_offers").put("arguments", SEARCH);
    var delta = Json.object();
    delta.putArray("tool_calls").add(call);
    return chunk(delta, null) + chunk(Json.object(), "tool_calls") + end();
  }

  private static String says(String text) {
    return chunk(Json.object().put("role", "assistant").put("content", text), null)
        + chunk(Json.object(), "stop")
        + end();
  }

  private static String chunk(JsonNode delta, @org.jspecify.annotations.Nullable String finish) {
    var chunk = Json.object().put("id", "1").put("object", "chat.completion.chunk");
    var choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finish);
    return "data: " + Json.write(chunk) + "\n\n";
  }

  private static String end() {
    var usage = Json.object().put("id", "1").put("object", "chat.completion.chunk");
    usage.putArray("choices");
    usage
        .putObject("usage")
        .put("prompt_tokens", TOKENS_OF_AN_ANSWER - 50)
        .put("completion_tokens", 50)
        .put("total_tokens", TOKENS_OF_AN_ANSWER);
    return "data: " + Json.write(usage) + "\n\ndata: [DONE]\n\n";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
