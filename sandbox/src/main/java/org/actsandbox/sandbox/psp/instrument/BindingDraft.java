package org.actsandbox.sandbox.psp.instrument;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * A binding that was asked for, before and after the principal decided (ACT PSD-1).
 *
 * @param requestId of whoever asked; the same again is the same binding
 * @param wishDigest what tells another wish under that request id
 * @param contentDigest of what is shown, and what the PIN is entered for
 * @param card a test card's outcome; absent for a card without one, and for the balance
 * @param instrumentRef present once it was confirmed
 */
public record BindingDraft(
    String id,
    Did principal,
    @Nullable String requestId,
    String wishDigest,
    Content content,
    String contentDigest,
    @Nullable TestCard card,
    Status status,
    @Nullable String instrumentRef,
    Instant askedAt,
    Instant expiresAt) {

  /** Where a binding is. */
  public enum Status {
    WAITING,
    BOUND,
    DECLINED
  }

  /**
   * What the principal is shown and consents to, all of it.
   *
   * @param label of the account, masked
   * @param scope what the agent may do with the reference
   * @param limitPerPayment absent for none
   * @param validUntil absent for no end
   * @param startsFrozen for a test card alone
   * @param consent the same in one sentence
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
        wishDigest,
        content,
        contentDigest,
        card,
        next,
        ref,
        askedAt,
        expiresAt);
  }

  boolean isOverAt(Instant now) {
    return status == Status.WAITING && !now.isBefore(expiresAt);
  }
}
