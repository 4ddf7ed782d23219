package org.actsandbox.protocol.attestation.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks proofs with nothing but hashes (RFC 9162 sections 2.1.3.2 and 2.1.4.2). */
public final class MerkleProofs {

  private MerkleProofs() {}

  public static boolean includes(
      byte[] leafHash, long index, long size, List<byte[]> path, byte[] root) {
    return auditSteps(leafHash, index, size, path)
        .map(
            auditPathSteps -> auditPathSteps.isEmpty() ? leafHash : auditPathSteps.getLast().hash())
        .filter(top -> Arrays.equals(top, root))
        .isPresent();
  }

  /**
   * The way from a leaf to the root that an audit path gives, one sibling at a time; empty when the
   * path is not one of a tree of that size.
   */
  public static Optional<List<AuditPathStep>> auditSteps(
      byte[] leafHash, long index, long size, List<byte[]> path) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    var auditPathSteps = new ArrayList<AuditPathStep>();
    long place = index;
    long last = size - 1;
    int level = 0;
    var hash = leafHash;
    for (var sibling : path) {
      if (last == 0) {
        return Optional.empty();
      }
      boolean left = (place & 1) == 1 || place == last;
      var above = left ? MerkleHashes.node(sibling, hash) : MerkleHashes.node(hash, sibling);
      // What stands alone at the right edge goes up as it is.
      while (left && (place & 1) == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
        level++;
      }
      auditPathSteps.add(
          new AuditPathStep(
              hash, sibling, left, above, new MerkleNodeStore.NodePosition(level + 1, place >> 1)));
      hash = above;
      place >>= 1;
      last >>= 1;
      level++;
    }
    return last == 0 ? Optional.of(List.copyOf(auditPathSteps)) : Optional.empty();
  }

  public static boolean consistent(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> path) {
    if (first < 1 || first > second) {
      return false;
    }
    if (first == second) {
      return path.isEmpty() && Arrays.equals(firstRoot, secondRoot);
    }
    var proof = path.iterator();
    long place = first - 1;
    long last = second - 1;
    while ((place & 1) == 1) {
      place >>= 1;
      last >>= 1;
    }
    // A complete first tree is a node of the second, and the proof leaves it out.
    var start = place == 0 ? firstRoot : next(proof);
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
      if ((place & 1) == 1 || place == last) {
        firstHash = MerkleHashes.node(sibling, firstHash);
        secondHash = MerkleHashes.node(sibling, secondHash);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        secondHash = MerkleHashes.node(secondHash, sibling);
      }
      place >>= 1;
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
