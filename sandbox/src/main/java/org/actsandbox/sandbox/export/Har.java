package org.actsandbox.sandbox.export;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.Exchange;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** HTTP Archive 1.2: what browsers' network panes and proxies open. */
final class Har {

  private static final double MICROS_PER_MILLI = 1000;
  private static final int UNKNOWN = -1;

  private Har() {}

  static String head() {
    return "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"ACT Sandbox\",\"version\":\"0.1.0\"},"
        + "\"pages\":[],\"entries\":[";
  }

  static String tail(@Nullable String comment) {
    return "]" + (comment == null ? "" : ",\"comment\":" + Json.write(comment)) + "}}";
  }

  static String entry(URI base, JournalEntry entry) {
    var exchange = Json.read(entry.data(), Exchange.class);
    double millis = exchange.durationMicros() / MICROS_PER_MILLI;
    var har = Json.object();
    har.put(
        "startedDateTime",
        entry.recordedAt().minus(exchange.durationMicros(), ChronoUnit.MICROS).toString());
    har.put("time", millis);
    har.set("request", request(base, exchange));
    har.set("response", response(exchange));
    har.putObject("cache");
    har.putObject("timings").put("send", 0).put("wait", millis).put("receive", 0);
    if (exchange.remark() != null) {
      har.put("comment", exchange.remark());
    }
    // Fields of our own begin with an underscore, as the format wants it.
    har.put("_seq", entry.seq());
    har.put("_world_time", entry.at().toString());
    har.put("_from", entry.actor());
    har.put("_to", entry.peer());
    har.put("_component", entry.component());
    har.put("_event", entry.event());
    har.set("_ids", Json.tree(entry.ids()));
    return Json.write(har);
  }

  private static ObjectNode request(URI base, Exchange exchange) {
    var request = Json.object();
    request.put("method", exchange.method());
    request.put("url", base + exchange.path());
    request.put("httpVersion", "HTTP/1.1");
    request.putArray("cookies");
    request.set("headers", headers(exchange.requestHeaders()));
    request.set("queryString", query(exchange.path()));
    var body = exchange.requestBody();
    if (body != null) {
      request
          .putObject("postData")
          .put("mimeType", body.contentType())
          .put("text", text(body))
          .putArray("params");
    }
    request.put("headersSize", UNKNOWN);
    request.put("bodySize", body == null ? 0 : body.length());
    return request;
  }

  private static ObjectNode response(Exchange exchange) {
    var response = Json.object();
    response.put("status", exchange.status());
    response.put("statusText", "");
    response.put("httpVersion", "HTTP/1.1");
    response.putArray("cookies");
    response.set("headers", headers(exchange.responseHeaders()));
    var body = exchange.responseBody();
    var content = response.putObject("content");
    content.put("size", body == null ? 0 : body.length());
    content.put("mimeType", body == null ? "" : body.contentType());
    if (body != null) {
      content.put("text", text(body));
    }
    response.put("redirectURL", exchange.responseHeaders().getOrDefault("location", ""));
    response.put("headersSize", UNKNOWN);
    response.put("bodySize", body == null ? 0 : body.length());
    return response;
  }

  private static String text(Exchange.Body body) {
    if (body.json() != null) {
      return Json.write(body.json());
    }
    return body.text() == null ? "" : body.text();
  }

  private static ArrayNode headers(Map<String, String> headers) {
    var list = Json.mapper().createArrayNode();
    headers.forEach((name, value) -> list.addObject().put("name", name).put("value", value));
    return list;
  }

  private static ArrayNode query(String path) {
    var list = Json.mapper().createArrayNode();
    int start = path.indexOf('?');
    if (start < 0 || start == path.length() - 1) {
      return list;
    }
    for (var pair : path.substring(start + 1).split("&", -1)) {
      int is = pair.indexOf('=');
      list.addObject()
          .put("name", decoded(is < 0 ? pair : pair.substring(0, is)))
          .put("value", is < 0 ? "" : decoded(pair.substring(is + 1)));
    }
    return list;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}
