package org.actsandbox.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests hashes, signatures and form of off-chain records (TSD-2, TSD-3). */
class OffChainRecordTests {

  private final TestRecords world = new TestRecords(HashAlgorithm.SHA_256);
  private final OffChainRecord record = world.record("E-3");

  @Test
  void sm3GivesTheVectorsOfItsStandard() {
    assertThat(hex(HashAlgorithm.SM3, "abc"))
        .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assertThat(hex(HashAlgorithm.SM3, "abcd".repeat(16)))
        .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    assertThat(hex(HashAlgorithm.SHA_256, "abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  /** Checks ACT TSD-3.a. */
  @Test
  void payloadHashCoversTheCanonicalFormFollowedByTheSalt() throws Exception {
    // This JCS text is written by hand: sorted members without spaces.
    var canonical =
        "{\"event_body\":{\"currency\":\"CNY\",\"nr\":\"E-3\",\"total\":\"39.90\"},"
            + "\"participants\":[{\"participant_id\":\"did:act:psp\",\"role\":\"MERCHANT\"},"
            + "{\"on_behalf_of\":\"did:act:psp\",\"participant_id\":\"did:act:keeper\","
            + "\"role\":\"ATTESTATION_PROVIDER\"}]}";
    var digest = MessageDigest.getInstance("SHA-256");
    digest.update(canonical.getBytes(StandardCharsets.UTF_8));
    digest.update(Base64.getUrlDecoder().decode(record.salt()));
    assertThat(record.payloadHash())
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void anotherSaltGivesAnotherHashOfTheSameContent(HashAlgorithm algorithm) {
    var event =
        new AttestationEvent(
            EventType.DECISION_LOGGED,
            TestRecords.NOW,
            RecordLinks.ofIntent("I"),
            List.of(Party.of(TestRecords.AGENT, Party.Role.PAYER_AGENT)),
            Json.object().put("a", 1));
    var first = of(event, algorithm, new byte[16]);
    var salt = new byte[16];
    salt[15] = 1;
    assertThat(of(event, algorithm, salt).payloadHash()).isNotEqualTo(first.payloadHash());
    assertThat(of(event, algorithm, new byte[16])).isEqualTo(first);
    assertThat(first.computedHash()).hasValue(first.payloadHash());
    assertThatThrownBy(() -> of(event, algorithm, new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private OffChainRecord of(AttestationEvent event, HashAlgorithm algorithm, byte[] salt) {
    return OffChainRecord.of(
        event,
        new OffChainRecord.Creation("E", TestRecords.NOW, List.of(), salt, algorithm),
        world.pair(TestRecords.AGENT));
  }

  @Test
  void anotherParticipantSignsToo() {
    var both = record.signedBy(world.pair(TestRecords.KEEPER));
    assertThat(both.signatures()).hasSize(2);
    assertThat(both.recordDigest()).isEqualTo(record.recordDigest());
    assertThat(both.signedBy(world.pair(TestRecords.KEEPER))).isEqualTo(both);
    var second = both.signatures().getLast();
    assertThat(both.isSignedBy(second, world.pair(TestRecords.KEEPER).publicKey())).isTrue();
    assertThat(both.isSignedBy(second, world.pair(TestRecords.PSP).publicKey())).isFalse();
    assertThatThrownBy(() -> record.signedBy(world.pair(TestRecords.AGENT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWrittenRecordIsReadUnchanged() {
    assertThat(RecordCodec.read(Json.bytes(record)))
        .isEqualTo(new RecordCodec.ReadResult.WellFormed(record));
  }

  /** Checks ACT TSD-2.a. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "record_id",
        "event_type",
        "business_time",
        "record_time",
        "version",
        "intent_id",
        "salt",
        "payload_hash",
        "hash_algorithm",
        "participants",
        "event_body",
        "signatures",
        "upstream_records",
        "order_no",
        "trade_no"
      })
  void aRecordWithoutARequiredMemberIsMalformed(String field) {
    var tree = (ObjectNode) Json.tree(record);
    tree.remove(field);
    assertThat(RecordCodec.read(tree)).isInstanceOf(RecordCodec.ReadResult.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"salt\": \"AAAA\"}",
        "{\"salt\": \"AAAAAAAAAAAAAAAAAAAAAB\"}",
        "{\"event_type\": \"act:commerce:other\"}",
        "{\"business_time\": \"yesterday\"}",
        "{\"version\": \"9.0\"}",
        "{\"participants\": []}",
        "{\"participants\": [{\"participant_id\": \"did:act:psp\", \"role\": \"KING\"}]}",
        "{\"participants\": [null]}",
        "{\"signatures\": []}",
        "{\"signatures\": [{}]}",
        "{\"upstream_records\": [7]}",
        "{\"more\": 1}",
        "{\"event_body\": []}"
      })
  void aRecordWithAMemberOfWrongFormIsMalformed(String change) {
    var tree = (ObjectNode) Json.tree(record);
    Json.parse(change).properties().forEach(each -> tree.set(each.getKey(), each.getValue()));
    assertThat(RecordCodec.read(tree)).isInstanceOf(RecordCodec.ReadResult.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "7", "{\"a\": 1, \"a\": 2}"})
  void textThatIsNoJsonObjectIsMalformed(String text) {
    assertThat(RecordCodec.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RecordCodec.ReadResult.Malformed.class);
  }

  /** Checks ACT TSD-1.a. */
  @Test
  void theTenEventsHaveTheStandardsNames() {
    assertThat(EventType.values())
        .extracting(EventType::code)
        .containsExactlyInAnyOrder(
            "act:delegation:intent-created",
            "act:delegation:delegation-issued",
            "act:delegation:delegation-suspended",
            "act:delegation:delegation-resumed",
            "act:delegation:delegation-revoked",
            "act:delegation:delegation-expired",
            "act:commerce:decision-logged",
            "act:commerce:cart-confirmed",
            "act:commerce:fulfillment-completed",
            "act:payment:transaction-completed");
  }

  /** Checks ACT TSD-2.d. */
  @Test
  void anEventNeedsItsIdentifiers() {
    assertThatThrownBy(
            () ->
                new AttestationEvent(
                    EventType.TRANSACTION_COMPLETED,
                    TestRecords.NOW,
                    RecordLinks.ofIntent("I"),
                    List.of(Party.of(TestRecords.PSP, Party.Role.PSP)),
                    Json.object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String hex(HashAlgorithm algorithm, String text) {
    return HexFormat.of().formatHex(algorithm.digest(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
