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
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.participant.Transactions;
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
import org.jspecify.annotations.Nullable;

/**
 * Is the chain of one world: appends anchors, each once and permanently, and proves that it
 * contains them (ACT TSD-4).
 */
public final class AnchorChain implements AnchorLog {

  /** Ours: the number of anchors in one request and one transaction. */
  public static final int MAX_BATCH = 64;

  /**
   * Ours: an anchor is signed when it is submitted, so a key that was given up long ago cannot make
   * one any more. The window is wider than any error of a sandbox clock.
   */
  private static final Duration MAX_AGE = Duration.ofHours(25);

  private final TrustWorld world;

  /** The stored rows, which are appended to. */
  private final ChainStore store;

  private final NodePrefetch nodes;

  /** The rows as readers see them. */
  private final ChainStore shown;

  private final NodePrefetch shownNodes;
  private final TrustWorld shownWorld;
  private final EvidenceView evidenceView;

  /** The newest head that this process has signed and stored; absent until it has. */
  private final AtomicReference<@Nullable TreeHead> newestSigned = new AtomicReference<>();

  public AnchorChain(TrustWorld world, EvidenceView evidenceView) {
    this.world = world;
    this.store = new ChainStore(world, EvidenceView.UNCHANGED);
    this.nodes = new NodePrefetch(store::nodes);
    this.shown = new ChainStore(world, evidenceView);
    this.shownNodes = new NodePrefetch(shown::nodes);
    this.shownWorld = world.withView(evidenceView);
    this.evidenceView = evidenceView;
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
      return age.compareTo(MAX_AGE) > 0
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
    var present = present(checked);
    for (var each : checked) {
      switch (each) {
        case Checked.Bad(var why) -> outcomes.add(new AnchorLog.AppendResult.Refused(null, why));
        case Checked.Good(var compact, var anchor) -> {
          var existing = findExisting(anchor, rows, present);
          if (existing.isPresent()) {
            outcomes.add(existing.get());
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
          outcomes.add(new AnchorLog.AppendResult.Appended(anchor, index + 1));
        }
      }
    }
    if (!rows.isEmpty()) {
      long grown = size + rows.size();
      store.add(rows);
      store.addNodes(added);
      var root = nodes.run(fresh, known -> MerkleTree.root(known, grown));
      var head = TreeHead.sign(world.logId(), grown, root, now, world.signer());
      store.add(head);
      store.setSize(grown);
      Transactions.afterCommit(() -> newestSigned.accumulateAndGet(head, AnchorChain::larger));
    }
    return outcomes;
  }

  private static TreeHead larger(@Nullable TreeHead known, TreeHead head) {
    return known == null || known.treeSize() < head.treeSize() ? head : known;
  }

  /** Finds those of the anchors' records that the chain has already. */
  private Map<String, ChainStore.Row> present(List<Checked> checked) {
    var recordIds =
        checked.stream()
            .filter(Checked.Good.class::isInstance)
            .map(each -> ((Checked.Good) each).anchor().recordId())
            .distinct()
            .toList();
    return recordIds.isEmpty() ? Map.of() : store.find(recordIds);
  }

  private static Optional<AnchorLog.AppendResult> findExisting(
      Anchor anchor, List<ChainStore.Row> rows, Map<String, ChainStore.Row> present) {
    return rows.stream()
        .filter(row -> row.recordId().equals(anchor.recordId()))
        .findFirst()
        .or(() -> Optional.ofNullable(present.get(anchor.recordId())))
        .map(
            row ->
                new AnchorLog.AppendResult.AlreadyPresent(
                    anchor,
                    row.height(),
                    !AnchorCodec.read(row.anchor()).payloadHash().equals(anchor.payloadHash())));
  }

  /** Represents one anchor on the chain, for readers. */
  public record Link(
      long height, Anchor anchor, String compact, String leafHash, Instant anchoredAt) {}

  public Optional<Link> find(String recordId) {
    return shown.find(recordId).map(AnchorChain::link);
  }

  /** Lists anchors in the order of the chain, from the one after {@code height}. */
  public List<Link> after(long height, int limit) {
    return shown.after(height, limit).stream().map(AnchorChain::link).toList();
  }

  private static Link link(ChainStore.Row row) {
    return new Link(
        row.height(),
        AnchorCodec.read(row.anchor()),
        row.anchor(),
        Base64Url.encode(InclusionProof.leafHash(row.anchor())),
        row.anchoredAt());
  }

  /**
   * Returns an anchor with its proof of inclusion under {@code head}; empty when the head does not
   * cover it.
   */
  public Optional<InclusionProof> anchored(String recordId, TreeHead head) {
    return shown
        .find(recordId)
        .filter(row -> row.height() <= head.treeSize())
        .map(
            row ->
                new InclusionProof(
                    row.anchor(), row.height(), path(row.height(), head.treeSize()), head));
  }

  /** Returns the audit path of a leaf, lowest sibling first. */
  public List<String> path(long height, long size) {
    return shownNodes.run(known -> encoded(MerkleTree.inclusion(known, height - 1, size)));
  }

  /** Returns the path from a leaf to the newest head, each computed node beside the stored one. */
  public Optional<AnchorTrace> trace(String recordId) {
    return head()
        .flatMap(head -> anchored(recordId, head))
        .map(found -> AnchorTrace.of(found, shown::nodes));
  }

  /** Returns the stored nodes of a leaf's audit path, lowest first. */
  public Map<MerkleNodeStore.NodePosition, byte[]> auditPathNodes(long height, long size) {
    var nodePositions = new LinkedHashSet<MerkleNodeStore.NodePosition>();
    var _ =
        shownNodes.run(
            known ->
                MerkleTree.inclusion(
                    nodePosition -> {
                      nodePositions.add(nodePosition);
                      return known.at(nodePosition);
                    },
                    height - 1,
                    size));
    var stored = shown.nodes(nodePositions);
    var found = new LinkedHashMap<MerkleNodeStore.NodePosition, byte[]>();
    nodePositions.forEach(
        nodePosition -> found.put(nodePosition, Objects.requireNonNull(stored.get(nodePosition))));
    return found;
  }

  public List<String> consistency(long first, long second) {
    return shownNodes.run(known -> encoded(MerkleTree.consistency(known, first, second)));
  }

  /** Returns the newest head; empty while the chain has no anchor. */
  public Optional<TreeHead> head() {
    return shown.head();
  }

  /**
   * Returns the newest head for a caller who has just appended. What this process signed itself is
   * not read again.
   *
   * @param height the height of the caller's last new anchor; 0 if it has none
   */
  public Optional<TreeHead> headAfterAppend(long height) {
    var signed = newestSigned.get();
    return height > 0 && signed != null && signed.treeSize() >= height
        ? Optional.of(evidenceView.head(signed))
        : head();
  }

  /** Returns the oldest head that covers {@code size} leaves. */
  public Optional<TreeHead> headCovering(long size) {
    return shown.headCovering(size);
  }

  public List<TreeHead> headsAfter(long size, int limit) {
    return shown.headsAfter(size, limit);
  }

  public long size() {
    return shown.size();
  }

  /** Audits a part of the chain and returns the findings. */
  public ChainAudit.Findings audit(long from, int leaves) {
    return new ChainAudit(shownWorld, shown, shownNodes).audit(from, leaves);
  }

  static List<String> encoded(List<byte[]> hashes) {
    return hashes.stream().map(Base64Url::encode).toList();
  }
}
