package org.actsandbox.sandbox.edge;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.SignedContent;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.doctor.act.JsonStyle;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests that an answer to a wrong request says all that is wrong with it. */
class RequestMistakeTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");

  private World world;

  @BeforeEach
  void newWorld() {
    world = server.newWorld(NOW);
  }

  @Test
  void anIntentIsRefusedWithAllItsMistakes() {
    var intent = intent();
    intent.put("max_price", "10");
    var need = (ObjectNode) intent.at("/context/explicit_needs/0");
    need.remove("passengers");
    need.put("dat", "2026-11-26").remove("date");
    ((ObjectNode) intent.path("context")).putObject("constraints").put("max_prise", "1");
    var answer = intents(Json.write(SignedJson.sign(intent, world.signer(World.AGENT))));

    assertThat(answer.status()).isEqualTo(400);
    var details = answer.json().at("/error/details");
    assertThat(details.path("code").asString()).isEqualTo("intent_malformed");
    assertThat(details.path("help_url").asString()).isEqualTo("/errors#intent_malformed");
    assertThat(details.path("errors").valueStream().map(RequestMistakeTests::mistake))
        .containsExactly(
            "max_price unknown",
            "context.explicit_needs[0].dat unknown",
            "context.explicit_needs[0].date missing",
            "context.explicit_needs[0].passengers missing",
            "context.constraints.max_prise unknown");
    assertThat(details.at("/errors/1/remedy").asString()).isEqualTo("Did you mean date?");
  }

  @Test
  void theValuesOfANeedAreRefusedTogether() {
    var intent = intent();
    ((ObjectNode) intent.at("/context/explicit_needs/0"))
        .put("passengers", 0)
        .put("seat_class", "royal")
        .put("sort", "nicest");
    var answer = intents(Json.write(SignedJson.sign(intent, world.signer(World.AGENT))));
    assertThat(
            answer
                .json()
                .at("/error/details/errors")
                .valueStream()
                .map(RequestMistakeTests::mistake))
        .containsExactly(
            "context.explicit_needs[0].passengers wrong_value",
            "context.explicit_needs[0].seat_class wrong_value",
            "context.explicit_needs[0].sort wrong_value");
  }

  /** Checks the control API, whose bodies the framework reads. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"seeed": "x", "principal": {"lang": "zh", "balance": {}}}         | seeed unknown, principal.lang unknown, principal.balance wrong_form
          {"seeed": "x", "agent": "none", "principal": {"balance": 5, "language": "fr"}} | seeed unknown, principal.balance wrong_form, principal.language wrong_value, agent wrong_value
          {"principals": [{"name": 7, "balance": "-1"}, {"name": "A B"}], "seed": 42} | seed wrong_form, principals[0].name wrong_form, principals[0].balance wrong_value, principals[1].name wrong_value
          {"agent": "none", "model": "own", "principal": {"balance": "-1", "language": "fr"}} | principal.language wrong_value, principal.balance wrong_value, agent wrong_value, model wrong_value
          """)
  void aWorldIsRefusedWithAllItsMistakes(String body, String mistakes) {
    var answer = server.post("/api/worlds", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(
            String.join(
                ", ",
                answer
                    .json()
                    .path("errors")
                    .valueStream()
                    .map(RequestMistakeTests::mistake)
                    .toList()))
        .isEqualTo(mistakes);
    assertThat(answer.json().path("help_url").asString()).isEqualTo("/errors#invalid_field");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"ul": "x", "url": "ftp://x", "id": "A B", "name": 5, "kind": "plane"} | ul unknown, name wrong_form, url wrong_value, id wrong_value, kind wrong_value
          {"url": "ftp://x", "level": "top", "resource": "x"} | url wrong_value, level wrong_value, resource wrong_value
          {"id": "A B"} | url missing, id wrong_value
          """)
  void aMerchantIsRefusedWithAllItsMistakes(String body, String mistakes) {
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/merchants",
            body,
            bearer(world.roleKey(Role.OPERATOR, null)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(
            String.join(
                ", ",
                answer
                    .json()
                    .path("errors")
                    .valueStream()
                    .map(RequestMistakeTests::mistake)
                    .toList()))
        .isEqualTo(mistakes);
  }

  /** Checks that each body is refused once, with the mistakes of its form and of its values. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PUT  | /clock    | {"mod": "x", "mode": "fast", "now": "soon"} | mod unknown, now wrong_form, mode wrong_value
          POST | /faults   | {"nam": 1, "name": "none", "participant": 5, "probability": 7, "after": -1} | nam unknown, participant wrong_form, probability wrong_value, after wrong_value, name wrong_value
          POST | /faults   | {"name": "error_status", "participant": "A B", "count": 0, "parameters": {"status": "x", "far": 1}} | participant wrong_value, count wrong_value, parameters.status wrong_value, parameters.far wrong_value
          POST | /deliveries/replay | {"since": "", "undelivered_only": "x"} | since wrong_form, undelivered_only wrong_form
          """)
  void anOrderToTheWorldIsRefusedWithAllItsMistakes(
      String method, String path, String body, String mistakes) {
    var answer =
        server.send(
            method, "/api/worlds/" + world.name() + path, body, bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("errors").valueStream().map(RequestMistakeTests::mistake))
        .containsExactlyInAnyOrder(mistakes.split(", "));
  }

  /** Checks the same for messages of participants, whose signature comes before or after. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /psp/payments           | {"amont": "1", "request_id": "", "instrument_ref": 5, "amount": "-1", "currency": "CNY", "agent_id": "me"} | amont unknown, merchant_order_no missing, instrument_ref wrong_form, timestamp missing, payee missing, bill missing, request_id wrong_value, agent_id wrong_value, amount wrong_value
          /psp/delegated-payments | {"delegation": "D", "delegation_id": "", "amount": "x", "currency": "CNY", "payee": "me", "request_id": "Q", "iac": "i", "merchant_order_no": "R", "agent_id": "did:act:a", "principal_id": "did:act:p", "timestamp": "2026-11-25T01:00:00Z"} | delegation unknown, bill missing, delegation_id wrong_value, payee wrong_value, amount wrong_value
          """)
  void aPaymentIsRefusedWithAllItsMistakes(String path, String body, String mistakes) {
    var answer =
        server.post("/w/" + world.name() + path, body, bearer(world.roleKey(Role.AGENT, null)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(
            answer
                .json()
                .at("/error/details/errors")
                .valueStream()
                .map(RequestMistakeTests::mistake))
        .containsExactlyInAnyOrder(mistakes.split(", "));
  }

  /** Checks parts whose form is free but for being objects; a text there was an error before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          drafts | {"authorization": "x"}                             | authorization
                 | {"content": [], "digest": "d", "pin": "246810"}    | content
          """)
  void aPartThatIsNoObjectIsRefused(String path, String body, String field) {
    var answer =
        server.post(
            "/w/%s/credit-verifier/authorizations%s"
                .formatted(world.name(), path == null ? "" : "/" + path),
            body,
            bearer(world.roleKey(Role.PRINCIPAL, null)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().at("/error/details/field").asString()).isEqualTo(field);
  }

  @Test
  void aCartIsRefusedWithAllItsMistakes() {
    var cart = Json.object().put("request_id", "a b").put("intent_id", "I-1").put("totl", "1");
    cart.put("agent_id", World.AGENT.value()).put("timestamp", NOW.toString());
    cart.put("expected_total", 5).put("currency", "CNY").putArray("lines");
    cart.putObject("fulfilment").put("seet", "1A");
    var answer =
        server.post(
            "/w/" + world.name() + "/merchants/raileast/carts",
            Json.write(SignedJson.sign(cart, world.signer(World.AGENT))));
    assertThat(
            answer
                .json()
                .at("/error/details/errors")
                .valueStream()
                .map(RequestMistakeTests::mistake))
        .containsExactlyInAnyOrder(
            "totl unknown",
            "expected_total wrong_form",
            "request_id wrong_value",
            "fulfilment.seet unknown");
  }

  @Test
  void theOldNameOfTheLanguageIsRefusedWithTheNewOne() {
    var answer = server.post("/api/worlds", "{\"principal\": {\"lang\": \"zh\"}}");
    assertThat(answer.json().path("remedy").asString()).isEqualTo("Did you mean language?");
    assertThat(answer.json().path("code").asString()).isEqualTo("invalid_field");
  }

  @Test
  void aBodyThatIsNotReadIsRefused() {
    var rotation = "/api/worlds/" + world.name() + "/participants/raileast/keys";
    var operator = bearer(server.operator(world));
    var refused = server.post(rotation, "{\"jwk\": {\"kty\": \"OKP\"}}", operator);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("field").asString()).isEqualTo("body");
    assertThat(server.post(rotation, " {} ", operator).status()).isEqualTo(201);
    assertThat(server.post(rotation, "", operator).status()).isEqualTo(201);
  }

  @Test
  void moneyOfAWorldIsText() {
    var view =
        server.post(
            "/api/worlds", "{\"principal\": {\"balance\": \"12.5\", \"card_limit\": \"3\"}}");
    assertThat(view.json().at("/principal/balance").isString()).isTrue();
    assertThat(view.json().at("/principal/balance").asString()).isEqualTo("12.50");
    assertThat(view.json().at("/principal/card_limit").asString()).isEqualTo("3.00");
  }

  @Test
  void aWrongSignatureIsRefusedWithWhatWasSeen() throws Exception {
    var signed = SignedJson.sign(intent(), world.signer(World.AGENT));
    var canonical = SignedJson.signedBytes(signed);
    signed.put("intent_id", "I-2");
    var seen = SignedJson.signedBytes(signed);
    var body = Json.write(signed);

    var plain = signature(intents(body));
    assertThat(plain.path("key_id").asString()).isEqualTo("did:act:demo-agent#key-1");
    assertThat(plain.path("canonical_sha256").asString()).isEqualTo(sha256(seen));
    assertThat(plain.path("canonical_length").asInt()).isEqualTo(seen.length);
    assertThat(plain.has("same")).isFalse();

    assertThat(signature(intents(body, SignedContent.HEADER, sha256(canonical))).path("same"))
        .hasToString("false");
    assertThat(signature(intents(body, SignedContent.HEADER, sha256(seen))).path("same"))
        .hasToString("true");
    assertThat(signature(intents(body, SignedContent.HEADER, "?!")).has("same")).isFalse();
    var compared =
        signature(
            intents(
                body,
                SignedContent.HEADER,
                Base64.getUrlEncoder().withoutPadding().encodeToString(canonical)));
    int at = new String(seen, StandardCharsets.UTF_8).indexOf("I-2") + 2;
    assertThat(compared.path("same")).hasToString("false");
    assertThat(compared.path("differs_at").asInt()).isEqualTo(at);
    assertThat(compared.path("canonical_received").asString()).contains("\"I-2\"");
    assertThat(compared.path("canonical_sent").asString()).contains("\"I-1\"");
    assertThat(compared.path("canonical_sent").asString().length()).isLessThanOrEqualTo(48);
  }

  @Test
  void theAnswerNamesTheMistakeInWhatWasSigned() {
    var signed = SignedJson.sign(intent(), world.signer(World.AGENT)).put("intent_id", "I-2");
    var unsigned = signed.deepCopy();
    unsigned.remove(SignedJson.SIGNATURE_CONTENT);
    var pretty = JsonStyle.CANONICAL.in(JsonStyle.Order.ARRIVED).indented("  ").write(unsigned);
    var bytes = pretty.getBytes(StandardCharsets.UTF_8);
    var sent = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var refused = signature(intents(Json.write(signed), SignedContent.HEADER, sent));
    assertThat(refused.path("cause").asString()).isEqualTo("pretty_printed");
  }

  /** Checks that the journal has neither the header nor what the answer quotes. */
  @Test
  void theJournalMasksWhatWasSigned() {
    var signed = SignedJson.sign(intent(), world.signer(World.AGENT));
    var sent =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("my pin is 246810".getBytes(StandardCharsets.UTF_8));
    signed.put("intent_id", "I-2");
    intents(Json.write(signed), SignedContent.HEADER, sent);
    var journal =
        server.get(
            "/api/worlds/" + world.name() + "/journal?limit=50", bearer(server.operator(world)));
    assertThat(journal.text())
        .contains("signature_invalid", "canonical_sha256")
        .doesNotContain(sent, "my pin");
  }

  private SandboxServer.Answer intents(String body, String... headers) {
    return server.post("/w/" + world.name() + "/merchants/raileast/intents", body, headers);
  }

  private static JsonNode signature(SandboxServer.Answer answer) {
    assertThat(answer.json().at("/error/details/code").asString()).isEqualTo("signature_invalid");
    return answer.json().at("/error/details/signature");
  }

  private static String mistake(JsonNode mistake) {
    return mistake.path("field").asString() + " " + mistake.path("reason").asString();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private ObjectNode intent() {
    var request =
        Json.object()
            .put("request_id", "Q-1")
            .put("intent_id", "I-1")
            .put("agent_id", World.AGENT.value())
            .put("timestamp", NOW.toString())
            .put("response_form", "offers");
    request
        .putObject("context")
        .putArray("explicit_needs")
        .addObject()
        .put("kind", "train")
        .put("from", "Hangzhou")
        .put("to", "Shanghai")
        .put("date", "2026-11-26")
        .put("passengers", 1);
    return request;
  }
}
