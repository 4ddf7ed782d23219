package org.actsandbox.sandbox.trust.chain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.Anchored;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.Rung;
import org.actsandbox.protocol.attestation.merkle.StoredNodes.Place;
import org.jspecify.annotations.Nullable;

/**
 * The way of an anchor up to a signed head, each node beside the one that is stored in its place,
 * so that the first link that does not hold has a place.
 *
 * @param leaf what the anchor's own bytes give
 * @param links from the leaf up; the last one is the head's root
 * @param fits false for an audit path that is none of this tree
 */
public record Trace(Anchored anchored, String leaf, List<Link> links, boolean fits) {

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

  public Trace {
    links = List.copyOf(links);
  }

  static Trace of(Anchored anchored, Function<Collection<Place>, Map<Place, byte[]>> nodes) {
    var leaf = Anchored.leafHash(anchored.anchor());
    var leafPlace = new Place(0, anchored.height() - 1);
    var climbed = anchored.climb();
    var rungs = climbed.orElse(List.of());
    long size = anchored.head().treeSize();
    var wanted = new ArrayList<Place>(List.of(leafPlace));
    rungs.stream().filter(rung -> rung.isStored(size)).map(Rung::above).forEach(wanted::add);
    var stored = nodes.apply(wanted);
    var links = new ArrayList<Link>();
    links.add(link(leafPlace, leaf, null, false, stored));
    for (var rung : rungs) {
      links.add(link(rung.above(), rung.hash(), rung.sibling(), rung.siblingLeft(), stored));
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
            last.holds() ? anchored.head().rootHash() : last.stored()));
    return new Trace(anchored, Base64Url.encode(leaf), links, climbed.isPresent());
  }

  private static Link link(
      Place place,
      byte[] hash,
      byte @Nullable [] sibling,
      boolean siblingLeft,
      Map<Place, byte[]> stored) {
    var there = stored.get(place);
    return new Link(
        place.level(),
        (place.index() << place.level()) + 1,
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
