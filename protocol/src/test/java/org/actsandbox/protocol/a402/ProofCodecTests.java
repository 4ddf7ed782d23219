package org.actsandbox.protocol.a402;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.actsandbox.protocol.identity.Es256KeyPair;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.Rsa2KeyPair;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.TestKeys;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that proofs have one form, the key's own algorithm and no other header members. */
class ProofCodecTests {

  private static final String KID = "did:act:sandbox-pay#key-1";
  private static final Signer PSP = TestKeys.ed25519(KID, 3);
  private static final KeySet KEYS = KeySet.of(List.of(TestKeys.ed25519(KID, 3).publicKey()));
  private static final ProofClaims CLAIMS = claims("did:act:sandbox-pay");

  @Test
  void readsWhatItWrites() {
    assertThat(ProofCodec.decode(ProofCodec.encode(CLAIMS, PSP), KEYS)).isEqualTo(CLAIMS);
  }

  @Test
  void worksWithEveryAlgorithm() {
    var ec = new Es256KeyPair(KID, TestKeys.P256);
    var rsa = new Rsa2KeyPair(KID, TestKeys.RSA);
    assertThat(ProofCodec.decode(ProofCodec.encode(CLAIMS, ec), KeySet.of(List.of(ec.publicKey()))))
        .isEqualTo(CLAIMS);
    assertThat(
            ProofCodec.decode(ProofCodec.encode(CLAIMS, rsa), KeySet.of(List.of(rsa.publicKey()))))
        .isEqualTo(CLAIMS);
    assertRefused(ProofCodec.encode(CLAIMS, ec));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\"}",
        "{\"alg\":\"HS256\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\"}",
        "{\"alg\":\"ES256\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\"}",
        "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"KID\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"KID\"}",
        "{\"alg\":\"EdDSA\",\"typ\":\"act-payment-proof+jwt\"}",
        "{\"alg\":\"EdDSA\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"did:act:sandbox-pay#key-9\"}",
        "{\"alg\":\"EdDSA\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\",\"crit\":[\"exp\"],\"exp\":1}",
        "{\"alg\":\"EdDSA\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\",\"b64\":false,\"crit\":[\"b64\"]}",
        "{\"alg\":\"EdDSA\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\",\"jku\":\"http://x/\"}",
        "{\"alg\":\"EdDSA\",\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\",\"x\":1}",
        "{\"typ\":\"act-payment-proof+jwt\",\"kid\":\"KID\"}",
        "[]",
        "nothing",
      })
  void refusesOtherHeadersEvenWhenSigned(String header) {
    assertRefused(wrapped(header.replace("KID", KID), payload(), PSP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "====", "not base64url!", "YQ", "YS5iLmM", "YS5iLmMuZA", "YWJj\n", "Li4"})
  void refusesOtherForms(String proof) {
    assertRefused(proof);
  }

  @Test
  void refusesASecondSpelling() {
    var proof = ProofCodec.encode(CLAIMS, PSP);
    assertRefused(proof + "=");
    assertRefused(proof + "A".repeat(4096));
    assertRefused(new String(Base64.getUrlDecoder().decode(proof), StandardCharsets.US_ASCII));
  }

  @Test
  void refusesClaimsThatWereChangedOrAreMissing() {
    var compact =
        new String(
            Base64.getUrlDecoder().decode(ProofCodec.encode(CLAIMS, PSP)),
            StandardCharsets.US_ASCII);
    var parts = compact.split("\\.", -1);
    var more = payload().replace("\"87.50\"", "\"0.01\"");
    assertRefused(wrap(parts[0] + "." + base64(more) + "." + parts[2]));
    var header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.US_ASCII);
    assertRefused(wrapped(header, "{}", PSP));
    assertRefused(wrapped(header, "[]", PSP));
    assertRefused(wrapped(header, payload().replace("\"aud\"", "\"x\""), PSP));
    assertRefused(ProofCodec.encode(CLAIMS, TestKeys.ed25519(KID, 4)));
  }

  @Test
  void refusesAnIssuerThatIsNotTheSigner() {
    assertRefused(ProofCodec.encode(claims("did:act:other-pay"), PSP));
  }

  /** Proofs that this process signed are not parsed again, so both ways must give the same. */
  @Test
  void readsItsOwnProofsAsThoseOfOthers() {
    var random = new Random(7);
    for (int i = 0; i < 500; i++) {
      var claims = random(random);
      var own = ProofCodec.encode(claims, PSP);
      var other =
          wrapped(
              "{\"kid\":\"%s\", \"alg\":\"EdDSA\",\"typ\":\"%s\"}".formatted(KID, ProofCodec.TYPE),
              Json.write(claims),
              PSP);
      assertThat(other).isNotEqualTo(own);
      assertThat(ProofCodec.decode(own, KEYS))
          .isEqualTo(ProofCodec.decode(other, KEYS))
          .isEqualTo(claims);
      // A second reader of the same proof.
      assertThat(ProofCodec.decode(own, KEYS)).isEqualTo(claims);
    }
  }

  @Test
  void refusesItsOwnProofsLikeThoseOfOthers() {
    var lacking = Json.read(payload().replace("\"aud\"", "\"x\""), ProofClaims.class);
    assertRefused(ProofCodec.encode(lacking, PSP));
    var large = Json.read(payload().replace("luma-mart", "m".repeat(4096)), ProofClaims.class);
    assertRefused(ProofCodec.encode(large, PSP));
    var proof = ProofCodec.encode(CLAIMS, PSP);
    assertThat(ProofCodec.decode(proof, KEYS)).isEqualTo(CLAIMS);
    var withdrawn =
        KeySet.of(List.of(TestKeys.ed25519("did:act:sandbox-pay#key-2", 3).publicKey()));
    assertRefused(proof, withdrawn);
    var replaced = KeySet.of(List.of(TestKeys.ed25519(KID, 4).publicKey()));
    assertRefused(proof, replaced);
  }

  private static ProofClaims random(Random random) {
    return new ProofClaims(
        "did:act:sandbox-pay",
        text(random),
        text(random),
        text(random),
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
        Instant.ofEpochSecond(random.nextInt()),
        text(random),
        text(random),
        text(random),
        "87.50",
        "CNY",
        "GET",
        text(random),
        text(random),
        random.nextBoolean() ? null : text(random),
        random.nextBoolean() ? null : text(random));
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(12), 1, 0x1F700)
        .filter(each -> !Character.isSurrogate((char) each) || each > 0xFFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void assertRefused(String proof) {
    assertRefused(proof, KEYS);
  }

  private static void assertRefused(String proof, KeySet keys) {
    var refusal = catchThrowableOfType(Refusal.class, () -> ProofCodec.decode(proof, keys));
    assertThat(refusal).isNotNull();
    assertThat(refusal.problem()).isEqualTo(Problem.PROOF_INVALID);
    assertThat(refusal.expected()).isNotBlank();
  }

  private static String payload() {
    return Json.write(CLAIMS);
  }

  private static String wrapped(String header, String payload, Signer signer) {
    var input = base64(header) + "." + base64(payload);
    var signature = signer.sign(input.getBytes(StandardCharsets.US_ASCII));
    return wrap(input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
  }

  private static String wrap(String compact) {
    return base64(compact);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ProofClaims claims(String issuer) {
    return new ProofClaims(
        issuer,
        "did:act:demo-agent",
        "did:act:luma-mart",
        "P-1",
        Instant.parse("2026-03-02T01:00:00Z"),
        Instant.parse("2026-03-03T01:00:00Z"),
        "T-1",
        "S-1",
        "fulfilment/S-1",
        "87.50",
        "CNY",
        "GET",
        "sha-256:x",
        "sha-256:y",
        null,
        null);
  }
}
