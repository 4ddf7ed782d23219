package org.actsandbox.protocol.attestation.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.CompactJws;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyHistory;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests the seven steps and results of record verification (TSD-5). */
class RecordVerifierTests {

  private static final URI CHAIN = URI.create("http://localhost/chain");

  private final TestRecords world = new TestRecords(HashAlgorithm.SHA_256);
  private final OffChainRecord record = world.record("E-3");

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void aValidPurchaseIsVerifiedRecordByRecord(HashAlgorithm algorithm) {
    var valid = new TestRecords(algorithm);
    var verifier = new RecordVerifier(valid.keys(), (id, _) -> valid.find(id), TestRecords.KEEPER);
    var result =
        new UpstreamVerifier(
                id ->
                    Optional.ofNullable(valid.records.get(id))
                        .map(Json::bytes)
                        .map(RecordCodec::read),
                verifier)
            .verify("E-4");
    assertThat(result.isVerified()).isTrue();
    assertThat(result.records())
        .extracting(Verification::recordId)
        .containsExactly("E-4", "E-3", "E-2", "E-1");
    assertThat(result.records()).extracting(Verification::height).containsExactly(4L, 3L, 2L, 1L);
  }

  /** Checks ACT TSD-3.b, TSD-5.b, TSD-5.c, TSD-5.d and TSD-5.g. */
  @ParameterizedTest
  @CsvSource({
    "event_body, PAYLOAD_HASH_MISMATCH, payload_changed, RECOMPUTE_HASH",
    "participants, PAYLOAD_HASH_MISMATCH, payload_changed, RECOMPUTE_HASH",
    "salt, PAYLOAD_HASH_MISMATCH, payload_changed, RECOMPUTE_HASH",
    "payload_hash, PAYLOAD_HASH_MISMATCH, payload_changed, RECOMPUTE_HASH",
    "hash_algorithm, PAYLOAD_HASH_MISMATCH, payload_changed, RECOMPUTE_HASH",
    "business_time, SIGNATURE_INVALID, signature_wrong, CHECK_SIGNATURES",
    "signature_value, SIGNATURE_INVALID, signature_wrong, CHECK_SIGNATURES",
    "signature_type, SIGNATURE_INVALID, signature_wrong, CHECK_SIGNATURES",
    "covered_fields, SIGNATURE_INVALID, signature_wrong, CHECK_SIGNATURES",
    "signer_id, PUBLIC_KEY_UNAVAILABLE, key_not_found, OBTAIN_KEYS",
    "event_type, CHAIN_HASH_MISMATCH, anchor_differs, CHECK_ANCHOR",
    "record_time, CHAIN_HASH_MISMATCH, anchor_differs, CHECK_ANCHOR",
    "intent_id, CHAIN_HASH_MISMATCH, anchor_differs, CHECK_ANCHOR",
    "order_no, CHAIN_HASH_MISMATCH, anchor_differs, CHECK_ANCHOR",
    "trade_no, CHAIN_HASH_MISMATCH, anchor_differs, CHECK_ANCHOR",
    "delegation_id, CHAIN_HASH_MISMATCH, anchor_differs, CHECK_ANCHOR",
    "upstream_records, CHAIN_HASH_MISMATCH, anchor_differs, CHECK_ANCHOR"
  })
  void everyChangeIsFoundInItsStep(
      String field, VerificationResult result, String reason, VerificationStep step) {
    var found = verify(changed(field));
    assertThat(found.result()).as(String.valueOf(found)).isEqualTo(result);
    var failure = Objects.requireNonNull(found.reason());
    assertThat(failure.code()).isEqualTo(reason);
    assertThat(failure.step()).isEqualTo(step);
    assertThat(found.detail()).isNotBlank();
  }

  private RecordCodec.ReadResult changed(String field) {
    var tree = (ObjectNode) Json.tree(record);
    var signature = (ObjectNode) tree.path("signatures").path(0);
    switch (field) {
      case "event_body" -> ((ObjectNode) tree.path("event_body")).put("total", "39.91");
      case "participants" -> ((ObjectNode) tree.path("participants").path(1)).put("role", "PSP");
      case "salt" -> tree.put("salt", "AAAAAAAAAAAAAAAAAAAAAA");
      case "payload_hash" -> tree.put("payload_hash", "A".repeat(43));
      case "hash_algorithm" -> tree.put("hash_algorithm", "SM3");
      case "business_time" -> tree.put("business_time", "2026-03-02T01:00:00.001Z");
      case "record_time" -> tree.put("record_time", "2026-03-02T01:00:09Z");
      case "event_type" -> tree.put("event_type", EventType.FULFILLMENT_COMPLETED.code());
      case "signature_value" -> signature.put("signature_value", "A".repeat(86));
      case "signature_type" -> signature.put("signature_type", "RSA2");
      case "covered_fields" -> signature.putArray("covered_fields").add("event_body");
      case "signer_id" -> signature.put("signer_id", "did:act:stranger#key-1");
      case "upstream_records" -> tree.putArray("upstream_records").add("E-1");
      default -> tree.put(field, "another");
    }
    return RecordCodec.read(tree);
  }

