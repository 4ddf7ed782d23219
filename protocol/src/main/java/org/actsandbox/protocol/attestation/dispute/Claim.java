package org.actsandbox.protocol.attestation.dispute;

import java.time.Instant;
import java.util.Objects;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says is wrong with an order (ACT TSD-6), signed by whose claim it is.
 *
 * @param description in the claimant's words; data, never looked at by anything that decides
 * @param expectedAmount decimal string, of {@code amount_differs} alone: what should have been paid
 * @param openedBy {@code principal}, or {@code operator} in the principal's place
 * @param claimant who claims and has signed it; null when the operator brought it: the principal's
 *     key is not the operator's to use, so the dispute service signs that it was so
 */
public record Claim(
    String disputeId,
    String orderNo,
    String tradeNo,
    DisputeKind kind,
    String description,
    @Nullable String expectedAmount,
    String openedBy,
    @Nullable Did claimant,
    Instant openedAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Ours: room to say what happened, not to attach files. */
  public static final int MAX_DESCRIPTION = 1_000;

  /** By the claimant itself, with its own key. */
  public static final String BY_PRINCIPAL = "principal";

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
