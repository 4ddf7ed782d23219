package org.actsandbox.web.console.decoder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.doctor.DoctorKeys;
import org.actsandbox.sandbox.doctor.SignatureDoctor;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties;
import org.actsandbox.sandbox.doctor.alipay.BillDoctor;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.actsandbox.sandbox.export.CurlCommand;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decodes journal entries for the pages that show them. */
public final class EntryDecoder {

  private static final List<String> A402 =
      List.of(
          A402Headers.PAYMENT_NEEDED, A402Headers.PAYMENT_PROOF, A402Headers.PAYMENT_VALIDATION);

  private final EntrySource entrySource;
  private final PageText pageText;
  private final KeyDirectory keys;
  private final TamperingFinder tamperingFinder;

  public EntryDecoder(EntrySource entrySource, PageText pageText) {
    this.entrySource = entrySource;
    this.pageText = pageText;
    this.keys = entrySource.keys();
    this.tamperingFinder = new TamperingFinder(entrySource.journal(), keys);
  }

  public DecodedEntry decode(JournalEntry entry) {
    var entryNarrator = new EntryNarrator(pageText);
    var narratedEntry = entryNarrator.narrate(entry);
    var to = entry.peer() == null ? null : entryNarrator.name(entry.peer());
    if (entry.kind() != Kind.EXCHANGE) {
      var data = part("data", entry.data());
      return new DecodedEntry(
          entry,
          narratedEntry,
          entryNarrator.name(entry.actor()),
          to,
          entry.component(),
          null,
          entry.event(),
          List.of(data),
          List.of(),
          List.of(),
          null,
          null);
    }
    return exchange(entry, narratedEntry, entryNarrator.name(entry.actor()), to);
  }

  private DecodedEntry exchange(
      JournalEntry entry, NarratedEntry narratedEntry, String from, @Nullable String to) {
    var journalExchange = EntryNarrator.exchangeOf(entry);
    var operation = Operation.find(journalExchange.method(), journalExchange.path());
    var parts = new ArrayList<DecodedEntry.Part>();
    var signed =
        new MessageSignatures(
            entrySource.knownKeys(), WorldDoctors.earlier(entrySource.journal(), entry.seq()));
    body("request", journalExchange.requestBody(), parts, signed);
    journalExchange
        .decoded()
        .forEach(
            (header, payload) -> {
              parts.add(part(header, payload));
              signed.addFrom(header, payload);
            });
    body("answer", journalExchange.responseBody(), parts, signed);
    alipay(entry, journalExchange, signed);
    return new DecodedEntry(
        entry,
        narratedEntry,
        from,
        to,
        entry.component(),
        operation.rule(),
        "%s %s → %d"
            .formatted(journalExchange.method(), journalExchange.path(), journalExchange.status()),
        List.copyOf(parts),
        signed.found(),
        damage(entry, journalExchange),
        operation == Operation.APPROVAL ? consent(entry, journalExchange) : null,
        CurlCommand.of(entrySource.base(), journalExchange));
  }

  /**
   * Finds what the principal's key signed: the content that the cashier showed last before. Null if
   * the journal has no such content, or if the principal sent no digest.
   */
  private DecodedEntry.@Nullable Consent consent(
      JournalEntry entry, JournalExchange journalExchange) {
    var sent = journalExchange.requestBody();
    var trade = entry.ids().get(JournalIds.TRADE_NO);
    if (sent == null || sent.json() == null || trade == null) {
      return null;
    }
    var digest = sent.json().path("digest").asString("");
    return entrySource
        .journal()
        .read(JournalQuery.after(0, JournalQuery.MAX_LIMIT).with(JournalIds.TRADE_NO, trade))
        .stream()
        .filter(shown -> shown.seq() < entry.seq() && shown.kind() == Kind.EXCHANGE)
        .map(EntryNarrator::exchangeOf)
        .filter(
            shown ->
                Operation.find(shown.method(), shown.path()) == Operation.APPROVAL_SHOWN
                    && shown.responseBody() != null
                    && shown.responseBody().json() != null)
        .map(shown -> shown.responseBody().json().path("content"))
        .filter(JsonNode::isObject)
        .reduce((_, last) -> last)
        .filter(_ -> !digest.isEmpty())
        .map(content -> consent(content, digest))
        .orElse(null);
  }

