package org.actsandbox.protocol.attestation.merkle;

/**
 * One step of an audit path: the hash so far and its sibling give the hash of the node above both.
 *
 * @param below the hash so far
 * @param siblingLeft whether the sibling is the left of the two nodes
 * @param hash the hash of the node above, computed from both
 * @param above the position of the node above
 */
@SuppressWarnings("ArrayRecordComponent") // shown, never compared
public record AuditPathStep(
    byte[] below,
    byte[] sibling,
    boolean siblingLeft,
    byte[] hash,
    MerkleNodeStore.NodePosition above) {

  /**
   * Returns whether a tree of this size stores the node above, which it does when the subtree of
   * the node is complete.
   *
   * @param size number of leaves
   */
  public boolean isStored(long size) {
    return (above.index() + 1) << above.level() <= size;
  }
}
