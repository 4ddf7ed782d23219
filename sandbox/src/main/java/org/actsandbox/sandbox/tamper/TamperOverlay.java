package org.actsandbox.sandbox.tamper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.trust.EvidenceView;

/** Shows readers a world's evidence with the broken items in place of the stored ones. */
public final class TamperOverlay implements EvidenceView {

  private final TamperTable table;

  /**
   * The current breaks; they are replaced as a whole, so that a reader sees one consistent state.
   */
  private volatile State state;

  private record State(List<EvidenceBreak> breaks, Map<String, Optional<String>> items) {

    static State of(List<EvidenceBreak> evidenceBreaks) {
      var items = new HashMap<String, Optional<String>>();
      for (var each : evidenceBreaks) {
        each.altered().forEach(item -> items.put(item.item(), Optional.ofNullable(item.value())));
      }
      return new State(List.copyOf(evidenceBreaks), Map.copyOf(items));
    }
  }

  public TamperOverlay(TamperTable table) {
    this.table = table;
    this.state = State.of(table.all());
  }

  List<EvidenceBreak> breaks() {
    return state.breaks();
  }

  /**
   * @throws Refusal {@code already_tampered} for an item that is broken already
   */
  synchronized void add(EvidenceBreak broken) {
    for (var alteredItem : broken.altered()) {
      if (state.items().containsKey(alteredItem.item())) {
        throw new Refusal(Problem.ALREADY_TAMPERED, "this is broken already")
            .at("record_id")
            .observed(alteredItem.item())
            .remedy("heal it first: DELETE the break that GET lists");
      }
    }
    table.insert(broken);
    state = State.of(Stream.concat(state.breaks().stream(), Stream.of(broken)).toList());
  }

  /** Removes a break and tells whether it existed. */
  synchronized boolean remove(String breakId) {
    var left = new ArrayList<>(state.breaks());
    boolean existed = left.removeIf(each -> each.breakId().equals(breakId));
    if (existed) {
      table.delete(breakId);
      state = State.of(left);
    }
    return existed;
  }

  private Optional<String> shown(String item, String stored) {
    var altered = state.items().get(item);
    return altered == null ? Optional.of(stored) : altered;
  }

  static String recordItem(String recordId) {
    return "record " + recordId;
  }

  static String anchorItem(String recordId) {
    return "anchor " + recordId;
  }

  static String nodeItem(MerkleNodeStore.NodePosition nodePosition) {
    return "node " + nodePosition.number();
  }

  static String headItem(long size) {
    return "head " + size;
  }

  static String keysItem(Did owner) {
    return "keys " + owner;
  }

  @Override
  public Optional<String> record(String recordId, String stored) {
    return shown(recordItem(recordId), stored);
  }

  @Override
  public Optional<String> anchor(String recordId, String stored) {
    return shown(anchorItem(recordId), stored);
  }

  @Override
  public byte[] node(MerkleNodeStore.NodePosition nodePosition, byte[] stored) {
    var altered = state.items().get(nodeItem(nodePosition));
    return altered == null ? stored : altered.flatMap(Base64Url::decode).orElse(stored);
  }

  @Override
  public TreeHead head(TreeHead stored) {
    var altered = state.items().get(headItem(stored.treeSize()));
    return altered == null
        ? stored
        : altered.map(json -> Json.read(json, TreeHead.class)).orElse(stored);
  }

  @Override
  public List<KeyPeriod> keys(Did owner, List<KeyPeriod> registered) {
    var altered = state.items().get(keysItem(owner));
    return altered == null
        ? registered
        : altered
            .map(json -> KeyPeriods.parse(json.getBytes(StandardCharsets.UTF_8)))
            .map(KeyPeriods::keys)
            .orElse(registered);
  }
}
