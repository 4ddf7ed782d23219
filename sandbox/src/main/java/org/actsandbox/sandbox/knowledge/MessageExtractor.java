package org.actsandbox.sandbox.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.journal.JournalEntry;
import tools.jackson.databind.JsonNode;

/** Extracts from a journal entry what each side told the other. */
final class MessageExtractor {

  /** Headers that every client and server sets; a participant's own words are in others. */
  private static final Set<String> TRANSPORT =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "authorization",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "date",
          "expires",
          "host",
          "http2-settings",
          "pragma",
          "retry-after",
          "sec-fetch-dest",
          "sec-fetch-mode",
          "sec-fetch-site",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "vary");

  private static final Pattern WAIT = Pattern.compile("wait=\\d{1,3}");

  private static final String DISPUTES = ActComponent.TSD_ATT_DSP.code();

  private MessageExtractor() {}

  /**
   * A merchant from outside deposits whole records, which the keeper shows in a dispute (ADR 50).
   */
  private static boolean isEvidence(JournalEntry entry) {
    return entry.component().equals(DISPUTES)
        || entry.event().equals(Operation.RECORD_DEPOSIT.event());
  }

  static List<ObservedMessage> of(JournalEntry entry) {
    boolean evidence = isEvidence(entry);
    if (entry.kind() != JournalNote.Kind.EXCHANGE) {
      var note = new NestedTextDecoder();
      note.json("note", entry.data());
      return List.of(
          new ObservedMessage(
              entry.seq(), entry.actor(), null, note.pieces(), evidence, note.isWhole()));
    }
    var data = entry.data();
    var caller = caller(entry);
    var server = entry.peer() == null ? "" : entry.peer();
    var messages = new ArrayList<ObservedMessage>();
    var request = new NestedTextDecoder();
    path(request, data.path("path").asString(""));
    headers(request, "request", data.path("request_headers"));
    boolean whole = body(request, "request", data.path("request_body"));
    messages.add(
        new ObservedMessage(
            entry.seq(), caller, server, request.pieces(), evidence, whole && request.isWhole()));
    if (data.path("status").asInt(0) != 0) {
      var answer = new NestedTextDecoder();
      headers(answer, "answer", data.path("response_headers"));
      boolean answerWhole = body(answer, "answer", data.path("response_body"));
      messages.add(
          new ObservedMessage(
              entry.seq(),
              server,
              caller,
              answer.pieces(),
              evidence,
              answerWhole && answer.isWhole()));
    }
    return messages;
  }

  /** Returns the caller; a signed message without a key names its sender by the signature. */
  static String caller(JournalEntry entry) {
    if (!entry.actor().equals("anonymous")) {
      return entry.actor();
    }
    var signer = entry.data().at("/request_body/json/signer_id").asString("");
    int key = signer.indexOf('#');
    return key > 0 ? signer.substring(0, key) : entry.actor();
  }

  private static void path(NestedTextDecoder request, String target) {
    int query = target.indexOf('?');
    request.text("path", "", query < 0 ? target : target.substring(0, query));
    if (query < 0) {
      return;
    }
    for (var pair : target.substring(query + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      var name = equals < 0 ? "" : pair.substring(0, equals);
      request.text("query." + name, name, pair.substring(equals + 1));
    }
  }

  private static void headers(NestedTextDecoder message, String where, JsonNode headers) {
    var joined = new StringBuilder();
    int own = 0;
    for (var header : headers.properties()) {
      var value = header.getValue().asString("");
      if (!isTransport(header.getKey(), value)) {
        message.text(where + " header " + header.getKey(), header.getKey(), value);
        if (!header.getKey().startsWith("act-") && !header.getKey().startsWith("payment-")) {
          // One value may be split over several headers, or over several headers of one name.
          joined.append(value.replace(", ", ""));
          own++;
        }
      }
    }
    if (own > 0) {
      message.text(where + " headers together", "", joined.toString());
    }
  }

  /**
   * Says whether the header is technical. A waiting time (RFC 7240) is no amount; any other text in
   * that header is searched.
   */
  private static boolean isTransport(String header, String value) {
    return TRANSPORT.contains(header) || (header.equals("prefer") && WAIT.matcher(value).matches());
  }

  private static boolean body(NestedTextDecoder message, String where, JsonNode body) {
    var json = body.path("json");
    if (!json.isMissingNode() && !json.isNull()) {
      message.json(where, json);
      return true;
    }
    var text = body.path("text").asString("");
    if (body.path("content_type").asString("").contains("form-urlencoded")) {
      path(message, "?" + text);
    } else {
      message.text(where, "", text);
    }
    return body.path("length").asLong(0) <= text.length();
  }
}
