package org.actsandbox.protocol.attestation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The participants of a world, with their roles and their public keys over time. A verifier gets
 * this list separately from the evidence that it verifies.
 */
public record TrustedIdentities(String world, List<Identity> identities) {

  public static final String FORMAT = "act-sandbox-identities/1";

  /** Ours: more participants than any world has. */
  private static final int MAX_IDENTITIES = 4_096;

  /** Lists the roles in which a participant signs. */
  public enum Role {
    PRINCIPAL,
    AGENT,
    MERCHANT,
    PAYMENT,
    DELEGATION,
    TRUST,
    /** The credit service, the issuer of association credentials, or the verifier. */
    CREDIT;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is no role of that code
     */
    @JsonCreator
    public static Role of(String code) {
      return Arrays.stream(values())
          .filter(each -> each.code().equals(code))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no role of a participant: " + code));
    }
  }

  /**
   * A participant, its role and its public keys.
   *
   * @param keys oldest first
   */
  public record Identity(Did did, Role role, List<KeyPeriod> keys) {

    public Identity {
      keys = List.copyOf(keys);
    }
  }

  public TrustedIdentities {
    identities = List.copyOf(identities);
  }

  public Optional<Identity> find(Did did) {
    return identities.stream().filter(each -> each.did().equals(did)).findFirst();
  }

  public boolean isA(Did did, Role role) {
    return find(did).filter(each -> each.role() == role).isPresent();
  }

  /** Returns the keys of all participants. */
  public KeyPeriods keys() {
    return new KeyPeriods(identities.stream().flatMap(each -> each.keys().stream()).toList());
  }

  /** Writes the form {@code {"format", "world", "identities": [{"did", "role", "keys"}]}}. */
  public JsonNode json() {
    var tree = Json.object().put("format", FORMAT).put("world", world);
    var array = tree.putArray("identities");
    for (var each : identities) {
      var entry = array.addObject().put("did", each.did().value()).put("role", each.role().code());
      entry.set("keys", new KeyPeriods(each.keys()).json().path("keys"));
    }
    return tree;
  }

  /**
   * Reads the form that {@link #json} writes.
   *
   * @throws IllegalArgumentException if the bytes are not a list of identities
   */
  public static TrustedIdentities parse(byte[] json) {
    try {
      var tree = Json.parse(json);
      var entries = tree.path("identities");
      if (!tree.path("format").asString("").equals(FORMAT)
          || !tree.path("world").isString()
          || !entries.isArray()
          || entries.size() > MAX_IDENTITIES) {
        throw new IllegalArgumentException("not a list of identities (" + FORMAT + ")");
      }
      var identities = new ArrayList<Identity>();
      var known = new HashSet<Did>();
      for (var entry : entries) {
        var identity = identity(entry);
        if (!known.add(identity.did())) {
          throw new IllegalArgumentException(identity.did() + " stands twice");
        }
        identities.add(identity);
      }
      return new TrustedIdentities(tree.path("world").stringValue(), identities);
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException("not JSON of at most " + Json.MAX_CHARS, unreadable);
    }
  }

  private static Identity identity(JsonNode entry) {
    var did = new Did(entry.path("did").asString(""));
    var set = Json.object().set("keys", entry.path("keys"));
    var keys = KeyPeriods.parse(Json.bytes(set)).keys();
    for (var each : keys) {
      if (!Did.ofSigner(each.key().signerId()).equals(did)) {
        throw new IllegalArgumentException(did + " has a key of another participant");
      }
    }
    return new Identity(did, Role.of(entry.path("role").asString("")), keys);
  }
}
