package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.protocol.identity.Es256KeyPair;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.Rsa2KeyPair;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.TestKeys;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that a credential is verified with public keys alone and has only one spelling. */
class IacCodecTests {

  private static final String KID = TestDelegations.KEY.signerId();
  private static final KeySet KEYS = KeySet.of(List.of(TestDelegations.KEY.publicKey()));

  @Test
  void readsWhatItIssues() {
    var issued = TestDelegations.iac();
    var read = IacCodec.verify(issued.compact(), KEYS);
    assertThat(read.digest()).isEqualTo(issued.digest());
    assertThat(CanonicalJson.text(Json.tree(read.payload())))
        .isEqualTo(CanonicalJson.text(Json.tree(issued.payload())));
    assertThat(read.status()).isEqualTo(TestDelegations.STATUS);
    assertThat(read.controlProofRef()).isEqualTo("sha-256:shown");
    assertThat(read.payload().maxTotal().decimal()).isEqualTo("600.00");
  }

  /** Checks ACT ADD-4.b and ADD-4.c. */
  @Test
  void signsTheCanonicalForm() {
    var bytes = decode(TestDelegations.iac().compact().split("\\.", -1)[1]);
    assertThat(CanonicalJson.bytes(Json.parse(bytes))).isEqualTo(bytes);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\"max_total_amount\":600,");
  }

  @Test
  void worksWithEveryAlgorithm() {
    var ec = new Es256KeyPair(KID, TestKeys.P256);
    var rsa = new Rsa2KeyPair(KID, TestKeys.RSA);
    assertVerifies(issued(ec), ec.publicKey());
    assertVerifies(issued(rsa), rsa.publicKey());
  }

  private static void assertVerifies(String compact, VerificationKey key) {
    var read = IacCodec.verify(compact, KeySet.of(List.of(key)));
    assertThat(read.payload().agentId()).isEqualTo("did:act:demo-agent");
    assertRefused(compact, "algorithm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"alg":"none","kid":"KID","typ":"vc+jwt"}                     | algorithm
          {"alg":"HS256","kid":"KID","typ":"vc+jwt"}                    | algorithm
          {"alg":"ES256","kid":"KID","typ":"vc+jwt"}                    | algorithm
          {"alg":"eddsa","kid":"KID","typ":"vc+jwt"}                    | algorithm
          {"alg":"EdDSA","kid":"KID","typ":"JWT"}                       | another kind of token
          {"alg":"EdDSA","kid":"KID"}                                   | other members
          {"alg":"EdDSA","typ":"vc+jwt"}                                | other members
          {"alg":"EdDSA","kid":"KID","typ":"vc+jwt","crit":["x"],"x":1} | other members
          {"alg":"EdDSA","kid":"KID","typ":"vc+jwt","jwk":{}}           | other members
          {"alg":"EdDSA","alg":"none","kid":"KID","typ":"vc+jwt"}       | not JSON
          {"alg":"EdDSA","kid":"did:act:other#key-1","typ":"vc+jwt"}    | no public key
          []                                                            | not a JSON object
          nothing                                                       | not JSON
          """)
  void refusesOtherHeadersEvenWhenSigned(String header, String why) {
    var payload = decode(TestDelegations.iac().compact().split("\\.", -1)[1]);
    assertRefused(
        signed(header.replace("KID", KID).getBytes(StandardCharsets.UTF_8), payload), why);
  }

  /** Checks ACT ADD-4.a. */
  @Test
  void refusesReserializedJsonEvenWhenSignedAgain() {
    var bytes = decode(TestDelegations.iac().compact().split("\\.", -1)[1]);
    var spaced = new String(bytes, StandardCharsets.UTF_8).replace("\",\"", "\", \"");
    assertRefused(signed(spaced.getBytes(StandardCharsets.UTF_8)), "canonical");
    var pretty = new String(bytes, StandardCharsets.UTF_8).replace(":600,", ":600.00,");
    assertRefused(signed(pretty.getBytes(StandardCharsets.UTF_8)), "canonical");
  }

  @Test
  void refusesAChangedPayloadHeaderOrSignature() {
    var parts = TestDelegations.iac().compact().split("\\.", -1);
    var more =
        new String(decode(parts[1]), StandardCharsets.UTF_8)
            .replace("\"max_total_amount\":600", "\"max_total_amount\":6000");
    assertRefused(parts[0] + "." + encode(more) + "." + parts[2], "signature");
    assertRefused(parts[0] + "." + parts[1] + "." + encode("0".repeat(64)), "signature");
    assertRefused(parts[0] + "." + parts[1] + ".", "signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a.b", "a.b.c.d", "e30=.e30.e30", "e30.e3\n0.e30", "é.b.c"})
  void refusesOtherForms(String compact) {
    assertThat(catchThrowableOfType(Refusal.class, () -> IacCodec.verify(compact, KEYS)).problem())
        .isEqualTo(Problem.IAC_INVALID);
  }

  @Test
  void refusesAForeignKey() {
    assertRefused(issued(TestKeys.ed25519(KID, 8)), "signature");
    var other = KeySet.of(List.of(TestKeys.ed25519("did:act:mallory#key-1", 9).publicKey()));
    assertThatThrownBy(() -> IacCodec.verify(TestDelegations.iac().compact(), other))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void refusesToSignForAnotherDelegator() {
    assertThatThrownBy(() -> issued(TestKeys.ed25519("did:act:mallory#key-1", 9)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          issuer        | did:act:mallory        | contradicts itself in issuer
          id            | urn:act:delegation:D-2 | contradicts itself in id
          validUntil    | 2027-01-01T00:00:00Z   | contradicts itself in validUntil
          issued        | yesterday              | metadata
          """)
  void refusesACredentialThatContradictsItself(String member, String value, String why) {
    assertRefused(changed(credential -> credential.put(member, value)), why);
  }

  @Test
  void refusesFieldsItDoesNotKnowExceptPrivateOnes() {
    assertRefused(changed(c -> subject(c).put("only_on_sundays", true)), "does not know");
    assertRefused(
        changed(c -> ((ObjectNode) subject(c).path("ext")).putObject("time").put("x", 1)),
        "does not know");
    var harmless =
        changed(
            c -> ((ObjectNode) subject(c).path("ext").path("vendor_private")).put("mood", "good"));
    assertThat(IacCodec.verify(harmless, KEYS).payload().delegationId()).isEqualTo("D-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delegation_id",
        "agent_id",
        "validity_start_time",
        "max_total_amount",
        "intent_id"
      })
  void refusesASubjectWithoutARequiredField(String field) {
    assertRefused(changed(c -> subject(c).remove(field)), "");
  }

  private static ObjectNode subject(ObjectNode credential) {
    return (ObjectNode) credential.path("credentialSubject");
  }

  private static String changed(Consumer<ObjectNode> change) {
    var credential =
        (ObjectNode) Json.parse(decode(TestDelegations.iac().compact().split("\\.", -1)[1]));
    change.accept(credential);
    return signed(CanonicalJson.bytes(credential));
  }

  private static String issued(Signer key) {
    return IacCodec.issue(
            TestDelegations.payload(), TestDelegations.STATUS, TestDelegations.FROM, null, key)
        .compact();
  }

  private static String signed(byte[] payload) {
    var header = "{\"alg\":\"EdDSA\",\"kid\":\"" + KID + "\",\"typ\":\"vc+jwt\"}";
    return signed(header.getBytes(StandardCharsets.UTF_8), payload);
  }

  private static String signed(byte[] header, byte[] payload) {
    var input = encode(header) + "." + encode(payload);
    return input
        + "."
        + encode(TestDelegations.KEY.sign(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void assertRefused(String compact, String why) {
    var refused = catchThrowableOfType(Refusal.class, () -> IacCodec.verify(compact, KEYS));
    assertThat(refused.problem()).isEqualTo(Problem.IAC_INVALID);
    assertThat(refused.detail()).contains(why);
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
