package org.actsandbox.protocol.attestation.dispute;

import java.time.Instant;
import java.util.Objects;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * The dispute service's request to a party for its records. {@code SignedJson} defines the
 * signature.
 *
 * @param party the party that must answer
 * @param deadline an answer after this moment does not count
 */
public record EvidenceRequest(
    String disputeId,
    DisputeKind kind,
    String description,
    @Nullable String intentId,
    @Nullable String delegationId,
    String orderNo,
    String tradeNo,
    Did party,
    Party.Role role,
    Instant askedAt,
    Instant deadline,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Refuses a request that lacks a required member, because requests come from outside. */
  public EvidenceRequest {
    Objects.requireNonNull(disputeId);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(description);
    Objects.requireNonNull(orderNo);
    Objects.requireNonNull(tradeNo);
    Objects.requireNonNull(party);
    Objects.requireNonNull(role);
    Objects.requireNonNull(askedAt);
    Objects.requireNonNull(deadline);
  }

  /** Returns the identifiers of the records that the dispute is about. */
  public RecordLinks links() {
    return new RecordLinks(intentId == null ? orderNo : intentId, delegationId, orderNo, tradeNo);
  }
}
