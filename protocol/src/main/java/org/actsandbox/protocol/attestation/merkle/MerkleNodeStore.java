package org.actsandbox.protocol.attestation.merkle;

/** The complete subtrees of a tree, as they are stored: never changed once there. */
@FunctionalInterface
public interface MerkleNodeStore {

  /** The hash of the complete subtree that stands at {@code place}. */
  byte[] at(MerkleNodeStore.NodePosition nodePosition);

  /**
   * A complete subtree of 2^level leaves.
   *
   * @param level 0 for leaves
   * @param index counted from the left, from 0, on that level
   */
  record NodePosition(int level, long index) {

    private static final int INDEX_BITS = 48;

    public NodePosition {
      if (level < 0 || level >= INDEX_BITS || index < 0 || index >= 1L << (INDEX_BITS - level)) {
        throw new IllegalArgumentException("no such place: " + level + ", " + index);
      }
    }

    /** One number for both, for tables. */
    public long number() {
      return ((long) level << INDEX_BITS) | index;
    }

    public static MerkleNodeStore.NodePosition ofNumber(long number) {
      return new MerkleNodeStore.NodePosition(
          (int) (number >>> INDEX_BITS), number & ((1L << INDEX_BITS) - 1));
    }
  }
}
