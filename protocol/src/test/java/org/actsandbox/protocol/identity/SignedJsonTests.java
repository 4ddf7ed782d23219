package org.actsandbox.protocol.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that signatures cover the received message and use only the key's own algorithm. */
class SignedJsonTests {

  private static final String ED = "did:act:ed#key-1";
  private static final String EC = "did:act:ec#key-1";
  private static final String RSA = "did:act:rsa#key-1";

  private static final Signer ED25519 = TestKeys.ed25519(ED, 7);
  private static final Es256KeyPair ES256 = new Es256KeyPair(EC, TestKeys.P256);
  private static final Rsa2KeyPair RSA2 = new Rsa2KeyPair(RSA, TestKeys.RSA);
  private static final KeySet KEYS =
      KeySet.of(List.of(TestKeys.ed25519(ED, 7).publicKey(), ES256.publicKey(), RSA2.publicKey()));

  static Stream<Signer> signers() {
    return Stream.of(ED25519, ES256, RSA2);
  }

  record Note(
      String text,
      List<Instant> times,
      Map<String, String> more,
      @Nullable String signerId,
      @Nullable String signatureContent,
      @Nullable String signatureType,
      @Nullable Integer absent) {}

  record Unsignable(String text, String signerId) {}

  /** Checks that a record is signed as its tree is, although the tree is not bound again. */
  @Test
  void aSignedRecordIsTheOneThatItsTreeHolds() {
    var note =
        new Note("甲", List.of(Instant.EPOCH), Map.of("b", "2", "a", "1"), null, "old", null, null);
    var tree = SignedJson.sign((ObjectNode) Json.tree(note), ED25519);

    var signed = SignedJson.signed(note, Note.class, ED25519);

    assertThat(signed.message()).isEqualTo(Json.read(tree, Note.class));
    assertThat(signed.message()).isEqualTo(SignedJson.sign(note, Note.class, ED25519));
    assertThat(Json.tree(signed.message())).isEqualTo(tree);
    assertThat(signed.form().bytes()).isEqualTo(CanonicalJson.bytes(tree));
    assertThat(SignedJson.verify(Json.tree(signed.message()), KEYS)).isEqualTo(ED25519.did());
  }

  @Test
  void aRecordWithoutTheSignaturesFieldsIsNotSigned() {
    assertThatThrownBy(() -> SignedJson.sign(new Unsignable("a", ""), Unsignable.class, ED25519))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has not the three signature fields");
  }

  @ParameterizedTest
  @MethodSource("signers")
  void everyAlgorithmVerifiesInAnyOrderOfFields(Signer signer) {
    var signed = SignedJson.sign(Json.object().put("b", "2").put("a", "1"), signer);
    var reordered = Json.object();
    signed.properties().stream()
        .sorted((x, y) -> y.getKey().compareTo(x.getKey()))
        .forEach(entry -> reordered.set(entry.getKey(), entry.getValue()));
    assertThat(SignedJson.verify(reordered, KEYS)).isEqualTo(signer.did());
  }

  @ParameterizedTest
  @MethodSource("signers")
  void anotherAlgorithmsNameIsRefused(Signer signer) {
    for (var type : SignatureType.values()) {
      if (type != signer.type()) {
        var signed = SignedJson.sign(Json.object().put("a", "1"), signer);
        signed.put("signature_type", type.name());
        assertThat(refused(signed)).isEqualTo(Problem.SIGNATURE_TYPE_MISMATCH);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("signers")
  void anotherSignersNameIsRefused(Signer signer) {
    for (var other : List.of(ED, EC, RSA)) {
      if (!other.equals(signer.signerId())) {
        var signed = SignedJson.sign(Json.object().put("a", "1"), signer);
        signed.put("signer_id", other);
        signed.put("signature_type", KEYS.find(other).orElseThrow().type().name());
        assertThat(refused(signed)).isEqualTo(Problem.SIGNATURE_INVALID);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "signer_id, , SIGNATURE_MISSING",
    "signature_type, , SIGNATURE_MISSING",
    "signature_content, , SIGNATURE_MISSING",
    "signer_id, did:act:nobody#key-1, SIGNER_UNKNOWN",
    "signer_id, did:act:ed#key-2, SIGNER_UNKNOWN",
    "signature_type, none, SIGNATURE_TYPE_MISMATCH",
    "signature_type, ed25519, SIGNATURE_TYPE_MISMATCH",
    "signature_content, AAAA, SIGNATURE_INVALID",
    "signature_content, not base64!, SIGNATURE_INVALID",
    "a, 2, SIGNATURE_INVALID",
    "unknown_field, x, SIGNATURE_INVALID",
  })
  void refusesMissingWrongOrUnknownFields(
      String field, @org.jspecify.annotations.Nullable String value, Problem expected) {
    var signed = SignedJson.sign(Json.object().put("a", "1"), ED25519);
    if (value == null) {
      signed.remove(field);
    } else {
      signed.put(field, value);
    }
    assertThat(refused(signed)).isEqualTo(expected);
  }

  @Test
  void aSecondSpellingOfTheSignatureIsRefused() {
    var signed = SignedJson.sign(Json.object().put("a", "1"), ED25519);
    var content = signed.path("signature_content").stringValue();
    signed.put("signature_content", content + "==");
    assertThat(refused(signed)).isEqualTo(Problem.SIGNATURE_INVALID);
    // 64 bytes leave four unused bits in the last of 86 characters.
    char last = content.charAt(85);
    signed.put("signature_content", content.substring(0, 85) + (char) (last + 1));
    assertThat(refused(signed)).isEqualTo(Problem.SIGNATURE_INVALID);
  }

  @Test
  void textThatIsNoObjectIsNotSigned() {
    for (var text : List.of("[]", "\"x\"", "null", "7")) {
      assertThat(
              catchThrowableOfType(Refusal.class, () -> SignedJson.verify(Json.parse(text), KEYS))
                  .problem())
          .isEqualTo(Problem.SIGNATURE_MISSING);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Changes one random character of a signed message. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noticesAnyChange(int seed) {
    var random = new Random(seed);
    var message = Json.object();
    for (int i = 0; i < 4; i++) {
      message.put("f" + i, Integer.toString(random.nextInt(), 36));
    }
    var signed = SignedJson.sign(message, ED25519);
    assertThat(SignedJson.verify(signed, KEYS)).isEqualTo(new Did("did:act:ed"));
    var field = "f" + random.nextInt(4);
    var value = signed.path(field).stringValue().toCharArray();
    int at = random.nextInt(value.length);
    value[at] = (char) (value[at] ^ 1);
    signed.put(field, new String(value));
    assertThat(refused(signed)).isEqualTo(Problem.SIGNATURE_INVALID);
  }

  private static Problem refused(ObjectNode message) {
    return catchThrowableOfType(Refusal.class, () -> SignedJson.verify(message, KEYS)).problem();
  }
}
