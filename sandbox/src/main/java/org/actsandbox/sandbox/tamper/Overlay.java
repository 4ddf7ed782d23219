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
import org.actsandbox.protocol.attestation.merkle.StoredNodes.Place;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.trust.Lens;

/** A world's evidence as readers see it: what is broken lies over what is stored. */
public final class Overlay implements Lens {

  private final TamperTable table;

  /** Replaced as a whole, so that a reader sees one state of it. */
  private volatile State state;

  private record State(List<Break> breaks, Map<String, Optional<String>> items) {

    static State of(List<Break> breaks) {
      var items = new HashMap<String, Optional<String>>();
      for (var each : breaks) {
        each.altered().forEach(item -> items.put(item.item(), Optional.ofNullable(item.value())));
      }
      return new State(List.copyOf(breaks), Map.copyOf(items));
    }
  }

  public Overlay(TamperTable table) {
    this.table = table;
    this.state = State.of(table.all());
  }

  List<Break> breaks() {
    return state.breaks();
  }

  /**
   * @throws Refusal {@code already_tampered} for something that is broken already
   */
  synchronized void add(Break broken) {
    for (var altered : broken.altered()) {
      if (state.items().containsKey(altered.item())) {
        throw new Refusal(Problem.ALREADY_TAMPERED, "this is broken already")
            .at("record_id")
            .observed(altered.item())
            .remedy("heal it first: DELETE the break that GET lists");
      }
    }
    table.insert(broken);
    state = State.of(Stream.concat(state.breaks().stream(), Stream.of(broken)).toList());
  }

  /** Whether there was such a break. */
  synchronized boolean remove(String breakId) {
    var left = new ArrayList<>(state.breaks());
    boolean there = left.removeIf(each -> each.breakId().equals(breakId));
    if (there) {
      table.delete(breakId);
      state = State.of(left);
    }
    return there;
  }

  private Optional<String> seen(String item, String stored) {
    var altered = state.items().get(item);
    return altered == null ? Optional.of(stored) : altered;
  }

  static String recordItem(String recordId) {
    return "record " + recordId;
  }

  static String anchorItem(String recordId) {
    return "anchor " + recordId;
  }

  static String nodeItem(Place place) {
    return "node " + place.number();
  }

  static String headItem(long size) {
    return "head " + size;
  }

  static String keysItem(Did owner) {
    return "keys " + owner;
  }

  @Override
  public Optional<String> record(String recordId, String stored) {
    return seen(recordItem(recordId), stored);
  }

  @Override
  public Optional<String> anchor(String recordId, String stored) {
    return seen(anchorItem(recordId), stored);
  }

  @Override
  public byte[] node(Place place, byte[] stored) {
    var altered = state.items().get(nodeItem(place));
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
