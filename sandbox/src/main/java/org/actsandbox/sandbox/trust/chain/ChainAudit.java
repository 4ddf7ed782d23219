package org.actsandbox.sandbox.trust.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.MerkleHashes;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore.NodePosition;
import org.actsandbox.protocol.attestation.merkle.MerkleTree;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.jspecify.annotations.Nullable;

/**
 * Checks that stored anchors, nodes and heads fit together, which reveals changes made behind the
 * database's back.
 */
public final class ChainAudit {

  /** Ours: a reader needs only some findings; the rest is of the same kind. */
  private static final int MAX_FINDINGS = 50;

  private final TrustWorld world;
  private final ChainStore store;
  private final NodePrefetch nodes;
  private final List<Finding> findings = new ArrayList<>();

  ChainAudit(TrustWorld world, ChainStore store, NodePrefetch nodes) {
    this.world = world;
    this.store = store;
    this.nodes = nodes;
  }

  /**
   * Represents one contradiction.
   *
   * @param what {@code leaf}, {@code node}, {@code anchor} or {@code head}
   * @param height the height of the first anchor that it affects
   */
  public record Finding(String what, long height, int level, String detail) {}

  /**
   * Represents the result of an audit.
   *
   * @param checked the number of checked anchors
   * @param next the height to continue after; null at the end
   */
  public record Findings(
      boolean intact, long treeSize, long checked, @Nullable Long next, List<Finding> findings) {}

  /**
   * @param from the height to begin after
   */
  Findings audit(long from, int leaves) {
    long size = store.size();
    var rows = store.after(from, leaves);
    checkAnchors(from, rows);
    checkTree(rows);
    checkHeads(from, rows, size);
    long end = rows.isEmpty() ? from : rows.getLast().height();
    if (rows.size() < leaves && end != size && findings.size() < MAX_FINDINGS) {
      addFinding("anchor", end + 1, 0, "the chain ends at %d, not at %d".formatted(end, size));
    }
    return new Findings(
        findings.isEmpty(),
        size,
        rows.size(),
        rows.size() == leaves && end < size ? end : null,
        List.copyOf(findings));
  }

  private void checkAnchors(long from, List<ChainStore.Row> rows) {
    long expected = from + 1;
    for (var row : rows) {
      if (row.height() != expected) {
        addFinding("anchor", expected, 0, "there is no anchor at this height");
        expected = row.height();
      }
      expected++;
      try {
        var anchor = AnchorCodec.verify(row.anchor(), world).anchor();
        if (!anchor.recordId().equals(row.recordId())) {
          addFinding("anchor", row.height(), 0, "it is filed under another record");
        }
      } catch (IllegalArgumentException broken) {
        addFinding("anchor", row.height(), 0, String.valueOf(broken.getMessage()));
      }
    }
  }

  /** Compares every node that the rows complete with its children. */
  private void checkTree(List<ChainStore.Row> rows) {
    Map<NodePosition, byte[]> leaves = new LinkedHashMap<>();
    Set<NodePosition> wanted = new LinkedHashSet<>();
    for (var row : rows) {
      var nodePosition = new NodePosition(0, row.height() - 1);
      leaves.put(nodePosition, InclusionProof.leafHash(row.anchor()));
      wanted.add(nodePosition);
      completed(row.height() - 1)
          .forEach(
              each -> {
                wanted.add(each);
                wanted.add(child(each, 0));
                wanted.add(child(each, 1));
              });
    }
    var stored = store.nodes(wanted);
    leaves.forEach(
        (nodePosition, hash) -> compare("leaf", nodePosition, hash, stored.get(nodePosition)));
    for (var row : rows) {
      for (var nodePosition : completed(row.height() - 1)) {
        var left = stored.get(child(nodePosition, 0));
        var right = stored.get(child(nodePosition, 1));
        if (left != null && right != null) {
          compare("node", nodePosition, MerkleHashes.node(left, right), stored.get(nodePosition));
        } else {
          addFinding(
              "node",
              (nodePosition.index() << nodePosition.level()) + 1,
              nodePosition.level(),
              "a child is missing");
        }
      }
    }
  }

  private void compare(
      String what, NodePosition nodePosition, byte[] expected, byte @Nullable [] stored) {
    if (stored == null || !Arrays.equals(expected, stored)) {
      addFinding(
          what,
          (nodePosition.index() << nodePosition.level()) + 1,
          nodePosition.level(),
          stored == null ? "it is missing" : "it does not follow from what is below it");
    }
  }

  private void checkHeads(long from, List<ChainStore.Row> rows, long size) {
    if (rows.isEmpty()) {
      return;
    }
    long end = rows.getLast().height();
    for (var head : store.headsAfter(from, rows.size())) {
      if (head.treeSize() > end) {
        break;
      }
      checkHead(head);
    }
    if (end == size && store.headCovering(size).filter(head -> head.treeSize() == size).isEmpty()) {
      addFinding("head", size, 0, "the newest head does not cover the chain");
    }
  }

  private void checkHead(TreeHead head) {
    var keys = new KeyPeriods(world.keyPeriods().apply(world.did()));
    try {
      SignedJson.verify(Json.tree(head), signerId -> keys.find(signerId, head.timestamp()));
    } catch (Refusal notSigned) {
      addFinding("head", head.treeSize(), 0, "its signature is wrong");
    }
    try {
      var root = nodes.run(known -> MerkleTree.root(known, head.treeSize()));
      if (!Arrays.equals(root, head.root())) {
        addFinding("head", head.treeSize(), 0, "the stored nodes give another root");
      }
    } catch (NodePrefetch.NodeMissing missing) {
      addFinding("head", head.treeSize(), 0, String.valueOf(missing.getMessage()));
    }
  }

  /** Returns the nodes above a leaf that became complete with it, lowest first. */
  private static List<NodePosition> completed(long index) {
    var nodePositions = new ArrayList<NodePosition>();
    int level = 0;
    for (long i = index; (i & 1) == 1; i >>= 1) {
      level++;
      nodePositions.add(new NodePosition(level, i >> 1));
    }
    return nodePositions;
  }

  private static NodePosition child(NodePosition parent, int which) {
    return new NodePosition(parent.level() - 1, parent.index() * 2 + which);
  }

  private void addFinding(String what, long height, int level, String detail) {
    if (findings.size() < MAX_FINDINGS) {
      findings.add(new Finding(what, height, level, detail));
    }
  }
}
