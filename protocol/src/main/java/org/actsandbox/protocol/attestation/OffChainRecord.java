package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.CanonicalObject;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An off-chain attestation record in its six parts: metadata, links, privacy, participants, event
 * body and signatures (ACT TSD-2). After it was made, only signatures are added to it.
 *
 * @param businessTime when the event happened
 * @param recordTime when the record was made
 * @param upstreamRecords ids of the records of the events that caused this one
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

  /** The standard requires at least 128 bits. */
  public static final int MIN_SALT_BYTES = 16;

  /** The fields that the payload hash covers. */
  private static final List<String> HASHED = List.of("event_body", "participants");

  public OffChainRecord {
    upstreamRecords = List.copyOf(upstreamRecords);
    participants = List.copyOf(participants);
    signatures = List.copyOf(signatures);
  }

  /**
   * The values that an attestation event needs to become a record.
   *
   * @param upstream ids of the records of the events that caused this one
   * @param salt new random bytes for every record
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

  /**
   * Makes the record of an event, with the signature of its reporter.
   *
   * @throws IllegalArgumentException if the signer is not the event's reporter
   */
  public static OffChainRecord of(AttestationEvent event, Creation creation, Signer reporter) {
    return make(event, creation, reporter).record();
  }

  /**
   * A record that was just made.
   *
   * @param digest the record's {@link #recordDigest()}
   */
  public record Made(OffChainRecord record, String digest) {}

  /**
   * Makes the record as {@link #of} does, and its digest from the same canonical form.
   *
   * @throws IllegalArgumentException if the signer is not the event's reporter
   */
  public static Made make(AttestationEvent event, Creation creation, Signer reporter) {
    if (!reporter.did().equals(event.reporter())) {
      throw new IllegalArgumentException("only the reporter signs first");
    }
    var links = event.links();
    var unsigned =
        new OffChainRecord(
            creation.recordId(),
            event.type(),
            event.at(),
            creation.recordTime(),
            VERSION,
            links.intentId(),
            links.delegationId(),
            links.orderNo(),
            links.tradeNo(),
            creation.upstream(),
            Base64Url.encode(creation.salt()),
            "",
            creation.algorithm().code(),
            event.parties(),
            event.body(),
            List.of());
    var form = CanonicalObject.of(unsigned.content());
    var hash = creation.algorithm().base64Url(form.only(HASHED).bytes(), creation.salt());
    var hashed = form.with("payload_hash", hash);
    return new Made(
        unsigned
            .with(hash, List.of())
            .signedBy(reporter, hashed.only(RecordSignature.COVERED).bytes()),
        creation.algorithm().base64Url(hashed.bytes()));
  }

  /**
   * Returns the record with the signature of one more participant, or this record if it already has
   * that signature.
   *
   * @throws IllegalArgumentException if the signer is not among the participants
   */
  public OffChainRecord signedBy(Signer participant) {
    return signedBy(participant, signedBytes());
  }

  /**
   * @param covered {@link #signedBytes()}
   */
  private OffChainRecord signedBy(Signer participant, byte[] covered) {
    if (participants.stream().noneMatch(each -> each.participantId().equals(participant.did()))) {
      throw new IllegalArgumentException(participant.did() + " took no part in " + recordId);
    }
    var key = participant.key();
    var signature =
        new RecordSignature(
            key.signerId(),
            key.type().name(),
            Base64Url.encode(key.sign(covered)),
            RecordSignature.COVERED);
    return signatures.contains(signature) ? this : with(signature);
  }

  /** Adds a signature without verifying it; {@link #isSignedBy} verifies. */
  public OffChainRecord with(RecordSignature signature) {
    var more = new ArrayList<>(signatures);
    more.add(signature);
    return with(payloadHash, more);
  }

  private OffChainRecord with(String hash, List<RecordSignature> signed) {
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
        hash,
        hashAlgorithm,
        participants,
        eventBody,
        signed);
  }

  public RecordLinks links() {
    return new RecordLinks(intentId, delegationId, orderNo, tradeNo);
  }

  /** Computes the payload hash from the content; empty if the hash algorithm is unknown. */
  public Optional<String> computedHash() {
    return HashAlgorithm.find(hashAlgorithm)
        .map(algorithm -> algorithm.base64Url(payload(eventBody, participants), saltBytes()));
  }

  /**
   * Computes a digest of the whole record without its signatures. Ours: with it the anchor also
   * binds the fields that neither payload hash nor signatures cover, which are event type, record
   * time, links and upstream records.
   */
  public String recordDigest() {
    return HashAlgorithm.find(hashAlgorithm)
        .orElse(HashAlgorithm.SHA_256)
        .base64Url(CanonicalJson.bytes(content()));
  }

  /** Returns the record without its signatures. */
  private ObjectNode content() {
    var content = (ObjectNode) Json.tree(this);
    content.remove("signatures");
    return content;
  }

  /** Returns the bytes that every signature covers: the five fields in JCS form (ACT TSD-3). */
  public byte[] signedBytes() {
    var covered = Json.object();
    covered.set("event_body", eventBody);
    covered.set("participants", Json.tree(participants));
    covered.put("salt", salt);
    covered.put("record_id", recordId);
    covered.put("business_time", businessTime.toString());
    return CanonicalJson.bytes(covered);
  }

  /** Returns the merchant that the record names; empty for a record of the buyer's side alone. */
  public Optional<Did> merchant() {
    return participants.stream()
        .filter(each -> each.role() == Party.Role.MERCHANT)
        .map(Party::participantId)
        .findFirst();
  }

  /** Returns whether {@code signature} names this key and was made with it over this record. */
  public boolean isSignedBy(RecordSignature signature, VerificationKey key) {
    return signature.coveredFields().equals(RecordSignature.COVERED)
        && signature.signerId().equals(key.signerId())
        && signature.signatureType().equals(key.type().name())
        && Base64Url.decode(signature.signatureValue())
            .filter(bytes -> key.verifies(signedBytes(), bytes))
            .isPresent();
  }

  /** Returns whether the salt is base64url of at least {@link #MIN_SALT_BYTES} bytes. */
  boolean hasValidSalt() {
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
