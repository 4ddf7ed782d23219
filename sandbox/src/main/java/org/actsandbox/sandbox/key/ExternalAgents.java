package org.actsandbox.sandbox.key;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Registers the agents that run outside the sandbox: they keep their private keys, the world knows
 * the public ones.
 */
public final class ExternalAgents implements KeyDirectory {

  /** Ours: limit of agents, because a world is one simulation and no registry. */
  static final int MAX_AGENTS = 200;

  private final JdbcClient jdbc;
  private final String partition;
  private final Map<String, VerificationKey> keys;

  /** Keys of deregistered agents; they verify earlier signatures. */
  private final Map<String, DeregisteredKey> deregisteredKeys = new ConcurrentHashMap<>();

  private final List<Consumer<Did>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Represents the key of a deregistered agent.
   *
   * @param at time of the deregistration by the world's clock
   */
  private record DeregisteredKey(VerificationKey key, Instant at) {}

  public ExternalAgents(JdbcClient jdbc, String partition) {
    this.jdbc = jdbc;
    this.partition = partition;
    this.keys = new ConcurrentHashMap<>();
    load();
  }

  @Override
  public Optional<VerificationKey> find(String signerId) {
    return Optional.ofNullable(keys.get(signerId));
  }

  /** Finds a key even if its agent was deregistered, to verify what it signed before. */
  public Optional<VerificationKey> remembered(String signerId) {
    return find(signerId)
        .or(() -> Optional.ofNullable(deregisteredKeys.get(signerId)).map(DeregisteredKey::key));
  }

  public boolean isDeregistered(Did agent) {
    return deregisteredKeys.containsKey(agent.key(1));
  }

  /** Returns the agents that were deregistered here. */
  public List<Did> deregistered() {
    return deregisteredKeys.keySet().stream().map(Did::ofSigner).sorted().toList();
  }

  /** Returns the agents that are registered, and those that were. */
  public List<Did> everRegistered() {
    return Stream.concat(keys.keySet().stream(), deregisteredKeys.keySet().stream())
        .map(Did::ofSigner)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Returns the period of an agent's one key: without a beginning, because the agent had it before
   * it was registered, until the agent was deregistered. Ours: a signature at the very moment of
   * the deregistration counts, because a stopped clock cannot tell before from after.
   */
  public Optional<KeyPeriod> period(Did agent) {
    var signerId = agent.key(1);
    var deregistered = deregisteredKeys.get(signerId);
    return deregistered != null
        ? Optional.of(
            new KeyPeriod(deregistered.key(), Instant.EPOCH, deregistered.at().plusMillis(1)))
        : find(signerId).map(key -> new KeyPeriod(key, Instant.EPOCH, null));
  }

  /**
   * Adds a listener that is called for each deregistered agent, on the thread that deregisters it.
   */
  public void whenDeregistered(Consumer<Did> listener) {
    listeners.add(listener);
  }

  /**
   * Deregisters an agent for good; a second call changes nothing. Its later signatures and requests
   * are those of a stranger, and its name stays taken.
   *
   * @throws Refusal {@code not_found} for a name that was never registered
   */
  public synchronized void deregister(Did agent, Instant at) {
    var signerId = agent.key(1);
    var key = keys.get(signerId);
    if (key == null) {
      if (!deregisteredKeys.containsKey(signerId)) {
        throw new Refusal(Problem.NOT_FOUND, "no agent of that name is registered")
            .at("name")
            .observed(agent.name());
      }
      return;
    }
    jdbc.sql("update external_agents set deregistered_at = ? where world = ? and did = ?")
        .params(at.atOffset(ZoneOffset.UTC), partition, agent.value())
        .update();
    deregisteredKeys.put(signerId, new DeregisteredKey(key, at));
    keys.remove(signerId);
    listeners.forEach(listener -> listener.accept(agent));
  }

  public List<Did> dids() {
    return keys.keySet().stream().map(Did::ofSigner).sorted().toList();
  }

  /**
   * Registers an agent's public key as its first key; the same key again changes nothing.
   *
   * @param jwk public JWK, Ed25519, P-256 or RSA; its {@code kid} is set to the agent's first key
   * @throws Refusal {@code invalid_field} for anything but a public key, {@code name_taken} if the
   *     agent is registered with another key, {@code limit_exceeded}
   */
  public synchronized VerificationKey register(Did agent, JsonNode jwk) {
    var key = ExternalKeys.read(agent.key(1), jwk);
    if (deregisteredKeys.containsKey(key.signerId())) {
      throw new Refusal(Problem.NAME_TAKEN, "the agent of this name was deregistered")
          .at("name")
          .observed(agent.name())
          .remedy("choose another name");
    }
    var known = keys.get(key.signerId());
    if (known != null) {
      if (known.jwk().equals(key.jwk())) {
        return known;
      }
      throw taken(agent);
    }
    if (keys.size() >= MAX_AGENTS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "this world has enough agents")
          .expected("at most " + MAX_AGENTS)
          .remedy("make another world");
    }
    store(agent, key);
    keys.put(key.signerId(), key);
    return key;
  }

  /**
   * Checks a key before it is known whose it is.
   *
   * @throws Refusal {@code invalid_field} for anything but a public key
   */
  public static void requirePublicKey(JsonNode jwk) {
    ExternalKeys.read(Did.of("agent").key(1), jwk);
  }

  private void store(Did agent, VerificationKey key) {
    try {
      jdbc.sql("insert into external_agents (world, did, jwk) values (?, ?, ?)")
          .params(partition, agent.value(), key.jwk())
          .update();
    } catch (DuplicateKeyException insertedByOtherNode) {
      throw taken(agent);
    }
  }

  private record Row(String jwk, @Nullable OffsetDateTime deregisteredAt) {}

  private void load() {
    var rows =
        jdbc.sql("select jwk, deregistered_at from external_agents where world = ?")
            .param(partition)
            .query(
                (row, _) ->
                    new Row(
                        row.getString("jwk"),
                        row.getObject("deregistered_at", OffsetDateTime.class)))
            .list();
    for (var row : rows) {
      var stored = KeySet.parse("{\"keys\":[" + row.jwk() + "]}").keys();
      var deregisteredAt = row.deregisteredAt();
      if (deregisteredAt == null) {
        keys.putAll(stored);
      } else {
        stored.forEach(
            (signerId, key) ->
                deregisteredKeys.put(
                    signerId, new DeregisteredKey(key, deregisteredAt.toInstant())));
      }
    }
  }

  private static Refusal taken(Did agent) {
    return new Refusal(Problem.NAME_TAKEN, "the name is taken by another key")
        .at("name")
        .observed(agent.name())
        .remedy("choose another name");
  }
}
