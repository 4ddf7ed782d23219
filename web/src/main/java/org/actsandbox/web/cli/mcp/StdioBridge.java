package org.actsandbox.web.cli.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes messages of the Model Context Protocol between a program's standard input and output, one
 * a line, and the server. Nothing but messages goes to the output; what goes wrong is told on the
 * error stream and, for a request, in its answer.
 */
public final class StdioBridge {

  /** Longer than the longest wait of a tool. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** Ours: the requests that are under way; more lines are read when one of them is answered. */
  private static final int MAX_UNDER_WAY = 16;

  private static final int NO_SERVER = -32000;
  private static final int PARSE_ERROR = -32700;
  private static final int NOT_FOUND = 404;

  private final OutboundClient outboundClient;
  private final URI target;
  private final String key;
  private final PrintStream output;
  private final PrintStream errors;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable String sessionId;
  private volatile @Nullable ObjectNode initialize;

  /**
   * @param target the address of the MCP server of a world
   * @param output for messages alone
   */
  public StdioBridge(
      OutboundClient outboundClient,
      URI target,
      String key,
      PrintStream output,
      PrintStream errors) {
    this.outboundClient = outboundClient;
    this.target = target;
    this.key = key;
    this.output = output;
    this.errors = errors;
  }

  /** Passes messages until the input ends, and returns when all requests are answered. */
  public void run(InputStream input) throws IOException {
    var underWay = new Semaphore(MAX_UNDER_WAY);
    try (var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        var message = parsed(line);
        if (message == null) {
          continue;
        }
        if (message.path("method").asString("").equals("initialize")) {
          // What follows belongs to the session that this begins.
          initialize = message;
          pass(message);
          continue;
        }
        underWay.acquireUninterruptibly();
        threads.execute(
            () -> {
              try {
                pass(message);
              } finally {
                underWay.release();
              }
            });
      }
    }
  }

  private @Nullable ObjectNode parsed(String line) {
    try {
      if (Json.parse(line) instanceof ObjectNode message) {
        return message;
      }
      write(failure(NullNode.getInstance(), PARSE_ERROR, "Send one JSON object a line."));
    } catch (JacksonException notJson) {
      write(failure(NullNode.getInstance(), PARSE_ERROR, "The line is no JSON object."));
    }
    return null;
  }

  private void pass(ObjectNode message) {
    try {
      var answer = send(message);
      var first = initialize;
      if (answer.status() == NOT_FOUND && sessionId != null && first != null) {
        // The server was started again, or the session was idle too long.
        errors.println("The session is over; a new one begins.");
        sessionId = null;
        send(first);
        answer = send(message);
      }
      tell(message, answer);
    } catch (NoAnswerException silent) {
      errors.println(silent.getMessage() + ": is the sandbox running? ./run starts it.");
      answerFailure(message, "The sandbox at " + target + " does not answer. ./run starts it.");
    }
  }

  private void tell(ObjectNode message, OutboundClient.Answer answer) {
    var text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    if (text.startsWith("{\"jsonrpc\"")) {
      write(text);
    } else if (!answer.isSuccess()) {
      errors.printf("%s answered %d: %s%n", target, answer.status(), text);
      answerFailure(message, "The sandbox answered " + answer.status() + ": " + reason(text));
    }
  }

  private static String reason(String text) {
    try {
      return Json.parse(text).path("error").path("message").asString(text);
    } catch (JacksonException notJson) {
      return text;
    }
  }

  private void answerFailure(ObjectNode message, String why) {
    var id = message.get("id");
    if (id != null && message.has("method")) {
      write(failure(id, NO_SERVER, why));
    }
  }

  private static String failure(JsonNode id, int code, String why) {
    var body = Json.object().put("jsonrpc", "2.0");
    body.set("id", id);
    body.putObject("error").put("code", code).put("message", why);
    return Json.write(body);
  }

  private OutboundClient.Answer send(ObjectNode message) {
    var answer =
        outboundClient.send(
            new OutboundClient.Call(
                "POST", target, headers(message), Json.bytes(message), TIMEOUT));
    answer.header("Mcp-Session-Id").ifPresent(id -> sessionId = id);
    return answer;
  }

  /** Returns the headers in which the protocol's HTTP form repeats what the message says. */
  private Map<String, String> headers(ObjectNode message) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Authorization", "Bearer " + key);
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
    var method = message.path("method").asString("");
    var params = message.path("params");
    var version = params.path("_meta").path("io.modelcontextprotocol/protocolVersion");
    if (version.isString()) {
      headers.put("MCP-Protocol-Version", version.stringValue());
      headers.put("Mcp-Method", encoded(method));
      var name = params.path(method.equals("resources/read") ? "uri" : "name");
      if (name.isString()) {
        headers.put("Mcp-Name", encoded(name.stringValue()));
      }
    } else if (sessionId != null && !method.equals("initialize")) {
      headers.put("Mcp-Session-Id", sessionId);
    }
    return headers;
  }

  private static String encoded(String value) {
    return value.matches("[\\x21-\\x7e]*") && !value.startsWith("=?base64?")
        ? value
        : "=?base64?"
            + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  private void write(String message) {
    writing.lock();
    try {
      output.print(message + "\n");
      output.flush();
    } finally {
      writing.unlock();
    }
  }
}
