package org.actsandbox.protocol.attestation;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A complete key history: public keys and the period in which each was valid. */
public record KeyPeriods(List<KeyPeriod> keys) implements KeyHistory {

  /**
   * Ours: the keys of all participants of a purchase, with all rotations: each check of a merchant
   * rotates some in its world.
   */
  public static final int MAX_KEYS = 4_096;

  /**
   * A key and the period in which it was valid.
   *
   * @param validFrom inclusive
   * @param validUntil exclusive; null for the newest key
   */
  public record KeyPeriod(VerificationKey key, Instant validFrom, @Nullable Instant validUntil) {

    public boolean isValidAt(Instant moment) {
      return !moment.isBefore(validFrom) && (validUntil == null || moment.isBefore(validUntil));
    }
  }

  public KeyPeriods {
    keys = List.copyOf(keys);
  }

  @Override
  public Optional<VerificationKey> find(String signerId, Instant at) {
    return keys.stream()
        .filter(each -> each.key().signerId().equals(signerId) && each.isValidAt(at))
        .map(KeyPeriod::key)
        .findFirst();
  }

  /**
   * Returns the key if it was valid at any moment from {@code from} to {@code until}, both
   * included. Use it for a signature that was made at an unknown moment between two known ones.
   */
  public Optional<VerificationKey> findWithin(String signerId, Instant from, Instant until) {
    return keys.stream()
        .filter(each -> each.key().signerId().equals(signerId))
        .filter(each -> !until.isBefore(each.validFrom()))
        .filter(each -> each.validUntil() == null || !from.isAfter(each.validUntil()))
        .map(KeyPeriod::key)
        .findFirst();
  }

  /** Writes the form {@code {"keys": [{"jwk", "valid_from", "valid_until"}]}}. */
  public JsonNode json() {
    var tree = Json.object();
    var array = tree.putArray("keys");
    for (var each : keys) {
      var entry = array.addObject();
      entry.set("jwk", Json.parse(each.key().jwk()));
      entry.put("valid_from", each.validFrom().toString());
      if (each.validUntil() != null) {
        entry.put("valid_until", each.validUntil().toString());
      }
    }
    return tree;
  }

  /**
   * Reads the form that {@link #json} writes.
   *
   * @throws IllegalArgumentException if the bytes are not a key history
   */
  public static KeyPeriods parse(byte[] json) {
    try {
      var entries = Json.parse(json).path("keys");
      if (!entries.isArray() || entries.size() > MAX_KEYS) {
        throw new IllegalArgumentException("not an array of at most " + MAX_KEYS + " keys");
      }
      Map<String, KeyPeriod> byId = new HashMap<>();
      var periods = new ArrayList<KeyPeriod>();
      for (var entry : entries) {
        var period = period(entry);
        if (byId.put(period.key().signerId(), period) != null) {
          throw new IllegalArgumentException("a key stands twice");
        }
        periods.add(period);
      }
      return new KeyPeriods(periods);
    } catch (JacksonException | DateTimeException unreadable) {
      throw new IllegalArgumentException("not a key history", unreadable);
    }
  }

  private static KeyPeriod period(JsonNode entry) {
    var set = Json.object();
    set.putArray("keys").add(entry.path("jwk"));
    var key =
        KeySet.parse(Json.write(set)).keys().values().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a key of another kind"));
    var until = entry.path("valid_until");
    return new KeyPeriod(
        key,
        Instant.parse(entry.path("valid_from").asString("")),
        until.isMissingNode() ? null : Instant.parse(until.asString("")));
  }
}
