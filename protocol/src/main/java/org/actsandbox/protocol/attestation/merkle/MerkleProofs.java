package org.actsandbox.protocol.attestation.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies proofs from hashes alone, without the tree (RFC 9162 sections 2.1.3.2 and 2.1.4.2). */
public final class MerkleProofs {

  private MerkleProofs() {}

  /**
   * Returns whether the audit path proves that a tree has this leaf.
   *
   * @param index position of the leaf, from 0
   * @param size number of leaves of the tree
   * @param path lowest sibling first
   */
  public static boolean includes(
      byte[] leafHash, long index, long size, List<byte[]> path, byte[] root) {
    return auditSteps(leafHash, index, size, path)
        .map(steps -> steps.isEmpty() ? leafHash : steps.getLast().hash())
        .filter(top -> Arrays.equals(top, root))
        .isPresent();
  }

  /**
   * Returns the steps of an audit path from a leaf to the root, one for each sibling; empty if no
   * tree of that size has such a path.
   */
  public static Optional<List<AuditPathStep>> auditSteps(
      byte[] leafHash, long index, long size, List<byte[]> path) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    var steps = new ArrayList<AuditPathStep>();
    long position = index;
    long last = size - 1;
    int level = 0;
    var hash = leafHash;
    for (var sibling : path) {
      if (last == 0) {
        return Optional.empty();
      }
      boolean left = (position & 1) == 1 || position == last;
      var above = left ? MerkleHashes.node(sibling, hash) : MerkleHashes.node(hash, sibling);
      // A node without a sibling at the right edge moves up a level unchanged.
      while (left && (position & 1) == 0 && position != 0) {
        position >>= 1;
        last >>= 1;
        level++;
      }
      steps.add(
          new AuditPathStep(
              hash,
              sibling,
              left,
              above,
              new MerkleNodeStore.NodePosition(level + 1, position >> 1)));
      hash = above;
      position >>= 1;
      last >>= 1;
      level++;
    }
    return last == 0 ? Optional.of(List.copyOf(steps)) : Optional.empty();
  }

  /**
   * Returns whether the path proves that the second tree begins with all leaves of the first.
   *
   * @param first number of leaves of the first tree
   * @param second number of leaves of the second tree
   */
  public static boolean consistent(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> path) {
    if (first < 1 || first > second) {
      return false;
    }
    if (first == second) {
      return path.isEmpty() && Arrays.equals(firstRoot, secondRoot);
    }
    var proof = path.iterator();
    long position = first - 1;
    long last = second - 1;
    while ((position & 1) == 1) {
      position >>= 1;
      last >>= 1;
    }
    // A complete first tree is itself a node of the second, so the proof does not repeat its hash.
    var start = position == 0 ? firstRoot : next(proof);
    if (start == null) {
      return false;
    }
    var firstHash = start;
    var secondHash = start;
    while (proof.hasNext()) {
      var sibling = proof.next();
      if (last == 0) {
        return false;
      }
      if ((position & 1) == 1 || position == last) {
        firstHash = MerkleHashes.node(sibling, firstHash);
        secondHash = MerkleHashes.node(sibling, secondHash);
        while ((position & 1) == 0 && position != 0) {
          position >>= 1;
          last >>= 1;
        }
      } else {
        secondHash = MerkleHashes.node(secondHash, sibling);
      }
      position >>= 1;
      last >>= 1;
    }
    return last == 0
        && Arrays.equals(firstHash, firstRoot)
        && Arrays.equals(secondHash, secondRoot);
  }

  private static byte @Nullable [] next(Iterator<byte[]> proof) {
    return proof.hasNext() ? proof.next() : null;
  }
}
