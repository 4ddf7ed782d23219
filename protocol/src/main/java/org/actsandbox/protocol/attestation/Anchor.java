package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a record on the chain: identifiers and digests, no business data in clear (ACT
 * TSD-4).
 *
 * @param iat time of the submission, in seconds since 1970
 * @param submitter the participant that submits the anchor; it may differ from the reporter
 * @param privacyChannel the readers of the anchor, see {@link AnchorCodec#SHARED}
 * @param ext exactly one entry, {@link #RECORD_DIGEST}
 */
public record Anchor(
    String recordId,
    String version,
    EventType eventType,
    Instant businessTime,
    long iat,
    String intentId,
    @Nullable String delegationId,
    @Nullable String orderNo,
    @Nullable String tradeNo,
    Did submitter,
    String payloadHash,
    String hashAlgorithm,
    String privacyChannel,
    Map<String, String> ext) {

  /**
   * Ours: this digest binds the fields that the payload hash leaves out, see {@link
   * OffChainRecord#recordDigest()}.
   */
  public static final String RECORD_DIGEST = "record_digest";

  public Anchor {
    ext = Map.copyOf(ext);
  }

  public static Anchor of(OffChainRecord record, Did submitter, String channel, Instant at) {
    return of(record, record.recordDigest(), submitter, channel, at);
  }

  /**
   * Makes the anchor of a record whose digest is known.
   *
   * @param digest {@link OffChainRecord#recordDigest()}
   */
  public static Anchor of(
      OffChainRecord record, String digest, Did submitter, String channel, Instant at) {
    return new Anchor(
        record.recordId(),
        record.version(),
        record.eventType(),
        record.businessTime(),
        at.getEpochSecond(),
        record.intentId(),
        record.delegationId(),
        record.orderNo(),
        record.tradeNo(),
        submitter,
        record.payloadHash(),
        record.hashAlgorithm(),
        channel,
        Map.of(RECORD_DIGEST, digest));
  }

  public RecordLinks links() {
    return new RecordLinks(intentId, delegationId, orderNo, tradeNo);
  }

  /** Returns the first field in which the anchor differs from the record; empty if none does. */
  public Optional<String> difference(OffChainRecord record) {
    if (!recordId.equals(record.recordId())) {
      return Optional.of("record_id");
    }
    if (!payloadHash.equals(record.computedHash().orElse(""))
        || !hashAlgorithm.equals(record.hashAlgorithm())) {
      return Optional.of("payload_hash");
    }
    if (!version.equals(record.version())) {
      return Optional.of("version");
    }
    if (eventType != record.eventType()) {
      return Optional.of("event_type");
    }
    if (!businessTime.equals(record.businessTime())) {
      return Optional.of("business_time");
    }
    if (!links().equals(record.links())) {
      return Optional.of("links");
    }
    return Objects.equals(ext.get(RECORD_DIGEST), record.recordDigest())
        ? Optional.empty()
        : Optional.of(RECORD_DIGEST);
  }
}
