package org.actsandbox.protocol.attestation.verification;

import java.time.Duration;
import java.util.Optional;
import org.actsandbox.protocol.attestation.Anchored;

/** Where anchors are looked up: the chain, or what is left of it in a bundle. */
@FunctionalInterface
public interface AnchorSource {

  /**
   * @param limit how long an answer may take
   * @throws org.actsandbox.protocol.http.Unanswered when there is none
   */
  Optional<Anchored> find(String recordId, Duration limit);
}
