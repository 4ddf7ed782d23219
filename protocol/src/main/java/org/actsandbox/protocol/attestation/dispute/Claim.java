package org.actsandbox.protocol.attestation.dispute;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says is wrong with an order, as the dispute service took it down and signed it.
 *
 * @param description in the claimant's words; data, never looked at by anything that decides
 * @param expectedAmount decimal string, of {@code amount_differs} alone: what should have been paid
 * @param openedBy {@code principal}, or {@code operator} in the principal's place
 */
public record Claim(
    String disputeId,
    String orderNo,
    String tradeNo,
    DisputeKind kind,
    String description,
    @Nullable String expectedAmount,
    String openedBy,
    Instant openedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Ours: room to say what happened, not to attach files. */
  public static final int MAX_DESCRIPTION = 1_000;

  /** Messages come from outside: what is missing there is not null here. */
  public Claim {
    Objects.requireNonNull(disputeId);
    Objects.requireNonNull(orderNo);
    Objects.requireNonNull(tradeNo);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(description);
    Objects.requireNonNull(openedBy);
    Objects.requireNonNull(openedAt);
  }
}
