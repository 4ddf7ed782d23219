package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.protocol.identity.VerificationKey;

/**
 * Finds the key that was valid at a moment. Old keys still verify what they signed while they were
 * valid (ACT TSD-5).
 */
@FunctionalInterface
public interface KeyHistory {

  /**
   * Returns the key if it was valid at that moment.
   *
   * @throws org.actsandbox.protocol.http.NoAnswerException if the source of the keys gives no
   *     answer
   */
  Optional<VerificationKey> find(String signerId, Instant at);
}
