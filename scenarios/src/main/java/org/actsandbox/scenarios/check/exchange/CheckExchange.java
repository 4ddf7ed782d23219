package org.actsandbox.scenarios.check.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One request to the merchant and its answer.
 *
 * @param headers request headers as sent
 * @param reply null if there was no answer
 * @param noAnswer why there was no answer; null if there was one
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are passed through, never compared
public record CheckExchange(
    String method,
    URI target,
    Map<String, String> headers,
    byte[] body,
    @Nullable Reply reply,
    @Nullable String noAnswer) {

  /** Ours: a report shows no more of one message; the rest is seldom the point. */
  private static final int MAX_SHOWN = 6_000;

  private static final List<String> A402 =
      List.of(
          A402Headers.PAYMENT_NEEDED, A402Headers.PAYMENT_PROOF, A402Headers.PAYMENT_VALIDATION);

  /** Returns the request line and the number of the status, such as {@code GET /catalog -> 200}. */
  public String title() {
    return "%s %s -> %s"
        .formatted(method, pathAndQuery(), reply == null ? noAnswer : reply.status());
  }

  /** Returns the request as text, with the A402 headers decoded below it. */
  public String request() {
    var text = new StringBuilder(method + " " + pathAndQuery() + " HTTP/1.1\n");
    new TreeMap<>(headers).forEach((name, value) -> text.append(line(name, shown(name, value))));
    text.append(decoded(new TreeMap<>(headers)));
    return text + body(body);
  }

  /** Returns the answer as text, with the A402 headers decoded below it. */
  public String answer() {
    var answered = reply;
    if (answered == null) {
      return "no answer: " + noAnswer;
    }
    var text = new StringBuilder("HTTP/1.1 " + answered.status() + "\n");
    var received = new TreeMap<String, String>();
    answered
        .answer()
        .headers()
        .forEach((name, values) -> received.put(name, String.join(", ", values)));
    received.forEach((name, value) -> text.append(line(name, value)));
    text.append(decoded(received));
    return text + body(answered.answer().body());
  }

  /** Returns a command that sends the same request again. Role keys are replaced by a variable. */
  public String curl() {
    var text = new StringBuilder("curl -i -X " + method + " " + quoted(target.toString()));
    new TreeMap<>(headers)
        .forEach(
            (name, value) ->
                text.append(" \\\n  -H ")
                    .append(
                        name.equalsIgnoreCase("Authorization")
                            ? "\"Authorization: Bearer $ACT_AGENT_KEY\""
                            : quoted(name + ": " + value)));
    if (body.length > 0) {
      text.append(" \\\n  --data-binary ")
          .append(quoted(cut(new String(body, StandardCharsets.UTF_8))));
    }
    return text.toString();
  }

  private String pathAndQuery() {
    return target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
  }

  private static String shown(String name, String value) {
    return name.equalsIgnoreCase("Authorization") ? "Bearer ..." : value;
  }

  private static String line(String name, String value) {
    return name + ": " + cut(value) + "\n";
  }

  private static String decoded(Map<String, String> sent) {
    var text = new StringBuilder();
    for (var name : A402) {
      sent.entrySet().stream()
          .filter(each -> each.getKey().equalsIgnoreCase(name))
          .forEach(
              each ->
                  text.append("[")
                      .append(name)
                      .append(" decoded] ")
                      .append(decode(name, each.getValue()))
                      .append("\n"));
    }
    return text.toString();
  }

  private static String decode(String name, String value) {
    try {
      // Profiles differ in what the JSON has, so it is shown whatever it is.
      return cut(pretty(Json.parse(A402Headers.text(name, value))));
    } catch (Refusal unreadable) {
      return "not readable: " + unreadable.getMessage();
    } catch (JacksonException notJson) {
      return "not readable: no JSON";
    }
  }

  private static String body(byte[] bytes) {
    if (bytes.length == 0) {
      return "";
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    try {
      return "\n" + cut(pretty(Json.parse(bytes)));
    } catch (JacksonException notJson) {
      return "\n" + cut(text);
    }
  }

  private static String pretty(JsonNode tree) {
    return tree.toPrettyString();
  }

  private static String cut(String text) {
    return text.length() <= MAX_SHOWN
        ? text
        : text.substring(0, MAX_SHOWN) + "… (" + text.length() + " characters)";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
