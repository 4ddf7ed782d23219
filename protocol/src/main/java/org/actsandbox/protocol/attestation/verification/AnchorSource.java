package org.actsandbox.protocol.attestation.verification;

import java.time.Duration;
import java.util.Optional;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;

/** Finds the anchors of records: on the chain, or in the part of it that a bundle contains. */
@FunctionalInterface
public interface AnchorSource {

  /**
   * @param limit the longest time that an answer may take
   * @return empty if there is no anchor for the record
   * @throws org.actsandbox.protocol.http.NoAnswerException if no answer comes within the limit
   */
  Optional<InclusionProof> find(String recordId, Duration limit);
}
