package org.actsandbox.protocol.attestation.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Appends leaves and makes proofs over stored nodes (RFC 6962 section 2.1). Each operation reads
 * and writes a number of nodes that grows with the logarithm of the tree size.
 */
public final class MerkleTree {

  private MerkleTree() {}

  /** A node that the caller must store. */
  @SuppressWarnings("ArrayRecordComponent") // handed to the store, never compared
  public record Node(MerkleNodeStore.NodePosition place, byte[] hash) {}

  /**
   * Computes the nodes that a new leaf adds to a tree, the leaf first.
   *
   * @param size number of leaves before the new one
   */
  public static List<Node> append(MerkleNodeStore nodes, long size, byte[] leafHash) {
    var added = new ArrayList<Node>();
    added.add(new Node(new MerkleNodeStore.NodePosition(0, size), leafHash));
    var hash = leafHash;
    int level = 0;
    for (long index = size; (index & 1) == 1; index >>= 1) {
      hash = MerkleHashes.node(nodes.at(new MerkleNodeStore.NodePosition(level, index - 1)), hash);
      level++;
      added.add(new Node(new MerkleNodeStore.NodePosition(level, index >> 1), hash));
    }
    return added;
  }

  public static byte[] root(MerkleNodeStore nodes, long size) {
    return size == 0 ? MerkleHashes.empty() : range(nodes, 0, size);
  }

  /**
   * Returns the audit path of leaf {@code index} in the tree of {@code size} leaves, lowest sibling
   * first.
   *
   * @throws IllegalArgumentException if the tree has no such leaf
   */
  public static List<byte[]> inclusion(MerkleNodeStore nodes, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    var path = new ArrayList<byte[]>();
    path(nodes, index, 0, size, path);
    return path;
  }

  private static void path(
      MerkleNodeStore nodes, long index, long from, long to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      path(nodes, index, from, middle, path);
      path.add(range(nodes, middle, to));
    } else {
      path(nodes, index, middle, to, path);
      path.add(range(nodes, from, middle));
    }
  }

  /**
   * Returns the proof that the tree of {@code second} leaves begins with the {@code first} ones.
   *
   * @throws IllegalArgumentException unless 0 < first <= second
   */
  public static List<byte[]> consistency(MerkleNodeStore nodes, long first, long second) {
    if (first < 1 || first > second) {
      throw new IllegalArgumentException("no proof from " + first + " to " + second);
    }
    var path = new ArrayList<byte[]>();
    subproof(nodes, first, 0, second, true, path);
    return path;
  }

  private static void subproof(
      MerkleNodeStore nodes, long first, long from, long to, boolean whole, List<byte[]> path) {
    if (first == to) {
      if (!whole) {
        path.add(range(nodes, from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (first <= middle) {
      subproof(nodes, first, from, middle, whole, path);
      path.add(range(nodes, middle, to));
    } else {
      subproof(nodes, first, middle, to, false, path);
      path.add(range(nodes, from, middle));
    }
  }

  /**
   * Computes the hash over the leaves from {@code from} to before {@code to}, which must be a range
   * that the splitting of RFC 6962 makes.
   */
  private static byte[] range(MerkleNodeStore nodes, long from, long to) {
    long length = to - from;
    if (Long.bitCount(length) == 1) {
      int level = Long.numberOfTrailingZeros(length);
      return nodes.at(new MerkleNodeStore.NodePosition(level, from >> level));
    }
    long middle = from + split(length);
    return MerkleHashes.node(range(nodes, from, middle), range(nodes, middle, to));
  }

  /** Returns the largest power of two below {@code length}. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}
