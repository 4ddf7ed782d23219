package org.actsandbox.web.console.alipay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the last calls of the gateway with their outcome in the journal. */
final class GatewayCalls {

  /** Ours: exchanges that are looked through, so that the page takes no longer in a long world. */
  private static final int LOOKED_THROUGH = JournalQuery.MAX_LIMIT;

  private static final int SHOWN = 20;
  private static final String GATEWAY = "/gateway.do";
  private static final Pattern ROOT = Pattern.compile("^\\{\"([a-z0-9_]+)\":");

  private GatewayCalls() {}

  /**
   * Represents one call.
   *
   * @param outcome the answer's code and sub code, {@code 10000}; empty for a page of a browser
   * @param ok whether the answer says that the call succeeded
   * @param signature whether the call failed because of its signature
   */
  record GatewayCallRow(
      long seq, Instant at, String method, String outcome, boolean ok, boolean signature) {}

  /** Returns the last calls of an application, the newest first. */
  static List<GatewayCallRow> of(JournalStore journal, String appId) {
    var query =
        JournalQuery.after(Math.max(0, journal.lastSeq() - LOOKED_THROUGH), LOOKED_THROUGH)
            .of(Kind.EXCHANGE);
    var rows = new ArrayList<GatewayCallRow>();
    for (var entry : journal.read(query).reversed()) {
      var row = row(entry, appId);
      if (row != null && rows.size() < SHOWN) {
        rows.add(row);
      }
    }
    return List.copyOf(rows);
  }

  private static @Nullable GatewayCallRow row(JournalEntry entry, String appId) {
    var exchange = Json.read(entry.data(), JournalExchange.class);
    var path = exchange.path();
    int query = path.indexOf('?');
    if (!(query < 0 ? path : path.substring(0, query)).endsWith(GATEWAY)) {
      return null;
    }
    var body = exchange.requestBody();
    var text = body == null || body.text() == null ? "" : body.text();
    var request =
        GatewayRequest.read(
            query < 0 ? null : path.substring(query + 1),
            body == null ? null : body.contentType(),
            text.getBytes(StandardCharsets.UTF_8));
    if (!request.value("app_id").filter(appId::equals).isPresent()) {
      return null;
    }
    var answer = answer(exchange);
    var code = answer.path("code").asString("");
    var subCode = answer.path("sub_code").asString("");
    return new GatewayCallRow(
        entry.seq(),
        entry.at(),
        request.value("method").orElse(""),
        (code + " " + subCode).strip(),
        code.isEmpty() || subCode.isEmpty(),
        subCode.equals("isv.invalid-signature"));
  }

  /** Returns the root of the answer; an empty object for a page. */
  private static JsonNode answer(JournalExchange exchange) {
    var body = exchange.responseBody();
    if (body == null) {
      return Json.object();
    }
    var json = body.json();
    if (json != null) {
      return json.properties().isEmpty() ? json : json.properties().iterator().next().getValue();
    }
    var text = body.text() == null ? "" : body.text();
    var root = ROOT.matcher(text);
    try {
      return root.find() ? Json.parse(text).path(root.group(1)) : Json.object();
    } catch (JacksonException cutOff) {
      // The journal keeps only the beginning of a long answer.
      return Json.object();
    }
  }
}
