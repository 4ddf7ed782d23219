package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An off-chain attestation record in its six parts: metadata, links, privacy, participants, event
 * body, signatures (ACT TSD-2). Never changed once made, but for signatures added.
 *
 * @param upstreamRecords ids of the records of what caused this
 * @param salt base64url of at least 16 random bytes
 * @param payloadHash base64url of H(JCS({event_body, participants}) || salt), ACT TSD-3
 */
public record OffChainRecord(
    String recordId,
    EventType eventType,
    Instant businessTime,
    Instant recordTime,
    String version,
    String intentId,
    @Nullable String delegationId,
    @Nullable String orderNo,
    @Nullable String tradeNo,
    List<String> upstreamRecords,
    String salt,
    String payloadHash,
    String hashAlgorithm,
    List<Party> participants,
    ObjectNode eventBody,
    List<RecordSignature> signatures) {

  public static final String VERSION = "1.0";

  /** 128 bits, as the standard asks for at least. */
  public static final int MIN_SALT_BYTES = 16;

  public OffChainRecord {
    upstreamRecords = List.copyOf(upstreamRecords);
    participants = List.copyOf(participants);
    signatures = List.copyOf(signatures);
  }

  /**
   * What makes a record of an occurrence.
   *
   * @param salt fresh for every record
   */
  @SuppressWarnings("ArrayRecordComponent") // made and used at once
  public record Creation(
      String recordId,
      Instant recordTime,
      List<String> upstream,
      byte[] salt,
      HashAlgorithm algorithm) {

    public Creation {
      if (salt.length < MIN_SALT_BYTES) {
        throw new IllegalArgumentException("a salt has at least 128 bits");
      }
    }
  }

  /** A record with the signature of the one who reports. */
  public static OffChainRecord of(
      AttestationEvent attestationEvent, OffChainRecord.Creation creation, Signer reporter) {
    if (!reporter.did().equals(attestationEvent.reporter())) {
      throw new IllegalArgumentException("only the reporter signs first");
    }
    var recordLinks = attestationEvent.links();
    var unsigned =
        new OffChainRecord(
            creation.recordId(),
            attestationEvent.type(),
            attestationEvent.at(),
            creation.recordTime(),
            VERSION,
            recordLinks.intentId(),
            recordLinks.delegationId(),
            recordLinks.orderNo(),
            recordLinks.tradeNo(),
            creation.upstream(),
            Base64Url.encode(creation.salt()),
            creation
                .algorithm()
                .base64Url(
                    payload(attestationEvent.body(), attestationEvent.parties()), creation.salt()),
            creation.algorithm().code(),
            attestationEvent.parties(),
            attestationEvent.body(),
            List.of());
    return unsigned.signedBy(reporter);
  }

  /**
   * With the signature of one more participant; the same one again changes nothing.
   *
   * @throws IllegalArgumentException for somebody who took no part
   */
  public OffChainRecord signedBy(Signer participant) {
    if (participants.stream().noneMatch(each -> each.participantId().equals(participant.did()))) {
      throw new IllegalArgumentException(participant.did() + " took no part in " + recordId);
    }
    var signature =
        new RecordSignature(
            participant.signerId(),
            participant.type().name(),
            Base64Url.encode(participant.sign(signedBytes())),
            RecordSignature.COVERED);
    return signatures.contains(signature) ? this : with(signature);
  }

  /** With a signature made elsewhere; {@link #isSignedBy} tells whether it is good. */
  public OffChainRecord with(RecordSignature signature) {
    var more = new ArrayList<>(signatures);
    more.add(signature);
    return new OffChainRecord(
        recordId,
        eventType,
        businessTime,
        recordTime,
        version,
        intentId,
        delegationId,
        orderNo,
        tradeNo,
        upstreamRecords,
        salt,
        payloadHash,
        hashAlgorithm,
        participants,
        eventBody,
        more);
  }

  public RecordLinks links() {
    return new RecordLinks(intentId, delegationId, orderNo, tradeNo);
  }

  /** The payload hash as it follows from the content; empty for an algorithm nobody knows. */
  public Optional<String> computedHash() {
    return HashAlgorithm.find(hashAlgorithm)
        .map(algorithm -> algorithm.base64Url(payload(eventBody, participants), saltBytes()));
  }

  /**
   * Ours: a digest of everything but the signatures, so that the anchor also binds what neither
   * payload hash nor signatures cover: event type, record time, links and upstream records.
   */
  public String recordDigest() {
    var content = (ObjectNode) Json.tree(this);
    content.remove("signatures");
    return HashAlgorithm.find(hashAlgorithm)
        .orElse(HashAlgorithm.SHA_256)
        .base64Url(CanonicalJson.bytes(content));
  }

  /** The bytes every signature covers: JCS of the five fields (ACT TSD-3). */
  public byte[] signedBytes() {
    var covered = Json.object();
    covered.set("event_body", eventBody);
    covered.set("participants", Json.tree(participants));
    covered.put("salt", salt);
    covered.put("record_id", recordId);
    covered.put("business_time", businessTime.toString());
    return CanonicalJson.bytes(covered);
  }

  /** Whether {@code signature} is one over this record by the key it names. */
  public boolean isSignedBy(RecordSignature signature, VerificationKey key) {
    return signature.coveredFields().equals(RecordSignature.COVERED)
        && signature.signerId().equals(key.signerId())
        && signature.signatureType().equals(key.type().name())
        && Base64Url.decode(signature.signatureValue())
            .filter(bytes -> key.verifies(signedBytes(), bytes))
            .isPresent();
  }

  /** At least 128 bits in one spelling. */
  public boolean hasSoundSalt() {
    return Base64Url.decode(salt).filter(bytes -> bytes.length >= MIN_SALT_BYTES).isPresent();
  }

  private byte[] saltBytes() {
    return Base64Url.decode(salt).orElse(new byte[0]);
  }

  private static byte[] payload(JsonNode body, List<Party> participants) {
    var payload = Json.object();
    payload.set("event_body", body);
    payload.set("participants", Json.tree(participants));
    return CanonicalJson.bytes(payload);
  }
}
