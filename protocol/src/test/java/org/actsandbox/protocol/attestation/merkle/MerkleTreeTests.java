package org.actsandbox.protocol.attestation.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares trees and proofs with a second, recursive implementation of RFC 6962 section 2.1. */
class MerkleTreeTests {

  /** The leaves of the well-known test of certificate transparency logs. */
  private static final List<String> KNOWN =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  @Test
  void givesTheRootsOfTheKnownTestVectors() {
    var log = new Log();
    assertThat(log.root()).isEqualTo(hash(new byte[0]));
    KNOWN.forEach(hex -> log.append(HexFormat.of().parseHex(hex)));
    assertThat(HexFormat.of().formatHex(log.root()))
        .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  @Test
  void everySmallTreeHasTheRootsAndProofsOfTheStandard() {
    var log = new Log();
    for (int size = 1; size <= 40; size++) {
      log.append(new byte[] {(byte) size, 7});
      assertThat(log.root()).as("root of %d", size).isEqualTo(root(log.leaves));
      for (int index = 0; index < size; index++) {
        var path = MerkleTree.inclusion(log::at, index, size);
        assertThat(path)
            .as("leaf %d of %d", index, size)
            .containsExactly(arrays(path(index, log.leaves)));
        assertThat(MerkleProofs.includes(log.leaf(index), index, size, path, log.root())).isTrue();
        var steps = MerkleProofs.auditSteps(log.leaf(index), index, size, path).orElseThrow();
        for (var step : steps) {
          if (step.isStored(size)) {
            assertThat(step.hash())
                .as("%s of %d", step.above(), size)
                .isEqualTo(log.at(step.above()));
          }
        }
        assertThat(steps.isEmpty() ? log.leaf(index) : steps.getLast().hash())
            .isEqualTo(log.root());
      }
      for (int first = 1; first <= size; first++) {
        var path = MerkleTree.consistency(log::at, first, size);
        assertThat(path)
            .as("from %d to %d", first, size)
            .containsExactly(arrays(subproof(first, log.leaves, true)));
        assertThat(
                MerkleProofs.consistent(
                    first, root(log.leaves.subList(0, first)), size, log.root(), path))
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noChangedProofVerifies(long seed) {
    var random = new Random(seed);
    var log = new Log();
    int size = 100 + random.nextInt(3000);
    for (int i = 0; i < size; i++) {
      var data = new byte[8 + random.nextInt(40)];
      random.nextBytes(data);
      log.append(data);
    }
    var root = log.root();
    for (int round = 0; round < 200; round++) {
      int index = random.nextInt(size);
      var path = MerkleTree.inclusion(log::at, index, size);
      assertThat(path.size()).isLessThanOrEqualTo(12);
      assertThat(MerkleProofs.includes(log.leaf(index), index, size, path, root)).isTrue();
      assertThat(MerkleProofs.includes(log.leaf(index), index, size, changed(path, random), root))
          .isFalse();
      int other = (index + 1 + random.nextInt(size - 1)) % size;
      assertThat(MerkleProofs.includes(log.leaf(index), other, size, path, root)).isFalse();
      assertThat(MerkleProofs.includes(MerkleHashes.leaf(new byte[] {42}), index, size, path, root))
          .isFalse();
      int first = 1 + random.nextInt(size - 1);
      var grown = MerkleTree.consistency(log::at, first, size);
      var before = MerkleTree.root(log::at, first);
      assertThat(MerkleProofs.consistent(first, before, size, root, grown)).isTrue();
      assertThat(MerkleProofs.consistent(first, before, size, root, changed(grown, random)))
          .isFalse();
      var another = before.clone();
      another[random.nextInt(32)] ^= 1;
      assertThat(MerkleProofs.consistent(first, another, size, root, grown)).isFalse();
    }
  }

  @Test
  void aNodeDoesNotPassForALeaf() {
    var log = new Log();
    log.append(new byte[] {1});
    log.append(new byte[] {2});
    var both = new ByteArrayOutputStream();
    both.writeBytes(log.leaf(0));
    both.writeBytes(log.leaf(1));
    assertThat(
            MerkleProofs.includes(
                MerkleHashes.leaf(both.toByteArray()), 0, 1, List.of(), log.root()))
        .isFalse();
  }

  @Test
  void readsAndWritesFewNodes() {
    var log = new Log();
    int stored = 0;
    for (int i = 0; i < 4096; i++) {
      stored += log.append(new byte[] {(byte) i, (byte) (i >> 8)});
    }
    assertThat(stored).isEqualTo(2 * 4096 - 1);
    log.reads = 0;
    MerkleTree.inclusion(log::at, 17, 4095);
    assertThat(log.reads).isLessThan(30);
    log.reads = 0;
    MerkleTree.consistency(log::at, 1000, 4095);
    assertThat(log.reads).isLessThan(40);
  }

  @Test
  void refusesInvalidSizesAndIndexes() {
    var log = new Log();
    log.append(new byte[0]);
    assertThatThrownBy(() -> MerkleTree.inclusion(log::at, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MerkleTree.consistency(log::at, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MerkleProofs.includes(log.leaf(0), -1, 1, List.of(), log.root())).isFalse();
    assertThat(MerkleProofs.consistent(0, log.root(), 1, log.root(), List.of())).isFalse();
    assertThat(MerkleProofs.consistent(2, log.root(), 1, log.root(), List.of())).isFalse();
    assertThat(
            MerkleNodeStore.NodePosition.ofNumber(
                new MerkleNodeStore.NodePosition(20, 12345).number()))
        .isEqualTo(new MerkleNodeStore.NodePosition(20, 12345));
  }

  private static List<byte[]> changed(List<byte[]> path, Random random) {
    var changed = new ArrayList<>(path);
    switch (path.isEmpty() ? 0 : random.nextInt(4)) {
      case 0 -> changed.add(random.nextInt(path.size() + 1), new byte[32]);
      case 1 -> changed.remove(random.nextInt(path.size()));
      default -> {
        int at = random.nextInt(path.size());
        var hash = path.get(at).clone();
        hash[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        changed.set(at, hash);
      }
    }
    return changed;
  }

  /** A tree with its nodes in memory. */
  private static final class Log {

    final List<byte[]> leaves = new ArrayList<>();
    private final Map<MerkleNodeStore.NodePosition, byte[]> nodes = new HashMap<>();
    private int reads;

    int append(byte[] data) {
      var added = MerkleTree.append(this::at, leaves.size(), MerkleHashes.leaf(data));
      added.forEach(node -> assertThat(nodes.put(node.place(), node.hash())).isNull());
      leaves.add(data);
      return added.size();
    }

    byte[] at(MerkleNodeStore.NodePosition position) {
      reads++;
      var hash = nodes.get(position);
      return Objects.requireNonNull(hash, position.toString());
    }

    byte[] leaf(int index) {
      return MerkleHashes.leaf(leaves.get(index));
    }

    byte[] root() {
      return MerkleTree.root(this::at, leaves.size());
    }
  }

  private static byte[][] arrays(List<byte[]> list) {
    return list.toArray(byte[][]::new);
  }

  private static byte[] root(List<byte[]> d) {
    if (d.isEmpty()) {
      return hash(new byte[0]);
    }
    if (d.size() == 1) {
      return hash(new byte[] {0}, d.getFirst());
    }
    int k = k(d.size());
    return hash(new byte[] {1}, root(d.subList(0, k)), root(d.subList(k, d.size())));
  }

  private static List<byte[]> path(int m, List<byte[]> d) {
    if (d.size() == 1) {
      return List.of();
    }
    int k = k(d.size());
    boolean left = m < k;
    var path =
        new ArrayList<>(left ? path(m, d.subList(0, k)) : path(m - k, d.subList(k, d.size())));
    path.add(left ? root(d.subList(k, d.size())) : root(d.subList(0, k)));
    return path;
  }

  private static List<byte[]> subproof(int m, List<byte[]> d, boolean b) {
    if (m == d.size()) {
      return b ? List.of() : List.of(root(d));
    }
    int k = k(d.size());
    boolean left = m <= k;
    var proof =
        new ArrayList<>(
            left
                ? subproof(m, d.subList(0, k), b)
                : subproof(m - k, d.subList(k, d.size()), false));
    proof.add(left ? root(d.subList(k, d.size())) : root(d.subList(0, k)));
    return proof;
  }

  private static int k(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static byte[] hash(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
