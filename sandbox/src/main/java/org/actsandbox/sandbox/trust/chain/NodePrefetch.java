package org.actsandbox.sandbox.trust.chain;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore;

/**
 * Reads all tree nodes that a computation needs with one statement: the computation runs once on
 * placeholder hashes to find out which nodes it needs, and once on the real ones.
 */
final class NodePrefetch {

  private static final byte[] PLACEHOLDER = new byte[32];

  private final Function<
          Collection<MerkleNodeStore.NodePosition>, Map<MerkleNodeStore.NodePosition, byte[]>>
      store;

  NodePrefetch(
      Function<Collection<MerkleNodeStore.NodePosition>, Map<MerkleNodeStore.NodePosition, byte[]>>
          store) {
    this.store = store;
  }

  /**
   * @param work must read the same positions for any hashes
   * @throws NodeMissing when the store lacks a node
   */
  <T> T run(Function<MerkleNodeStore, T> work) {
    return run(Map.of(), work);
  }

  /**
   * @param known nodes that are computed but not stored yet
   */
  <T> T run(Map<MerkleNodeStore.NodePosition, byte[]> known, Function<MerkleNodeStore, T> work) {
    Set<MerkleNodeStore.NodePosition> wanted = new LinkedHashSet<>();
    var _ =
        work.apply(
            nodePosition -> {
              wanted.add(nodePosition);
              return PLACEHOLDER;
            });
    wanted.removeAll(known.keySet());
    var found = new HashMap<>(known);
    if (!wanted.isEmpty()) {
      found.putAll(store.apply(wanted));
    }
    return work.apply(
        nodePosition -> {
          var hash = found.get(nodePosition);
          if (hash == null) {
            throw new NodeMissing(nodePosition);
          }
          return hash;
        });
  }

  /** Reports that the chain lacks a node that it must have. */
  static final class NodeMissing extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NodeMissing(MerkleNodeStore.NodePosition nodePosition) {
      super(
          "the chain lacks the node at level %d, index %d"
              .formatted(nodePosition.level(), nodePosition.index()));
    }
  }
}
