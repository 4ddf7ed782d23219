package org.actsandbox.sandbox.psp.instrument;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * Represents a requested binding, before and after the principal's decision (ACT PSD-1).
 *
 * @param requestId the requester's id of the request; a repetition returns the same binding
 * @param requestDigest tells whether a repeated request id came with another request
 * @param contentDigest the digest of the content that is shown and that the PIN is entered for
 * @param card the test card; absent for a card without a built-in outcome, and for the balance
 * @param instrumentRef present once the binding was confirmed
 */
public record BindingDraft(
    String id,
    Did principal,
    @Nullable String requestId,
    String requestDigest,
    Content content,
    String contentDigest,
    @Nullable TestCard card,
    Status status,
    @Nullable String instrumentRef,
    Instant askedAt,
    Instant expiresAt) {

  /** Lists the states of a binding. */
  public enum Status {
    WAITING,
    BOUND,
    DECLINED
  }

  /**
   * Holds everything that the principal is shown and consents to.
   *
   * @param label the masked label of the account
   * @param scope what the agent may do with the reference
   * @param limitPerPayment absent for none
   * @param validUntil absent for no end
   * @param startsFrozen true only for a test card
   * @param consent the consent in one sentence
   */
  public record Content(
      String bindingId,
      String principalId,
      String agentId,
      String account,
      String label,
      String method,
      String currency,
      String scope,
      @Nullable String limitPerPayment,
      @Nullable Instant validUntil,
      boolean startsFrozen,
      String consent) {}

  BindingDraft decided(Status next, @Nullable String ref) {
    return new BindingDraft(
        id,
        principal,
        requestId,
        requestDigest,
        content,
        contentDigest,
        card,
        next,
        ref,
        askedAt,
        expiresAt);
  }

  boolean isExpiredAt(Instant now) {
    return status == Status.WAITING && !now.isBefore(expiresAt);
  }
}
