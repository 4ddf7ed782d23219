package org.actsandbox.sandbox.trust.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore;
import org.actsandbox.protocol.attestation.merkle.MerkleTree;
import org.actsandbox.protocol.attestation.merkle.MerkleTree.Node;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.sandbox.trust.EvidenceView;
import org.actsandbox.sandbox.trust.TrustWorld;

/**
 * The chain of one world: takes anchors, once each and for good, and proves that it holds them (ACT
 * TSD-4).
 */
public final class AnchorChain implements AnchorLog {

  /** Ours: one answer of the log, and one transaction. */
  public static final int MAX_BATCH = 64;

  /**
   * Ours: an anchor is signed when it is submitted, so a key that was given up long ago cannot make
   * one any more. Wider than any clock of the sandbox can be wrong.
   */
  private static final Duration FRESH = Duration.ofHours(25);

  private final TrustWorld world;

  /** What is appended to. */
  private final ChainStore store;

  private final NodePrefetch nodes;

  /** What is shown. */
  private final ChainStore seen;

  private final NodePrefetch seenNodes;
  private final TrustWorld seenWorld;

  public AnchorChain(TrustWorld world, EvidenceView evidenceView) {
    this.world = world;
    this.store = new ChainStore(world, EvidenceView.CLEAR);
    this.nodes = new NodePrefetch(store::nodes);
    this.seen = new ChainStore(world, evidenceView);
    this.seenNodes = new NodePrefetch(seen::nodes);
    this.seenWorld = world.withView(evidenceView);
  }

  @Override
  public List<AnchorLog.AppendResult> append(List<String> compacts) {
    var checked = compacts.stream().map(this::check).toList();
    return world.inTransaction(() -> appendLocked(checked));
  }

  private sealed interface Checked {

    record Good(String compact, Anchor anchor) implements Checked {}

    record Bad(String why) implements Checked {}
  }

  private Checked check(String compact) {
    try {
      var anchor = AnchorCodec.verify(compact, world).anchor();
      var age = Duration.between(Instant.ofEpochSecond(anchor.iat()), world.now()).abs();
      return age.compareTo(FRESH) > 0
          ? new Checked.Bad("iat is not of this time")
          : new Checked.Good(compact, anchor);
    } catch (IllegalArgumentException wrong) {
      return new Checked.Bad(String.valueOf(wrong.getMessage()));
    }
  }

  private List<AnchorLog.AppendResult> appendLocked(List<Checked> checked) {
    long size = store.lock();
    var outcomes = new ArrayList<AnchorLog.AppendResult>();
    var rows = new ArrayList<ChainStore.Row>();
    Map<MerkleNodeStore.NodePosition, byte[]> fresh = new HashMap<>();
    var added = new ArrayList<Node>();
    var now = world.now();
    for (var each : checked) {
      switch (each) {
        case Checked.Bad(var why) -> outcomes.add(new AnchorLog.AppendResult.Refused(null, why));
        case Checked.Good(var compact, var anchor) -> {
          var before = before(anchor, rows);
          if (before.isPresent()) {
            outcomes.add(before.get());
            continue;
          }
          long index = size + rows.size();
          var more =
              nodes.run(
                  fresh,
                  known -> MerkleTree.append(known, index, InclusionProof.leafHash(compact)));
          more.forEach(node -> fresh.put(node.place(), node.hash()));
          added.addAll(more);
          rows.add(
              new ChainStore.Row(
                  index + 1,
                  anchor.recordId(),
                  anchor.privacyChannel(),
                  anchor.submitter().value(),
                  compact,
                  now));
          outcomes.add(new AnchorLog.AppendResult.At(anchor, index + 1));
        }
      }
    }
    if (!rows.isEmpty()) {
      long grown = size + rows.size();
      store.add(rows);
      store.addNodes(added);
      var root = nodes.run(fresh, known -> MerkleTree.root(known, grown));
      store.add(TreeHead.sign(world.logId(), grown, root, now, world.signer()));
      store.setSize(grown);
    }
    return outcomes;
  }

