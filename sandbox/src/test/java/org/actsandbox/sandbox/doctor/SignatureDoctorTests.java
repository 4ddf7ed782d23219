package org.actsandbox.sandbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.Examination.Kind;
import org.actsandbox.sandbox.doctor.alipay.GatewayMatrixTests;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tests what the doctor recognizes in a pasted text, and how long it takes at most. */
class SignatureDoctorTests {

  private static final Ed25519KeyPair AGENT = key(1);
  private static final DoctorKeys KEYS =
      new DoctorKeys(
          IntStream.rangeClosed(1, 60).mapToObj(i -> KnownKey.of(key(i).publicKey())).toList(),
          GatewayMatrixTests.parties());

  private static Ed25519KeyPair key(int number) {
    var seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return new Ed25519KeyPair("did:act:agent-" + number + "#key-1", seed);
  }

  private static Examination examined(String text) {
    return SignatureDoctor.of(KEYS).examine(text);
  }

  private static ObjectNode message() {
    return SignedJson.sign(Json.object().put("request_id", "r1").put("amount", "1.00"), AGENT);
  }

  @Test
  void recognizesWhatIsPasted() {
    GatewayMatrixTests.rightTexts()
        .forEach(
            (kind, text) -> {
              var examination = examined(text);
              assertThat(examination.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(kind);
              assertThat(examination.isFaultless()).as(kind).isTrue();
            });
    assertThat(examined(GatewayMatrixTests.requestText(true)).isFaultless()).isTrue();
    assertThat(examined(Json.write(message())).isFaultless()).isTrue();
    var header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Json.bytes(Json.object().set("protocol", message())));
    assertThat(examined(header).isFaultless()).isTrue();
    assertThat(examined("HTTP/1.1 402 Payment Required\nPayment-Needed: " + header).isFaultless())
        .isTrue();
    assertThat(examined("hello").kind()).isEqualTo(Kind.NOTHING_SIGNED);
    assertThat(examined("{\"a\":1}").kind()).isEqualTo(Kind.NOTHING_SIGNED);
  }

  @Test
  void namesTheFaultOfARequestFromALog() {
    var diagnosis = examined(GatewayMatrixTests.requestText(false)).diagnoses().getFirst();
    assertThat(diagnosis.causes())
        .containsExactly(new NamedCause(SignatureCause.PARAMETER_NOT_SIGNED, "version"));
    assertThat(diagnosis.sdk()).isEqualTo("java");
    assertThat(diagnosis.difference()).isNotNull();
  }

  @Test
  void aTextThatIsNoJsonSaysWhere() {
    var cause = examined("{\"a\":1,\"a\":2}").diagnoses().getFirst().causes().getFirst();
    assertThat(cause.cause()).isEqualTo(SignatureCause.NOT_JSON);
    assertThat(examined("\ufeff" + Json.write(message())).diagnoses().getFirst().causes())
        .containsExactly(new NamedCause(SignatureCause.BYTE_ORDER_MARK, ""));
  }

  /** Checks that no form of a private key is examined, alone or inside of something else. */
  @Test
  void aPrivateKeyIsRefused() {
    var keys = GatewayMatrixTests.keyTexts();
    assertThat(examined(keys.getFirst()).kind()).isEqualTo(Kind.PUBLIC_KEY);
    assertThat(examined(keys.getFirst()).note()).startsWith("9021000100000001 ");
    assertThat(examined(keys.getFirst().substring(0, 200)).diagnoses().getFirst().causes())
        .extracting(NamedCause::cause)
        .containsExactly(SignatureCause.KEY_TEXT_UNUSABLE);
    for (var secret : keys.subList(1, 3)) {
      var refused =
          Stream.of(
              secret,
              "app_private_key=" + secret,
              "{\"appPrivateKey\":\"" + secret + "\"}",
              "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----");
      assertThat(refused).allMatch(text -> examined(text).kind() == Kind.PRIVATE_KEY);
      assertThatThrownBy(() -> KEYS.with("9021000100000001", secret))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining(secret.substring(0, 40));
    }
    var jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"" + "a".repeat(43) + "\",\"x\":\"b\"}";
    assertThat(examined(jwk).kind()).isEqualTo(Kind.PRIVATE_KEY);
  }

  @Test
  void theSignedTextTellsAWrongKeyFromAWrongText() {
    var message = message().put(SignedJson.SIGNATURE_CONTENT, signature("something else"));
    var unknown = examined(Json.write(message)).diagnoses().getFirst();
    assertThat(unknown.causes().getFirst().cause()).isEqualTo(SignatureCause.KEY_OR_TEXT_UNKNOWN);

    var text = withSigned(message, "something else");
    assertThat(text.cause()).isEqualTo(SignatureCause.TEXT_UNKNOWN);
    var right = new String(SignedJson.signedBytes(message), StandardCharsets.UTF_8);
    assertThat(withSigned(message, right).cause()).isEqualTo(SignatureCause.KEY_UNKNOWN);
    assertThat(withSigned(message, right + "\n").cause())
        .isEqualTo(SignatureCause.TRAILING_NEWLINE);
  }

  private static String signature(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(AGENT.sign(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static NamedCause withSigned(ObjectNode message, String signed) {
    return new SignatureDoctor(KEYS, null, signed.getBytes(StandardCharsets.UTF_8), List::of)
        .examine(Json.write(message))
        .diagnoses()
        .getFirst()
        .causes()
        .getFirst();
  }

  /**
   * Examines the dearest cases: a large message that nothing explains, and a request whose text is
   * unknown. The search ends at its limits of comparisons, from which its time follows.
   */
  @Test
  void endsAtItsLimitOfComparisons() {
    var large = Json.object();
    for (int i = 0; i < 120; i++) {
      large.put("member_" + i, "1" + i + ".50").put("text_" + i, "靠窗 <b> / " + i);
    }
    SignedJson.sign(large, AGENT);
    large.put(SignedJson.SIGNATURE_CONTENT, signature("unknown"));
    assertThat(examined(Json.write(large)).diagnoses())
        .singleElement()
        .satisfies(
            diagnosis -> {
              assertThat(diagnosis.complete()).isFalse();
              assertThat(diagnosis.tried()).isBetween(100, 256);
            });
    assertThat(examined(GatewayMatrixTests.requestOfUnknownText()).diagnoses())
        .singleElement()
        .satisfies(diagnosis -> assertThat(diagnosis.tried()).isBetween(100, 5_000));
  }
}
