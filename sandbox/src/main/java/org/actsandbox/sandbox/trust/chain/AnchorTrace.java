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
 * Represents the path of an anchor up to a signed head with the stored node beside each computed
 * one, to locate the first node that differs.
 *
 * @param leaf the hash of the anchor's own bytes
 * @param links the nodes from the leaf up; the last one is the head's root
 * @param fits false when the audit path does not belong to this tree
 */
public record AnchorTrace(InclusionProof anchored, String leaf, List<Link> links, boolean fits) {

  /**
   * Represents a node of the path.
   *
   * @param height the height of the first anchor below the node
   * @param hash the hash that is computed from the nodes below
   * @param sibling the hash that the node below is combined with; null for the leaf
   * @param stored the stored hash of the node; null where the tree is not complete yet
   */
  public record Link(
      int level,
      long height,
      String hash,
      @Nullable String sibling,
      boolean siblingLeft,
      @Nullable String stored) {

    /** Tells whether the stored hash equals the computed one. */
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
    var leafPosition = new NodePosition(0, inclusionProof.height() - 1);
    var path = inclusionProof.auditSteps();
    var auditPathSteps = path.orElse(List.of());
    long size = inclusionProof.head().treeSize();
    var wanted = new ArrayList<NodePosition>(List.of(leafPosition));
    auditPathSteps.stream()
        .filter(auditPathStep -> auditPathStep.isStored(size))
        .map(AuditPathStep::above)
        .forEach(wanted::add);
    var stored = nodes.apply(wanted);
    var links = new ArrayList<Link>();
    links.add(link(leafPosition, leaf, null, false, stored));
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
    // The head states the root, also where no node is stored for it.
    links.set(
        links.size() - 1,
        new Link(
            last.level(),
            last.height(),
            last.hash(),
            last.sibling(),
            last.siblingLeft(),
            last.holds() ? inclusionProof.head().rootHash() : last.stored()));
    return new AnchorTrace(inclusionProof, Base64Url.encode(leaf), links, path.isPresent());
  }

  private static Link link(
      NodePosition nodePosition,
      byte[] hash,
      byte @Nullable [] sibling,
      boolean siblingLeft,
      Map<NodePosition, byte[]> stored) {
    var storedHash = stored.get(nodePosition);
    return new Link(
        nodePosition.level(),
        (nodePosition.index() << nodePosition.level()) + 1,
        Base64Url.encode(hash),
        sibling == null ? null : Base64Url.encode(sibling),
        siblingLeft,
        storedHash == null ? null : Base64Url.encode(storedHash));
  }

  /** Returns the lowest node with a stored hash that differs from the computed one. */
  public Optional<Link> firstBroken() {
    return links.stream().filter(link -> !link.holds()).findFirst();
  }
}
