package org.actsandbox.protocol.attestation.dispute;

import java.time.Instant;
import java.util.Objects;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * A claim that something is wrong with an order (ACT TSD-6), signed by the claimant.
 *
 * @param description the claimant's own words; no decision ever depends on them
 * @param expectedAmount the amount that should have been paid, as a decimal string; only for {@code
 *     amount_differs}
 * @param openedBy {@code principal}, or {@code operator} for an operator who acts in the
 *     principal's place
 * @param claimant the participant that claims and signed; null if the operator opened the claim:
 *     the operator must not use the principal's key, so the dispute service signs instead
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

  /** Ours, in characters: room to say what happened, not to attach files. */
  public static final int MAX_DESCRIPTION = 1_000;

  /** The value of {@code openedBy} for a claim that the claimant signed with its own key. */
  public static final String BY_PRINCIPAL = "principal";

  /** Refuses a claim that lacks a required member, because claims come from outside. */
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
