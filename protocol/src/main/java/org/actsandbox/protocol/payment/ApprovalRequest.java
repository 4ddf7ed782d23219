package org.actsandbox.protocol.payment;

import org.jspecify.annotations.Nullable;

/**
 * The principal's answer at the cashier.
 *
 * @param decision APPROVE | DECLINE | CLOSE
 * @param digest digest of the shown {@link ApprovalContent}; any other digest is refused
 * @param pin six digits, for APPROVE only; never logged, never journalled
 */
public record ApprovalRequest(String decision, @Nullable String digest, @Nullable String pin) {

  @Override
  public String toString() {
    return "ApprovalRequest[decision=%s, digest=%s]".formatted(decision, digest);
  }
}