  /** Checks ACT TSD-5.a. */
  @Test
  void theFirstStepThatFailsDecides() {
    var tree = (ObjectNode) Json.tree(record);
    ((ObjectNode) tree.path("event_body")).put("total", "0.01");
    ((ObjectNode) tree.path("signatures").path(0)).put("signature_value", "A".repeat(86));
    assertThat(verify(RecordCodec.read(tree)).result())
        .isEqualTo(VerificationResult.PAYLOAD_HASH_MISMATCH);
    ((ObjectNode) tree.path("signatures").path(0)).put("signer_id", "did:act:psp#key-9");
    assertThat(verify(RecordCodec.read(tree)).result())
        .isEqualTo(VerificationResult.PUBLIC_KEY_UNAVAILABLE);
    tree.remove("event_body");
    assertThat(verify(RecordCodec.read(tree)).reason())
        .isEqualTo(VerificationFailure.RECORD_MALFORMED);
  }

  /** Checks ACT TSD-2.h. */
  @Test
  void onlyParticipantsSignAndTheReporterDoes() {
    var stranger = world.pair(TestRecords.AGENT);
    var byStranger = record.with(signature(stranger));
    assertThat(verifier().verify(byStranger).reason())
        .isEqualTo(VerificationFailure.SIGNER_TOOK_NO_PART);
    assertThat(verifier().verify(byStranger).signer()).isEqualTo("did:act:agent#key-1");
    var tree = (ObjectNode) Json.tree(record);
    tree.putArray("signatures").add(Json.tree(signature(world.pair(TestRecords.KEEPER))));
    assertThat(verify(RecordCodec.read(tree)).reason())
        .isEqualTo(VerificationFailure.REPORTER_DID_NOT_SIGN);
    assertThat(verifier().verify(record.signedBy(world.pair(TestRecords.KEEPER))).isVerified())
        .isTrue();
  }

  private RecordSignature signature(Signer signer) {
    return new RecordSignature(
        signer.signerId(),
        signer.type().name(),
        Base64Url.encode(signer.sign(record.signedBytes())),
        RecordSignature.COVERED);
  }

  /** Checks ACT TSD-5.e, TSD-5.g and TSD-5.h. */
  @Test
  void anOutageIsNeverAMismatch() {
    var asked = new AtomicInteger();
    AnchorSource silent =
        (_, limit) -> {
          assertThat(limit).isEqualTo(RecordVerifier.ANCHOR_LIMIT);
          asked.incrementAndGet();
          throw new NoAnswerException(CHAIN, true, new IOException("silence"));
        };
    var found = new RecordVerifier(world.keys(), silent, TestRecords.KEEPER).verify(record);
    assertThat(found.result()).isEqualTo(VerificationResult.ANCHOR_QUERY_TIMEOUT);
    assertThat(found.result().isInconclusive()).isTrue();
    assertThat(asked).hasValue(1 + RecordVerifier.ANCHOR_RETRIES);

    KeyHistory noAnswer =
        (_, _) -> {
          throw new NoAnswerException(CHAIN, false, null);
        };
    var keyless = new RecordVerifier(noAnswer, (id, _) -> world.find(id), TestRecords.KEEPER);
    assertThat(keyless.verify(record).reason()).isEqualTo(VerificationFailure.KEYS_NOT_ANSWERING);
    assertThat(keyless.verify(record).result())
        .isEqualTo(VerificationResult.PUBLIC_KEY_UNAVAILABLE);
  }

  @Test
  void aChainThatAnswersTheLastRetryIsAccepted() {
    var asked = new AtomicInteger();
    AnchorSource slow =
        (id, _) -> {
          if (asked.incrementAndGet() <= RecordVerifier.ANCHOR_RETRIES) {
            throw new NoAnswerException(CHAIN, true, null);
          }
          return world.find(id);
        };
    assertThat(
            new RecordVerifier(world.keys(), slow, TestRecords.KEEPER).verify(record).isVerified())
        .isTrue();
  }

  /** Checks ACT TSD-5.d and TSD-5.g. */
  @Test
  void aRecordWithoutAnchorIsNotFoundOnTheChain() {
    var found =
        new RecordVerifier(world.keys(), (_, _) -> Optional.empty(), TestRecords.KEEPER)
            .verify(record);
    assertThat(found.result()).isEqualTo(VerificationResult.ANCHOR_NOT_FOUND);
  }

  /** Checks ACT TSD-5.f. */
  @Test
  void oldKeysVerifyWhatTheySignedInTheirTimeAndNothingElse() {
    world.key(TestRecords.PSP, 1, Instant.EPOCH, TestRecords.NOW.plusSeconds(10));
    world.key(TestRecords.PSP, 2, TestRecords.NOW.plusSeconds(10), null);
    assertThat(verifier().verify(record).isVerified()).isTrue();

    world.key(TestRecords.PSP, 1, Instant.EPOCH, TestRecords.NOW);
    assertThat(verifier().verify(record).reason()).isEqualTo(VerificationFailure.KEY_NOT_FOUND);
    world.key(TestRecords.PSP, 1, TestRecords.NOW.plusMillis(1), null);
    assertThat(verifier().verify(record).result())
        .isEqualTo(VerificationResult.PUBLIC_KEY_UNAVAILABLE);
  }