  private Optional<AnchorLog.AppendResult> before(Anchor anchor, List<ChainStore.Row> rows) {
    return rows.stream()
        .filter(row -> row.recordId().equals(anchor.recordId()))
        .findFirst()
        .or(() -> store.find(anchor.recordId()))
        .map(
            row ->
                new AnchorLog.AppendResult.Before(
                    anchor,
                    row.height(),
                    !AnchorCodec.read(row.anchor()).payloadHash().equals(anchor.payloadHash())));
  }

  /** One place on the chain, for readers. */
  public record Link(
      long height, Anchor anchor, String compact, String leafHash, Instant anchoredAt) {}

  public Optional<Link> find(String recordId) {
    return seen.find(recordId).map(AnchorChain::link);
  }

  /** In the order of the chain, from the one after {@code height}. */
  public List<Link> after(long height, int limit) {
    return seen.after(height, limit).stream().map(AnchorChain::link).toList();
  }

  private static Link link(ChainStore.Row row) {
    return new Link(
        row.height(),
        AnchorCodec.read(row.anchor()),
        row.anchor(),
        Base64Url.encode(InclusionProof.leafHash(row.anchor())),
        row.anchoredAt());
  }

  /** The anchor with its proof to {@code head}, which must cover it. */
  public Optional<InclusionProof> anchored(String recordId, TreeHead head) {
    return seen.find(recordId)
        .filter(row -> row.height() <= head.treeSize())
        .map(
            row ->
                new InclusionProof(
                    row.anchor(), row.height(), path(row.height(), head.treeSize()), head));
  }

  /** The audit path of a leaf, lowest sibling first. */
  public List<String> path(long height, long size) {
    return seenNodes.run(known -> encoded(MerkleTree.inclusion(known, height - 1, size)));
  }

  /**
   * The way from a leaf to the newest head, each node beside what the chain has stored in its
   * place.
   */
  public Optional<AnchorTrace> trace(String recordId) {
    return head()
        .flatMap(head -> anchored(recordId, head))
        .map(found -> AnchorTrace.of(found, seen::nodes));
  }

  /** The stored nodes that the audit path of a leaf is made of, lowest first. */
  public Map<MerkleNodeStore.NodePosition, byte[]> auditPathNodes(long height, long size) {
    var nodePositions = new LinkedHashSet<MerkleNodeStore.NodePosition>();
    var _ =
        seenNodes.run(
            known ->
                MerkleTree.inclusion(
                    nodePosition -> {
                      nodePositions.add(nodePosition);
                      return known.at(nodePosition);
                    },
                    height - 1,
                    size));
    var stored = seen.nodes(nodePositions);
    var found = new LinkedHashMap<MerkleNodeStore.NodePosition, byte[]>();
    nodePositions.forEach(
        nodePosition -> found.put(nodePosition, Objects.requireNonNull(stored.get(nodePosition))));
    return found;
  }

  public List<String> consistency(long first, long second) {
    return seenNodes.run(known -> encoded(MerkleTree.consistency(known, first, second)));
  }

  /** Empty while nothing has been anchored. */
  public Optional<TreeHead> head() {
    return seen.head();
  }

  /** The oldest head that covers {@code size} leaves. */
  public Optional<TreeHead> headCovering(long size) {
    return seen.headCovering(size);
  }

  public List<TreeHead> headsAfter(long size, int limit) {
    return seen.headsAfter(size, limit);
  }

  public long size() {
    return seen.size();
  }

  /** What was found when a part of the chain was looked through. */
  public ChainAudit.Findings audit(long from, int leaves) {
    return new ChainAudit(seenWorld, seen, seenNodes).audit(from, leaves);
  }

  static List<String> encoded(List<byte[]> hashes) {
    return hashes.stream().map(Base64Url::encode).toList();
  }
}
