package org.actsandbox.protocol.attestation.dispute;

import java.time.Instant;
import java.util.Objects;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * The dispute service asks a party for its records, signed as {@code SignedJson} says.
 *
 * @param party who is asked
 * @param deadline what comes later does not count
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

  /** Messages come from outside: what is missing there is not null here. */
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

  /** What ties the records it is about together. */
  public RecordLinks links() {
    return new RecordLinks(intentId == null ? orderNo : intentId, delegationId, orderNo, tradeNo);
  }
}