  /** Checks ACT TSD-4.a and TSD-5.d. */
  @Test
  void theChainsAnswerIsVerified() {
    var good = world.inclusionProof(3);
    assertThat(verifyWithChainAnswer(world.inclusionProof(2)).reason())
        .isEqualTo(VerificationFailure.ANCHOR_DIFFERS);
    assertThat(
            verifyWithChainAnswer(
                    new InclusionProof(good.anchor() + "A", 3, good.path(), good.head()))
                .reason())
        .isEqualTo(VerificationFailure.ANCHOR_BROKEN);
    assertThat(
            verifyWithChainAnswer(new InclusionProof(good.anchor(), 2, good.path(), good.head()))
                .reason())
        .isEqualTo(VerificationFailure.NOT_INCLUDED);
    assertThat(
            verifyWithChainAnswer(new InclusionProof(good.anchor(), 3, List.of(), good.head()))
                .reason())
        .isEqualTo(VerificationFailure.NOT_INCLUDED);
    assertThat(
            verifyWithChainAnswer(
                    new InclusionProof(good.anchor(), 3, List.of("no", "hash"), good.head()))
                .reason())
        .isEqualTo(VerificationFailure.NOT_INCLUDED);
    var forged =
        TreeHead.sign("test", 4, good.head().root(), TestRecords.NOW, world.pair(TestRecords.SHOP));
    assertThat(
            verifyWithChainAnswer(new InclusionProof(good.anchor(), 3, good.path(), forged))
                .reason())
        .isEqualTo(VerificationFailure.HEAD_NOT_SIGNED);
    var later = (ObjectNode) Json.tree(good.head());
    later.put("tree_size", 5);
    var grown = Json.read(later, TreeHead.class);
    assertThat(
            verifyWithChainAnswer(new InclusionProof(good.anchor(), 3, good.path(), grown))
                .reason())
        .isEqualTo(VerificationFailure.HEAD_NOT_SIGNED);
    later.remove("signer_id");
    assertThat(
            verifyWithChainAnswer(
                    new InclusionProof(
                        good.anchor(), 3, good.path(), Json.read(later, TreeHead.class)))
                .reason())
        .isEqualTo(VerificationFailure.CHAIN_KEY_NOT_FOUND);
  }

  @Test
  void anAnchorThatItsSubmitterDidNotSignIsBroken() {
    var anchor = Anchor.of(record, TestRecords.PSP, "shared", TestRecords.NOW);
    var tree = (ObjectNode) Json.tree(anchor);
    tree.put("submitter", TestRecords.SHOP.value());
    var compact = CompactJws.sign(AnchorCodec.TYPE, tree, world.pair(TestRecords.PSP));
    world.append(compact);
    assertThat(verifyWithChainAnswer(world.inclusionProof(5)).reason())
        .isEqualTo(VerificationFailure.ANCHOR_BROKEN);
  }

  @Test
  void missingUpstreamRecordsAreNamed() {
    world.records.remove("E-2");
    var result = verifyChain("E-4");
    assertThat(result.isVerified()).isFalse();
    assertThat(result.missing()).containsExactly("E-2");
    assertThat(result.records()).hasSize(2).allMatch(Verification::isVerified);
  }

  @Test
  void verificationOfACircleOfRecordsEnds() {
    var circle =
        world.make(
            "E-5",
            EventType.DECISION_LOGGED,
            RecordLinks.ofIntent("I-1"),
            TestRecords.AGENT,
            List.of("E-5", "E-4"),
            HashAlgorithm.SHA_256);
    world.records.put("E-5", circle);
    world.anchor(circle);
    assertThat(verifyChain("E-5").records()).hasSize(5);
    assertThat(verifyChain("E-5").isVerified()).isTrue();
  }

  @Test
  void noFlippedBitOfARecordVerifies() {
    var random = new Random(20260302);
    var bytes = Json.bytes(record);
    int explained = 0;
    for (int round = 0; round < 2000; round++) {
      var flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      var found = verify(RecordCodec.read(flipped));
      assertThat(found.isVerified()).as(new String(flipped, StandardCharsets.UTF_8)).isFalse();
      explained += found.detail() == null ? 0 : 1;
    }
    assertThat(explained).isEqualTo(2000);
  }

  private UpstreamVerifier.ChainVerification verifyChain(String recordId) {
    return new UpstreamVerifier(
            id ->
                Optional.ofNullable(world.records.get(id)).map(Json::bytes).map(RecordCodec::read),
            verifier())
        .verify(recordId);
  }

  private Verification verifyWithChainAnswer(InclusionProof answer) {
    return new RecordVerifier(world.keys(), (_, _) -> Optional.of(answer), TestRecords.KEEPER)
        .verify(record);
  }

  private RecordVerifier verifier() {
    return new RecordVerifier(world.keys(), (id, _) -> world.find(id), TestRecords.KEEPER);
  }

  private Verification verify(RecordCodec.ReadResult readResult) {
    return verifier().verify("E-3", readResult);
  }
}
