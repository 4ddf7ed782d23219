package org.actsandbox.sandbox.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore;
import org.actsandbox.protocol.attestation.merkle.MerkleTree;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Measures the cost of append and proof on a chain of a million anchors beside one of 10,000
 * ({@code -Dact.bench=chain}); the figures are in docs/performance-notes.md.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*chain.*")
class ChainGrowthBench {

  private static final Did RAIL = Did.of("raileast");
  private static final int ROUNDS = 1_000;
  private static final int WARM = 200;
  private static final int SMALL = 10_000;
  private static final int LARGE = 1_000_000;

  /** The highest allowed ratio of costs with a hundred times as many anchors. */
  private static final double MAX_RATIO = 2;

  /** MB that a hundred times as many anchors may add: a log of them alone would take a thousand. */
  private static final long MAX_HEAP = 100;

  @TempDir Path data;

  @Test
  void aMillionAnchors() {
    try (var server = SandboxServer.start(data)) {
      var jdbc = server.bean(JdbcTemplate.class);
      var small = new MeasuredChain(server.newWorld(), SMALL, jdbc);
      long before = heap();
      var large = new MeasuredChain(server.newWorld(), LARGE, jdbc);
      long added = heap() - before;
      for (int i = 0; i < WARM; i++) {
        small.step(i, false);
        large.step(i, false);
      }
      // They take turns, and each goes first as often, so that other load affects both in the same
      // way.
      for (int i = 0; i < ROUNDS; i++) {
        (i % 2 == 0 ? small : large).step(i, true);
        (i % 2 == 0 ? large : small).step(i, true);
      }
      small.print();
      large.print();
      System.out.printf(Locale.ROOT, "heap added: %d MB%n", added);
      assertThat(at(large.append, 99) / at(small.append, 99))
          .as("append p99")
          .isLessThanOrEqualTo(MAX_RATIO);
      assertThat(at(large.proof, 99) / at(small.proof, 99))
          .as("proof p99")
          .isLessThanOrEqualTo(MAX_RATIO);
      assertThat(added).as("heap, MB").isLessThan(MAX_HEAP);
    }
  }

  private static long heap() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
  }

  /** Represents one of the two chains that are compared. */
  private static final class MeasuredChain {

    private final World world;
    private final TrustService trustService;
    private final Random random;
    private final int size;
    private final long[] append = new long[ROUNDS];
    private final long[] proof = new long[ROUNDS];

    MeasuredChain(World world, int size, JdbcTemplate jdbc) {
      this.world = world;
      this.trustService = world.participant(TrustService.class);
      this.random = new Random(size);
      this.size = size;
      new Fill(jdbc, world, trustService).to(size);
    }

    void step(int round, boolean counts) {
      var compact = anchor(world, "B-" + random.nextLong());
      long begin = System.nanoTime();
      trustService.chain().append(List.of(compact));
      long appended = System.nanoTime();
      long height = 1L + random.nextInt(size);
      long total = trustService.chain().size();
      long asked = System.nanoTime();
      trustService.chain().path(height, total);
      long proven = System.nanoTime();
      if (counts) {
        append[round] = appended - begin;
        proof[round] = proven - asked;
      }
    }

    void print() {
      System.out.printf(
          Locale.ROOT,
          "%,d anchors: append p50 %.2f p99 %.2f ms, proof p50 %.2f p99 %.2f ms%n",
          size,
          at(append, 50),
          at(append, 99),
          at(proof, 50),
          at(proof, 99));
    }
  }

  private static double at(long[] nanos, int percent) {
    var sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  private static String anchor(World world, String id) {
    return AnchorCodec.sign(content(world, id), world.signer(RAIL));
  }

  private static Anchor content(World world, String id) {
    var now = world.clock().instant();
    return new Anchor(
        id,
        "1.0",
        EventType.CART_CONFIRMED,
        now,
        now.getEpochSecond(),
        "I-" + id,
        null,
        "R-" + id,
        null,
        RAIL,
        "A".repeat(43),
        "SHA-256",
        AnchorCodec.SHARED,
        Map.of(Anchor.RECORD_DIGEST, "B".repeat(43)));
  }

  /** Fills the tables directly; the tree is a real one, the anchors share a signature's length. */
  private static final class Fill {

    private static final int STEP = 5_000;

    private final JdbcTemplate jdbc;
    private final World world;
    private final TrustService trustService;

    Fill(JdbcTemplate jdbc, World world, TrustService trustService) {
      this.jdbc = jdbc;
      this.world = world;
      this.trustService = trustService;
    }

    void to(int size) {
      trustService.chain().append(List.of(anchor(world, "F-" + size)));
      var peaks = peaks();
      long from = trustService.chain().size();
      var sample = anchor(world, "S-" + size);
      while (from < size) {
        from = step(from, Math.min(size, from + STEP), sample, peaks);
      }
    }

    private Map<MerkleNodeStore.NodePosition, byte[]> peaks() {
      var known = new HashMap<MerkleNodeStore.NodePosition, byte[]>();
      jdbc.query(
          "select place, hash from trust_node where world = ?",
          row -> {
            known.put(
                MerkleNodeStore.NodePosition.ofNumber(row.getLong(1)),
                Base64Url.decode(row.getString(2)).orElseThrow());
          },
          world.partition());
      return known;
    }

    private long step(
        long from, long to, String sample, Map<MerkleNodeStore.NodePosition, byte[]> known) {
      var anchors = new ArrayList<Object[]>();
      var nodes = new ArrayList<Object[]>();
      for (long size = from; size < to; size++) {
        var id = "F-" + size;
        var compact = sample.substring(0, sample.length() - 12) + "%012d".formatted(size);
        anchors.add(
            new Object[] {
              world.partition(),
              size + 1,
              id,
              "shared",
              RAIL.value(),
              compact,
              Instant.EPOCH.atOffset(ZoneOffset.UTC)
            });
        for (var node :
            MerkleTree.append(
                nodePosition -> hash(known, nodePosition),
                size,
                InclusionProof.leafHash(compact))) {
          known.put(node.place(), node.hash());
          nodes.add(
              new Object[] {
                world.partition(), node.place().number(), Base64Url.encode(node.hash())
              });
        }
      }
      jdbc.batchUpdate("insert into trust_anchor values (?, ?, ?, ?, ?, ?, ?)", anchors);
      jdbc.batchUpdate("insert into trust_node values (?, ?, ?)", nodes);
      jdbc.update("update trust_chain set tree_size = ? where world = ?", to, world.partition());
      var root = MerkleTree.root(nodePosition -> hash(known, nodePosition), to);
      var head =
          TreeHead.sign(
              trustService.world().logId(),
              to,
              root,
              trustService.world().now(),
              trustService.world().signer());
      jdbc.update(
          "insert into trust_head values (?, ?, ?)", world.partition(), to, Json.write(head));
      return to;
    }

    private static byte[] hash(
        Map<MerkleNodeStore.NodePosition, byte[]> known,
        MerkleNodeStore.NodePosition nodePosition) {
      var hash = known.get(nodePosition);
      if (hash == null) {
        throw new IllegalStateException("no node at " + nodePosition);
      }
      return hash;
    }
  }
}
