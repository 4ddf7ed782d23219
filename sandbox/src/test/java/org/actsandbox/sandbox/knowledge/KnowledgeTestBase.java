package org.actsandbox.sandbox.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.actsandbox.sandbox.knowledge.Knowledge.Trace;
import tools.jackson.databind.node.ObjectNode;

/** Is the base of tests that observe messages between participants and find forbidden knowledge. */
abstract class KnowledgeTestBase {

  static final String YOU = "did:act:principal";
  static final String AGENT = "did:act:demo-agent";
  static final String RAIL = "did:act:raileast";
  static final String OTHER_RAIL = "did:act:gotrip-rail";
  static final String SHOP = "did:act:luma-mart";
  static final String OTHER_SHOP = "did:act:bazaar88";
  static final String PSP = "did:act:sandbox-pay";
  static final String DELEGATIONS = "did:act:sandbox-delegations";
  static final String TRUST = "did:act:sandbox-trust";
  static final String ADDRESS = "Wensan Road 90";
  static final String SENTENCE =
      "Find me a window seat on tomorrow's early train to Shanghai, at most 217 yuan";

  final KnowledgeTracker knowledgeTracker;
  long seq;

  KnowledgeTestBase() {
    this(new KnowledgeTracker());
  }

  KnowledgeTestBase(KnowledgeTracker knowledgeTracker) {
    this.knowledgeTracker = knowledgeTracker;
    knowledgeTracker.addKnown(KnownValue.of(Datum.ADDRESS, KnownValue.Match.PHRASE, ADDRESS), YOU);
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.BALANCE, KnownValue.Match.NUMBER, "20000.00"), PSP);
    knowledgeTracker.addKnown(KnownValue.of(Datum.PIN, KnownValue.Match.TOKEN, "246810"), YOU);
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.ACCOUNT, KnownValue.Match.FIELD, "account=balance"), PSP);
  }

  static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  ObjectNode exchange(String path, ObjectNode request, ObjectNode answer) {
    var data = Json.object().put("method", "POST").put("path", path).put("status", 200);
    data.putObject("request_headers").put("content-type", "application/json");
    data.putObject("response_headers");
    data.putObject("request_body").put("length", 9).set("json", request);
    data.putObject("response_body").put("length", 9).set("json", answer);
    return data;
  }

  void tells(String from, String to, ObjectNode data) {
    happens("", from, to, data);
  }

  void happens(String component, String from, String to, ObjectNode data) {
    knowledgeTracker.observe(
        new JournalEntry(
            ++seq,
            Instant.EPOCH,
            Instant.EPOCH,
            from,
            to,
            JournalNote.Kind.EXCHANGE,
            component,
            "request",
            Map.of(),
            data));
  }

  void tells(String from, String to, String path, ObjectNode request) {
    tells(from, to, exchange(path, request, Json.object()));
  }

  void says(String sentence) {
    says(YOU, sentence);
  }

  void says(String principal, String sentence) {
    tells(
        principal,
        AGENT,
        "/agents/demo-agent/conversations/C-1/messages",
        Json.object().put("text", sentence));
  }

  void offers(String merchant, String offerId, String total) {
    var answer = Json.object();
    answer.putArray("offers").addObject().put("offer_id", offerId).put("total", total);
    var id = merchant.replace("did:act:", "");
    tells(AGENT, merchant, exchange("/merchants/" + id + "/intents", Json.object(), answer));
  }

  Knowledge result() {
    return knowledgeTracker.result(true, Text::untranslated);
  }

  static ObjectNode note(String text) {
    return Json.object().put("note", text);
  }

  Trace learned(String participant, Datum datum) {
    return Objects.requireNonNull(result().cell(participant, datum).learned());
  }

  void isLeaked(String participant, Datum datum) {
    var result = result();
    assertThat(result.cell(participant, datum).state()).isEqualTo(State.LEAKED);
    assertThat(result.leaks())
        .anySatisfy(
            leak -> {
              assertThat(leak.participant()).isEqualTo(participant);
              assertThat(leak.datum()).isEqualTo(datum);
              assertThat(leak.trace().seq()).isEqualTo(seq);
            });
  }

  void nothingLeaks() {
    assertThat(result().leaks()).isEmpty();
  }

  void isPassedOn(String from, String to, Datum datum, String rule) {
    assertThat(result().leaks())
        .anySatisfy(
            leak -> {
              assertThat(leak.participant()).isEqualTo(from);
              assertThat(leak.to()).isEqualTo(to);
              assertThat(leak.datum()).isEqualTo(datum);
              assertThat(leak.rule()).isEqualTo(rule);
              assertThat(leak.trace().from()).isEqualTo(from);
              assertThat(leak.trace().seq()).isEqualTo(seq);
            });
  }
}
