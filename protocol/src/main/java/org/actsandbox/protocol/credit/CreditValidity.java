package org.actsandbox.protocol.credit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The credit service’s signed answer about a statement; it has nothing of the statement’s content
 * (ACT CRD-10).
 *
 * @param ruleSupported whether the service knows and applies the rule in this version
 * @param valueAgrees whether the rule makes this value of the statement
 */
public record CreditValidity(
    String assertionRef,
    State state,
    boolean ruleSupported,
    boolean valueAgrees,
    Instant answeredAt,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Lists what can be said of a statement; only the first one counts as valid. */
  public enum State {
    VALID,
    EXPIRED,
    CORRECTED,
    WITHDRAWN,
    UNKNOWN
  }
}