  private static DecodedEntry.Consent consent(JsonNode content, String digest) {
    var bytes = CanonicalJson.bytes(content);
    return new DecodedEntry.Consent(
        new String(bytes, StandardCharsets.UTF_8),
        bytes.length,
        digest,
        RequestFingerprint.digest(bytes).equals(digest));
  }

  /** Has the doctor examine what is signed in Alipay's form: a call, a notice, a bill. */
  private void alipay(JournalEntry entry, JournalExchange exchange, MessageSignatures signed) {
    var parties = entrySource.alipay().apply(entry);
    var doctor =
        new SignatureDoctor(
            new DoctorKeys(entrySource.knownKeys(), parties), entry.at(), null, List::of);
    WorldDoctors.gatewayText(exchange)
        .ifPresent(
            text -> doctor.examine(text).diagnoses().forEach(each -> signed.add("request", each)));
    exchange
        .decoded()
        .forEach((header, payload) -> bill(header, payload, exchange, parties, signed));
    var body = exchange.requestBody();
    if (body != null && body.json() != null) {
      bill("request", body.json(), exchange, parties, signed);
    }
  }

  private static void bill(
      String title,
      JsonNode payload,
      JournalExchange exchange,
      AlipayParties parties,
      MessageSignatures signed) {
    if (payload instanceof ObjectNode object && BillDoctor.isBill(object)) {
      var header = exchange.responseHeaders().getOrDefault(title.toLowerCase(Locale.ROOT), "");
      signed.add(title, BillDoctor.examine(object, "", header, parties));
    }
  }

  private List<MessageDamage> damage(JournalEntry entry, JournalExchange journalExchange) {
    var found = new ArrayList<MessageDamage>();
    for (var name : A402) {
      for (var headers :
          List.of(journalExchange.requestHeaders(), journalExchange.responseHeaders())) {
        var value = headers.get(name.toLowerCase(Locale.ROOT));
        if (value != null) {
          SyntaxDamageFinder.ofHeader(name, value).ifPresent(found::add);
        }
      }
    }
    journalExchange
        .decoded()
        .forEach((name, payload) -> addTampering(entry, name, payload.path("protocol"), found));
    addBodyDamage(entry, "request", journalExchange.requestBody(), found);
    addBodyDamage(entry, "answer", journalExchange.responseBody(), found);
    return List.copyOf(found);
  }

  private void addTampering(
      JournalEntry entry, String title, JsonNode message, List<MessageDamage> found) {
    if (isSigned(message) && !tamperingFinder.isGenuine(message)) {
      tamperingFinder.of(entry, title, message).ifPresent(found::add);
    }
    var proof = message.path("payment_proof").asString("");
    if (!proof.isEmpty() && !tamperingFinder.isGenuineProof(proof)) {
      tamperingFinder.ofProof(entry, title, proof).ifPresent(found::add);
    }
  }

  private void addBodyDamage(
      JournalEntry entry,
      String title,
      JournalExchange.@Nullable Body body,
      List<MessageDamage> found) {
    if (body == null) {
      return;
    }
    var text = body.text();
    if (body.json() != null) {
      addTampering(entry, title, body.json(), found);
    } else if (text != null && body.contentType().contains("json")) {
      // The journal keeps only the beginning of a long body, so that a missing end is no damage.
      SyntaxDamageFinder.ofJson(title, text)
          .filter(end -> !end.why().equals("json.end") || body.length() <= text.length())
          .ifPresent(found::add);
    }
  }

  private static boolean isSigned(JsonNode message) {
    return message.isObject() && message.path(SignedJson.SIGNATURE_CONTENT).isString();
  }

  private void body(
      String title,
      JournalExchange.@Nullable Body body,
      List<DecodedEntry.Part> parts,
      MessageSignatures signed) {
    if (body == null || (body.json() == null && body.text() == null)) {
      return;
    }
    var json = body.json();
    if (json == null) {
      var text = String.valueOf(body.text());
      parts.add(
          new DecodedEntry.Part(
              title,
              List.of(),
              List.of(),
              text,
              HostileText.isIn(text) ? List.of(text) : List.of()));
      return;
    }
    parts.add(part(title, json));
    signed.addFrom(title, json);
  }

  private DecodedEntry.Part part(String title, JsonNode json) {
    return FieldExplanations.of(title, json, pageText);
  }
}
