package org.actsandbox.sandbox.trust;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;

/**
 * Through what readers see the evidence that is stored: verifiers, proofs, pages, bundles and the
 * audit. Whoever writes, the recorder and the chain, looks at the stored rows themselves, so that
 * nothing seen through a lens is ever built upon.
 */
public interface EvidenceView {

  /** What is stored, as it is. */
  EvidenceView CLEAR = new EvidenceView() {};

  /** A record's text; empty when it is not to be seen. */
  default Optional<String> record(String recordId, String stored) {
    return Optional.of(stored);
  }

  /** A record's anchor. */
  default Optional<String> anchor(String recordId, String stored) {
    return Optional.of(stored);
  }

  default byte[] node(MerkleNodeStore.NodePosition nodePosition, byte[] stored) {
    return stored;
  }

  default TreeHead head(TreeHead stored) {
    return stored;
  }

  default List<KeyPeriod> keys(Did owner, List<KeyPeriod> registered) {
    return registered;
  }
}
