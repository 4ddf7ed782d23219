package org.actsandbox.sandbox.credit;

import org.actsandbox.protocol.identity.Did;

/** Is what the issuer asks of the credit service before it signs (ACT CRD-7). */
public interface CreditService {

  /**
   * Maps the principal's current statement by the current rule.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} without a valid statement
   */
  MappedCredit map(Did principal);

  /** Tells whether the service attested that the subject confirmed exactly this draft. */
  boolean isAttested(String attestationRef, String applicationId, String digest);
}
