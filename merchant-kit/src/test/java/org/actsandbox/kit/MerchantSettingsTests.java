package org.actsandbox.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the settings of a merchant, and what can be signed with them alone. */
class MerchantSettingsTests {

  static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  static Map<String, String> values() {
    return new HashMap<>(
        Map.of(
            "ACT_WORLD", "http://localhost:8080/w/demo",
            "ACT_URL", "http://127.0.0.1:9300/",
            "ACT_DID", "did:act:tea-gate",
            "ACT_KEY_ID", "did:act:tea-gate#key-1",
            "ACT_KEY", KEY,
            "ACT_ROLE_KEY", "role-secret",
            "ACT_PSP", "http://localhost:8080/w/demo/psp",
            "ACT_PSP_DID", "did:act:sandbox-pay"));
  }

  @Test
  void theSettingsShowNoKey() {
    var settings = MerchantSettings.of(values());

    assertThat(settings.url()).hasToString("http://127.0.0.1:9300");
    assertThat(settings.toString())
        .contains("did:act:tea-gate#key-1")
        .doesNotContain(KEY, "secret");
  }

  @ParameterizedTest
  @CsvSource({
    "ACT_WORLD,  '',                      ACT_WORLD is missing",
    "ACT_URL,    ftp://localhost,         ACT_URL begins with http",
    "ACT_DID,    tea-gate,                ACT_DID is not a did:act",
    "ACT_KEY_ID, did:act:other#key-1,     ACT_KEY_ID is not a key of did:act:tea-gate",
    "ACT_KEY,    AAEC,                    'ACT_KEY has 3 bytes, not 32'",
    "ACT_KEY,    not base64,              ACT_KEY is missing or not base64url",
    "ACT_PSP,    'http://',               ACT_PSP is not an address"
  })
  void aWrongSettingIsNamed(String name, String value, String message) {
    var values = values();
    values.put(name, value);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MerchantSettings.of(values))
        .withMessageStartingWith(message);
  }

  @Test
  void theEnvironmentWinsOverTheFile(@TempDir Path folder) throws IOException {
    var lines = new StringBuilder("# of another shop\n");
    values().forEach((name, value) -> lines.append(name + " = " + value + "\n"));
    var file = Files.writeString(folder.resolve("shop.env"), lines);

    var settings = MerchantSettings.read(file, Map.of("ACT_URL", "http://127.0.0.1:9301"));

    assertThat(settings.url()).hasToString("http://127.0.0.1:9301");
    assertThat(settings.did()).isEqualTo("did:act:tea-gate");
  }

  @Test
  void aMessageIsSignedOverItsCanonicalForm() {
    var settings = MerchantSettings.of(values());
    var messages = new SignedMessages(settings, new DidResolver(settings.world()));

    var signed = messages.sign(Map.of("b", "2", "a", 1));

    assertThat(signed).contains("\"signer_id\":\"did:act:tea-gate#key-1\"", "signature_content");
    assertThat(new String(SignedMessages.signedBytes(signed), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"a\":1,\"b\":\"2\",\"signature_type\":\"ED25519\","
                + "\"signer_id\":\"did:act:tea-gate#key-1\"}");
  }

  @Test
  void theGateAnswersAnyRequestAndNeverFails() {
    var settings = MerchantSettings.of(values());
    try (var gate = A402Gate.builder(settings).price("0.5").build()) {
      ProtectedResource sold =
          (_, _) -> {
            throw new AssertionError("nothing is paid");
          };

      assertThat(gate.answer(request("GET", "/report", Map.of()), sold).status()).isEqualTo(402);
      assertThat(gate.answer(request("GET", "/a b", Map.of()), sold).status()).isEqualTo(400);
      assertThat(gate.answer(request("GET", "*", Map.of()), sold).status()).isEqualTo(400);
      assertThat(gate.answer(request("POST", "/report", Map.of()), sold).status()).isEqualTo(400);
      assertThat(gate.answer(request("GET", "/", Map.of("act-time", "noon")), sold).status())
          .isEqualTo(400);
      assertThat(
              gate.answer(request("GET", "/", Map.of("PAYMENT-PROOF", "x".repeat(9000))), sold)
                  .status())
          .isEqualTo(402);
      for (var path : A402Gate.SERVICE_PATHS) {
        var message = new GateRequest("POST", path, Map.of(), "{".getBytes(StandardCharsets.UTF_8));
        assertThat(gate.serviceMessage(message).status()).as(path).isEqualTo(400);
        assertThat(gate.serviceMessage(request("GET", path, Map.of())).status()).isEqualTo(405);
      }
      assertThat(gate.serviceMessage(request("POST", "/report", Map.of())).status()).isEqualTo(404);
    }
  }

  private static GateRequest request(String method, String target, Map<String, String> headers) {
    var lists = new HashMap<String, java.util.List<String>>();
    headers.forEach((name, value) -> lists.put(name, java.util.List.of(value)));
    return new GateRequest(method, target, lists, new byte[0]);
  }

  @Test
  void aPriceIsAnAmountAboveZero() {
    var builder = A402Gate.builder(MerchantSettings.of(values()));

    assertThatIllegalArgumentException().isThrownBy(() -> builder.price("0.00"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.price("1.005"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.price("-1"));
  }
}
