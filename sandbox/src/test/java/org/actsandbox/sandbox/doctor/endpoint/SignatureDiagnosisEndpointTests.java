package org.actsandbox.sandbox.doctor.endpoint;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.doctor.act.JsonStyle;
import org.actsandbox.sandbox.doctor.alipay.GatewayMatrixTests;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests the doctor over HTTP, with the keys and the journal of a world. */
class SignatureDiagnosisEndpointTests {

  private static final SandboxServer server = SandboxServer.shared();

  private World world;
  private String[] operator;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    operator = bearer(server.operator(world));
  }

  private SandboxServer.Answer diagnose(Map<String, Object> request) {
    return server.post(
        "/api/worlds/" + world.name() + "/signature-diagnoses", Json.write(request), operator);
  }

  private JsonNode first(Map<String, Object> request) {
    var answer = diagnose(request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/diagnoses/0");
  }

  /** Makes a message whose text was signed with line breaks. */
  private ObjectNode prettySigned() {
    var signer = world.signer(World.AGENT);
    var message = SignedJson.sign(Json.object().put("request_id", "r1").put("n", 2), signer);
    var unsigned = message.deepCopy();
    unsigned.remove(SignedJson.SIGNATURE_CONTENT);
    var text = JsonStyle.CANONICAL.indented("  ").write(unsigned);
    return message.put(
        SignedJson.SIGNATURE_CONTENT,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(signer.sign(text.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void namesTheCauseWithBothTextsAndTheFirstByte() {
    var diagnosis = first(Map.of("text", Json.write(prettySigned())));

    assertThat(diagnosis.at("/causes/0/code").asString()).isEqualTo("pretty_printed");
    assertThat(diagnosis.at("/causes/0/change").asString()).contains("RFC 8785");
    assertThat(diagnosis.path("signed_by").asString()).isEqualTo("did:act:demo-agent#key-1");
    assertThat(diagnosis.at("/difference/at").asInt()).isEqualTo(1);
    assertThat(diagnosis.path("signed_text").asString()).startsWith("{\n  ");
    assertThat(diagnosis.path("expected_text").asString()).startsWith("{\"n\":2,");
  }

  @Test
  void examinesAnEntryOfTheJournal() {
    var agent = bearer(world.roleKey(Role.AGENT, null));
    server.post("/w/" + world.name() + "/psp/payments", Json.write(prettySigned()), agent);
    long seq = world.journalStore().lastSeq();

    var diagnosis = first(Map.of("journal_seq", seq));

    assertThat(diagnosis.at("/causes/0/code").asString()).isEqualTo("pretty_printed");
    assertThat(diagnose(Map.of("journal_seq", 999_999)).status()).isEqualTo(404);
  }

  /** Checks that the journal does not grow, so nothing pasted can be in it. */
  @Test
  void keepsNothing() {
    long before = world.journalStore().lastSeq();
    diagnose(Map.of("text", Json.write(prettySigned())));
    assertThat(world.journalStore().lastSeq()).isEqualTo(before);
  }

  @Test
  void usesKeysThatTheUserGives() {
    var request = GatewayMatrixTests.requestText(false);
    var unknown = first(Map.of("text", request));
    assertThat(unknown.at("/causes/0/code").asString()).isEqualTo("app_unknown");

    var diagnosis =
        first(
            Map.of(
                "text",
                request,
                "keys",
                List.of(
                    Map.of(
                        "owner",
                        "9021000100000001",
                        "public_key",
                        GatewayMatrixTests.keyTexts().getFirst()))));
    assertThat(diagnosis.at("/causes/0/code").asString()).isEqualTo("parameter_not_signed");
    assertThat(diagnosis.at("/causes/0/fact").asString()).isEqualTo("AIP-240");
    assertThat(diagnosis.at("/causes/0/detail").asString()).isEqualTo("version");
    assertThat(diagnosis.at("/opened/hash").asString()).isEqualTo("SHA-256");
  }

  @Test
  void refusesWhatItCannotExamine() {
    assertThat(diagnose(Map.of()).status()).isEqualTo(400);
    assertThat(diagnose(Map.of("text", "x", "journal_seq", 1)).status()).isEqualTo(400);
    assertThat(diagnose(Map.of("text", " ")).status()).isEqualTo(400);
    var secret = GatewayMatrixTests.keyTexts().getLast();
    var refused = diagnose(Map.of("text", secret));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("private key").doesNotContain(secret.substring(0, 40));
    var asKey =
        diagnose(
            Map.of(
                "text", "{}", "keys", List.of(Map.of("owner", "platform", "public_key", secret))));
    assertThat(asKey.status()).isEqualTo(400);
    assertThat(asKey.json().path("field").asString()).isEqualTo("keys[0].public_key");
    assertThat(server.post("/api/worlds/" + world.name() + "/signature-diagnoses", "{}").status())
        .isEqualTo(401);
  }
}
