package org.actsandbox.protocol.attestation.merkle;

import org.actsandbox.protocol.attestation.HashAlgorithm;

/**
 * The hashes of RFC 6962 section 2.1: leaves and nodes are hashed under different first bytes, so
 * that no node passes for a leaf.
 */
public final class MerkleHashes {

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private MerkleHashes() {}

  /** Of the tree without leaves. */
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
