package org.actsandbox.sandbox.export;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.BodyText;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes exchanges as HTTP Archive 1.2, which browsers' network panes and proxies open. */
final class HarFormat {

  private static final double MICROS_PER_MILLI = 1000;
  private static final int UNKNOWN = -1;
  private static final String FORM = "application/x-www-form-urlencoded";

  private static final String PARTLY_KEPT = "the journal keeps the beginning of such a body only";

  private HarFormat() {}

  static String head() {
    return "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"ACT Sandbox\",\"version\":\"0.1.0\"},"
        + "\"pages\":[],\"entries\":[";
  }

  static String tail(@Nullable String comment) {
    return "]" + (comment == null ? "" : ",\"comment\":" + Json.write(comment)) + "}}";
  }

  static String entry(URI base, JournalEntry entry) {
    var journalExchange = Json.read(entry.data(), JournalExchange.class);
    double millis = journalExchange.durationMicros() / MICROS_PER_MILLI;
    var har = Json.object();
    har.put(
        "startedDateTime",
        entry.recordedAt().minus(journalExchange.durationMicros(), ChronoUnit.MICROS).toString());
    har.put("time", millis);
    har.set("request", request(base, journalExchange));
    har.set("response", response(journalExchange));
    har.putObject("cache");
    har.putObject("timings").put("send", 0).put("wait", millis).put("receive", 0);
    if (journalExchange.remark() != null) {
      har.put("comment", journalExchange.remark());
    }
    // The format requires that names of additional fields begin with an underscore.
    har.put("_seq", entry.seq());
    har.put("_world_time", entry.at().toString());
    har.put("_from", entry.actor());
    har.put("_to", entry.peer());
    har.put("_component", entry.component());
    har.put("_event", entry.event());
    har.set("_ids", Json.tree(entry.ids()));
    return Json.write(har);
  }

  private static ObjectNode request(URI base, JournalExchange journalExchange) {
    var request = Json.object();
    request.put("method", journalExchange.method());
    request.put("url", base + journalExchange.path());
    request.put("httpVersion", "HTTP/1.1");
    request.putArray("cookies");
    request.set("headers", headers(journalExchange.requestHeaders()));
    request.set("queryString", query(journalExchange.path()));
    var body = journalExchange.requestBody();
    if (body != null) {
      postData(request.putObject("postData"), body);
    }
    request.put("headersSize", UNKNOWN);
    request.put("bodySize", body == null ? 0 : body.length());
    return request;
  }

  /** Writes either text or parameters, because the format excludes both together. */
  private static void postData(ObjectNode data, JournalExchange.Body body) {
    data.put("mimeType", body.contentType());
    var text = text(body);
    if (text == null) {
      data.put("comment", PARTLY_KEPT);
    } else if (body.contentType().startsWith(FORM)) {
      data.set("params", pairs(text));
    } else {
      data.put("text", text);
    }
  }

  private static ObjectNode response(JournalExchange journalExchange) {
    boolean lost = journalExchange.status() == 0;
    var response = Json.object();
    response.put("status", journalExchange.status());
    response.put("statusText", "");
    response.put("httpVersion", lost ? "" : "HTTP/1.1");
    response.putArray("cookies");
    response.set("headers", headers(journalExchange.responseHeaders()));
    var body = journalExchange.responseBody();
    var content = response.putObject("content");
    content.put("size", body == null ? 0 : body.length());
    content.put("mimeType", body == null ? "" : body.contentType());
    if (body != null) {
      var text = text(body);
      if (text == null) {
        content.put("comment", PARTLY_KEPT);
      } else {
        content.put("text", text);
      }
    }
    response.put("redirectURL", journalExchange.responseHeaders().getOrDefault("location", ""));
    response.put("headersSize", UNKNOWN);
    response.put("bodySize", lost ? UNKNOWN : body == null ? 0 : body.length());
    return response;
  }

  /**
   * Returns the body's text; null where it is no text, or only its beginning was kept. The bytes of
   * such a body are not in the journal, so base64 is impossible, and a part would pass for the
   * whole.
   */
  private static @Nullable String text(JournalExchange.Body body) {
    if (body.json() != null) {
      return Json.write(body.json());
    }
    var text = body.text() == null ? "" : body.text();
    boolean whole = body.length() <= BodyText.HEAD && text.indexOf('\uFFFD') < 0;
    return whole ? text : null;
  }

  private static ArrayNode headers(Map<String, String> headers) {
    var list = Json.mapper().createArrayNode();
    headers.forEach((name, value) -> list.addObject().put("name", name).put("value", value));
    return list;
  }

  private static ArrayNode query(String path) {
    int start = path.indexOf('?');
    if (start < 0 || start == path.length() - 1) {
      return Json.mapper().createArrayNode();
    }
    return pairs(path.substring(start + 1));
  }

  private static ArrayNode pairs(String text) {
    var list = Json.mapper().createArrayNode();
    for (var pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      list.addObject()
          .put("name", decoded(equals < 0 ? pair : pair.substring(0, equals)))
          .put("value", equals < 0 ? "" : decoded(pair.substring(equals + 1)));
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
