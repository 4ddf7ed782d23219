package org.actsandbox.protocol.attestation.verification;

import java.time.Duration;
import java.util.Optional;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;

/** Where anchors are looked up: the chain, or what is left of it in a bundle. */
@FunctionalInterface
public interface AnchorSource {

  /**
   * @param limit how long an answer may take
   * @throws org.actsandbox.protocol.http.NoAnswerException when there is none
   */
  Optional<InclusionProof> find(String recordId, Duration limit);
}
