package org.actsandbox.protocol.attestation;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.protocol.identity.VerificationKey;

/** Which keys were good when: old ones still verify what they signed in their time (ACT TSD-5). */
@FunctionalInterface
public interface KeyHistory {

  /**
   * The key, if it was valid at that moment.
   *
   * @throws org.actsandbox.protocol.http.NoAnswerException when whoever knows cannot be asked
   */
  Optional<VerificationKey> find(String signerId, Instant at);
}
