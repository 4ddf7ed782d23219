package org.actsandbox.protocol.attestation.merkle;

/**
 * One step of an audit path: the hash so far and its sibling give the node above both.
 *
 * @param siblingLeft the sibling stands to the left
 * @param hash of the node above, as it follows from both
 * @param above where that node stands
 */
@SuppressWarnings("ArrayRecordComponent") // shown, never compared
public record AuditPathStep(
    byte[] below,
    byte[] sibling,
    boolean siblingLeft,
    byte[] hash,
    MerkleNodeStore.NodePosition above) {

  /** Whether a tree of this size stores the node above: it does once the subtree is complete. */
  public boolean isStored(long size) {
    return (above.index() + 1) << above.level() <= size;
  }
}
