package org.actsandbox.sandbox.trust.chain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.AuditPathStep;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore.NodePosition;
import org.jspecify.annotations.Nullable;

/**
 * The way of an anchor up to a signed head, each node beside the one that is stored in its place,
 * so that the first link that does not hold has a place.
 *
 * @param leaf what the anchor's own bytes give
 * @param links from the leaf up; the last one is the head's root
 * @param fits false for an audit path that is none of this tree
 */
public record AnchorTrace(InclusionProof anchored, String leaf, List<Link> links, boolean fits) {

  /**
   * A node of the way.
   *
   * @param height of the first anchor below it
   * @param hash what follows from below
   * @param sibling what it is hashed with to get there; null for the leaf
   * @param stored what the chain has there; null where the tree is not complete yet
   */
  public record Link(
      int level,
      long height,
      String hash,
      @Nullable String sibling,
      boolean siblingLeft,
      @Nullable String stored) {

    /** Whether what is stored follows from what is below it. */
    public boolean holds() {
      return stored == null || stored.equals(hash);
    }
  }

  public AnchorTrace {
    links = List.copyOf(links);
  }

  static AnchorTrace of(
      InclusionProof inclusionProof,
      Function<Collection<NodePosition>, Map<NodePosition, byte[]>> nodes) {
    var leaf = InclusionProof.leafHash(inclusionProof.anchor());
    var leafPlace = new NodePosition(0, inclusionProof.height() - 1);
    var climbed = inclusionProof.auditSteps();
    var auditPathSteps = climbed.orElse(List.of());
    long size = inclusionProof.head().treeSize();
    var wanted = new ArrayList<NodePosition>(List.of(leafPlace));
    auditPathSteps.stream()
        .filter(auditPathStep -> auditPathStep.isStored(size))
        .map(AuditPathStep::above)
        .forEach(wanted::add);
    var stored = nodes.apply(wanted);
    var links = new ArrayList<Link>();
    links.add(link(leafPlace, leaf, null, false, stored));
    for (var auditPathStep : auditPathSteps) {
      links.add(
          link(
              auditPathStep.above(),
              auditPathStep.hash(),
              auditPathStep.sibling(),
              auditPathStep.siblingLeft(),
              stored));
    }
    var last = links.getLast();
    // The head speaks for the whole tree, also where no node is stored for it.
    links.set(
        links.size() - 1,
        new Link(
            last.level(),
            last.height(),
            last.hash(),
            last.sibling(),
            last.siblingLeft(),
            last.holds() ? inclusionProof.head().rootHash() : last.stored()));
    return new AnchorTrace(inclusionProof, Base64Url.encode(leaf), links, climbed.isPresent());
  }

  private static Link link(
      NodePosition nodePosition,
      byte[] hash,
      byte @Nullable [] sibling,
      boolean siblingLeft,
      Map<NodePosition, byte[]> stored) {
    var there = stored.get(nodePosition);
    return new Link(
        nodePosition.level(),
        (nodePosition.index() << nodePosition.level()) + 1,
        Base64Url.encode(hash),
        sibling == null ? null : Base64Url.encode(sibling),
        siblingLeft,
        there == null ? null : Base64Url.encode(there));
  }

  /** The lowest node that is not what follows from below it. */
  public Optional<Link> firstBroken() {
    return links.stream().filter(link -> !link.holds()).findFirst();
  }
}
