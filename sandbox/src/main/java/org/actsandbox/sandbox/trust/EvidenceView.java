package org.actsandbox.sandbox.trust;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;

/**
 * Defines the view through which readers see stored evidence: verifiers, proofs, pages, bundles and
 * the audit. Writers (the recorder and the chain) read the rows themselves, so that nothing is
 * built on a tampered view.
 */
public interface EvidenceView {

  /** The view that shows stored evidence unchanged. */
  EvidenceView UNCHANGED = new EvidenceView() {};

  /** Returns a record's text as readers see it; empty when the record is hidden. */
  default Optional<String> record(String recordId, String stored) {
    return Optional.of(stored);
  }

  /** Returns a record's anchor as readers see it; empty when it is hidden. */
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
