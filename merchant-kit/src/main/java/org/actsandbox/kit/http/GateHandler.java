package org.actsandbox.kit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.function.Function;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.GateAnswer;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.ProtectedResource;

/**
 * Puts a gate before a resource of the JDK's own HTTP server ({@code jdk.httpserver}).
 *
 * <p>Use an executor of virtual threads: a request waits for the payment service and the resource.
 */
public final class GateHandler implements HttpHandler {

  private final A402Gate gate;
  private final ProtectedResource resource;

  public GateHandler(A402Gate gate, ProtectedResource resource) {
    this.gate = gate;
    this.resource = resource;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    answer(exchange, request -> gate.answer(request, resource));
  }

  /**
   * Returns the handler of what the services of the world send: {@code POST /notifications}, {@code
   * POST /disputes/evidence} and {@code POST /disputes/findings}.
   */
  public HttpHandler serviceMessages() {
    return answering(gate::serviceMessage);
  }

  /** Returns a handler that sends what the function answers to a request. */
  public static HttpHandler answering(Function<GateRequest, GateAnswer> answers) {
    return exchange -> answer(exchange, answers);
  }

  static void answer(HttpExchange exchange, Function<GateRequest, GateAnswer> answers)
      throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readNBytes(GateRequest.MAX_BODY + 1);
      send(
          exchange,
          body.length > GateRequest.MAX_BODY
              ? A402Gate.bodyTooLarge()
              : answers.apply(
                  new GateRequest(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI().toString(),
                      exchange.getRequestHeaders(),
                      body)));
    }
  }

  private static void send(HttpExchange exchange, GateAnswer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    if (answer.status() == 413) {
      // The rest of the body is not read, so the connection is of no more use.
      headers.set("Connection", "close");
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    long length = answer.body().length();
    if (head) {
      headers.set("Content-Length", Long.toString(length));
    }
    exchange.sendResponseHeaders(answer.status(), head || length == 0 ? -1 : length);
    if (!head && length > 0) {
      try (var body = answer.body().open()) {
        body.transferTo(exchange.getResponseBody());
      }
    }
  }
}
