package org.actsandbox.web.console.decoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.export.Curl;
import org.actsandbox.sandbox.journal.Exchange;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Opens journal entries. */
public final class Decoder {

  private static final List<String> A402 =
      List.of(Headers.PAYMENT_NEEDED, Headers.PAYMENT_PROOF, Headers.PAYMENT_VALIDATION);

  private final Source source;
  private final Words words;
  private final KeyDirectory keys;
  private final Tampering tampering;

  public Decoder(Source source, Words words) {
    this.source = source;
    this.words = words;
    this.keys = source.keys();
    this.tampering = new Tampering(source.journal(), keys);
  }

  public Opened open(JournalEntry entry) {
    var narrator = new Narrator(words);
    var step = narrator.tell(entry);
    var to = entry.peer() == null ? null : narrator.name(entry.peer());
    if (entry.kind() != Kind.EXCHANGE) {
      var data = part("data", entry.data());
      return new Opened(
          entry,
          step,
          narrator.name(entry.actor()),
          to,
          entry.component(),
          null,
          entry.event(),
          List.of(data),
          List.of(),
          List.of(),
          null);
    }
    return exchange(entry, step, narrator.name(entry.actor()), to);
  }

  private Opened exchange(JournalEntry entry, Step step, String from, @Nullable String to) {
    var exchange = Narrator.exchangeOf(entry);
    var operation = Operation.find(exchange.method(), exchange.path());
    var parts = new ArrayList<Opened.Part>();
    var signed = new Signatures(keys);
    body("request", exchange.requestBody(), parts, signed);
    exchange
        .decoded()
        .forEach(
            (header, payload) -> {
              parts.add(part(header, payload));
              signed.in(header, payload);
            });
    body("answer", exchange.responseBody(), parts, signed);
    return new Opened(
        entry,
        step,
        from,
        to,
        entry.component(),
        operation.rule(),
        "%s %s → %d".formatted(exchange.method(), exchange.path(), exchange.status()),
        List.copyOf(parts),
        signed.found(),
        breaks(entry, exchange),
        Curl.of(source.base(), exchange));
  }

  private List<Break> breaks(JournalEntry entry, Exchange exchange) {
    var found = new ArrayList<Break>();
    for (var name : A402) {
      for (var headers : List.of(exchange.requestHeaders(), exchange.responseHeaders())) {
        var value = headers.get(name.toLowerCase(Locale.ROOT));
        if (value != null) {
          Breaks.ofHeader(name, value).ifPresent(found::add);
        }
      }
    }
    exchange
        .decoded()
        .forEach((name, payload) -> changed(entry, name, payload.path("protocol"), found));
    brokenBody(entry, "request", exchange.requestBody(), found);
    brokenBody(entry, "answer", exchange.responseBody(), found);
    return List.copyOf(found);
  }

  private void changed(JournalEntry entry, String title, JsonNode message, List<Break> found) {
    if (isSigned(message) && !tampering.isGenuine(message)) {
      tampering.of(entry, title, message).ifPresent(found::add);
    }
    var proof = message.path("payment_proof").asString("");
    if (!proof.isEmpty() && !tampering.isGenuineProof(proof)) {
      tampering.ofProof(entry, title, proof).ifPresent(found::add);
    }
  }

  private void brokenBody(
      JournalEntry entry, String title, Exchange.@Nullable Body body, List<Break> found) {
    if (body == null) {
      return;
    }
    var text = body.text();
    if (body.json() != null) {
      changed(entry, title, body.json(), found);
    } else if (text != null && body.contentType().contains("json")) {
      // Only the beginning of a long body is kept; its missing end proves nothing.
      Breaks.ofJson(title, text)
          .filter(end -> !end.why().equals("json.end") || body.length() <= text.length())
          .ifPresent(found::add);
    }
  }

  private static boolean isSigned(JsonNode message) {
    return message.isObject() && message.path(SignedJson.SIGNATURE_CONTENT).isString();
  }

  private void body(
      String title, Exchange.@Nullable Body body, List<Opened.Part> parts, Signatures signed) {
    if (body == null || (body.json() == null && body.text() == null)) {
      return;
    }
    var json = body.json();
    if (json == null) {
      parts.add(new Opened.Part(title, List.of(), String.valueOf(body.text())));
      return;
    }
    parts.add(part(title, json));
    signed.in(title, json);
  }

  private Opened.Part part(String title, JsonNode json) {
    return Parts.of(title, json, words);
  }
}
