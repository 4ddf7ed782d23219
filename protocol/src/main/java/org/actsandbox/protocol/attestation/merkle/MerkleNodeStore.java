package org.actsandbox.protocol.attestation.merkle;

/** Reads the complete subtrees of a Merkle tree, which never change after they were stored. */
@FunctionalInterface
public interface MerkleNodeStore {

  /** Returns the hash of the complete subtree at this position. */
  byte[] at(NodePosition position);

  /**
   * The position of a complete subtree, which has 2^level leaves.
   *
   * @param level 0 for leaves
   * @param index position within the level, from the left, from 0
   */
  record NodePosition(int level, long index) {

    private static final int INDEX_BITS = 48;

    public NodePosition {
      if (level < 0 || level >= INDEX_BITS || index < 0 || index >= 1L << (INDEX_BITS - level)) {
        throw new IllegalArgumentException("no such place: " + level + ", " + index);
      }
    }

    /** Returns level and index as one number, for database tables. */
    public long number() {
      return ((long) level << INDEX_BITS) | index;
    }

    public static NodePosition ofNumber(long number) {
      return new NodePosition((int) (number >>> INDEX_BITS), number & ((1L << INDEX_BITS) - 1));
    }
  }
}
