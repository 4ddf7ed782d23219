package org.actsandbox.sandbox.trust.chain;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.merkle.StoredNodes;

/**
 * Lets work on a tree read all nodes it needs with one statement: it runs once to find out which
 * those are, on hashes without meaning, and once for good.
 */
final class ReadAhead {

  private static final byte[] UNKNOWN = new byte[32];

  private final Function<Collection<StoredNodes.Place>, Map<StoredNodes.Place, byte[]>> store;

  ReadAhead(Function<Collection<StoredNodes.Place>, Map<StoredNodes.Place, byte[]>> store) {
    this.store = store;
  }

  /**
   * @param work reads the same places whatever the hashes are
   * @throws NodeMissing when the store lacks a node
   */
  <T> T on(Function<StoredNodes, T> work) {
    return on(Map.of(), work);
  }

  /**
   * @param known nodes that are not stored yet
   */
  <T> T on(Map<StoredNodes.Place, byte[]> known, Function<StoredNodes, T> work) {
    Set<StoredNodes.Place> wanted = new LinkedHashSet<>();
    var _ =
        work.apply(
            place -> {
              wanted.add(place);
              return UNKNOWN;
            });
    wanted.removeAll(known.keySet());
    var found = new HashMap<>(known);
    if (!wanted.isEmpty()) {
      found.putAll(store.apply(wanted));
    }
    return work.apply(
        place -> {
          var hash = found.get(place);
          if (hash == null) {
            throw new NodeMissing(place);
          }
          return hash;
        });
  }

  /** The chain lacks a node that it once had. */
  static final class NodeMissing extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NodeMissing(StoredNodes.Place place) {
      super(
          "the chain lacks the node at level %d, index %d".formatted(place.level(), place.index()));
    }
  }
}
