package org.actsandbox.protocol.attestation.merkle;

import org.actsandbox.protocol.attestation.HashAlgorithm;

/**
 * Computes the hashes of leaves and nodes (RFC 6962 section 2.1). The two have different first
 * bytes, so that a node cannot pass as a leaf.
 */
public final class MerkleHashes {

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private MerkleHashes() {}

  /** Returns the root hash of a tree without leaves. */
  public static byte[] empty() {
    return HashAlgorithm.SHA_256.digest();
  }

  public static byte[] leaf(byte[] data) {
    return HashAlgorithm.SHA_256.digest(LEAF, data);
  }

  public static byte[] node(byte[] left, byte[] right) {
    return HashAlgorithm.SHA_256.digest(NODE, left, right);
  }
}
