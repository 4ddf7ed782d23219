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
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Agents from outside a world's sandbox: they keep their private keys, the world knows the public
 * ones.
 */
public final class ExternalAgents implements KeyDirectory {

  /** Ours: a world is one simulation, not a registry. */
  static final int MAX_AGENTS = 200;

  private final JdbcClient jdbc;
  private final String partition;
  private final Map<String, VerificationKey> keys;

  /** Keys of agents that lost their identity here; they verify what was signed before. */
  private final Map<String, Former> former = new ConcurrentHashMap<>();

  private final List<Consumer<Did>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param at when the agent was deregistered, by the world's clock
   */
  private record Former(VerificationKey key, Instant at) {}

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

  /** Also a key that is good no more, for what it signed while it was. */
  public Optional<VerificationKey> remembered(String signerId) {
    return find(signerId).or(() -> Optional.ofNullable(former.get(signerId)).map(Former::key));
  }

  public boolean isDeregistered(Did agent) {
    return former.containsKey(agent.key(1));
  }

  /** Agents that lost their identity here. */
  public List<Did> deregistered() {
    return former.keySet().stream().map(Did::ofSigner).sorted().toList();
  }

  /** Agents that are registered, and those that were. */
  public List<Did> everRegistered() {
    return Stream.concat(keys.keySet().stream(), former.keySet().stream())
        .map(Did::ofSigner)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The time in which an agent's one key counts: from always, because the agent had it before it
   * was made known here, until the agent was deregistered. Ours: what it signed in that very
   * instant counts, because a clock that stands still does not tell before from after.
   */
  public Optional<KeyPeriod> period(Did agent) {
    var signerId = agent.key(1);
    var gone = former.get(signerId);
    return gone != null
        ? Optional.of(new KeyPeriod(gone.key(), Instant.EPOCH, gone.at().plusMillis(1)))
        : find(signerId).map(key -> new KeyPeriod(key, Instant.EPOCH, null));
  }

  /** Is told of each agent that loses its identity, in the thread that takes it away. */
  public void whenDeregistered(Consumer<Did> listener) {
    listeners.add(listener);
  }

  /**
   * Takes an agent's identity away, for good; twice is once. What it signs and asks for from now on
   * is a stranger's, and its name is nobody's to take.
   *
   * @throws Refusal {@code not_found} for a name that was never registered
   */
  public synchronized void deregister(Did agent, Instant at) {
    var signerId = agent.key(1);
    var key = keys.get(signerId);
    if (key == null) {
      if (!former.containsKey(signerId)) {
        throw new Refusal(Problem.NOT_FOUND, "no agent of that name is registered")
            .at("name")
            .observed(agent.name());
      }
      return;
    }
    jdbc.sql("update external_agents set deregistered_at = ? where world = ? and did = ?")
        .params(at.atOffset(ZoneOffset.UTC), partition, agent.value())
        .update();
    former.put(signerId, new Former(key, at));
    keys.remove(signerId);
    listeners.forEach(listener -> listener.accept(agent));
  }

  public List<Did> dids() {
    return keys.keySet().stream().map(Did::ofSigner).sorted().toList();
  }

  /**
   * Takes in an agent's public key as its first one; the same key again changes nothing.
   *
   * @param jwk public JWK, Ed25519, P-256 or RSA; its {@code kid} is set to the agent's first key
   * @throws Refusal {@code invalid_field} for what is no public key, {@code idempotency_conflict}
   *     if the agent is registered with another one, {@code limit_exceeded}
   */
  public synchronized VerificationKey register(Did agent, JsonNode jwk) {
    var key = read(agent, jwk);
    if (former.containsKey(key.signerId())) {
      throw new Refusal(Problem.IDEMPOTENCY_CONFLICT, "the agent of this name was deregistered")
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

  private void store(Did agent, VerificationKey key) {
    try {
      jdbc.sql("insert into external_agents (world, did, jwk) values (?, ?, ?)")
          .params(partition, agent.value(), key.jwk())
          .update();
    } catch (DuplicateKeyException otherNode) {
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
            (signerId, key) -> former.put(signerId, new Former(key, deregisteredAt.toInstant())));
      }
    }
  }

  private static VerificationKey read(Did agent, JsonNode jwk) {
    if (!jwk.isObject() || Json.write(jwk).length() > 1900) {
      throw notAKey("not a JWK object of at most 1900 characters");
    }
    var named = ((ObjectNode) jwk).deepCopy().put("kid", agent.key(1));
    var set = Json.object();
    set.putArray("keys").add(named);
    try {
      return KeySet.parse(Json.write(set))
          .find(agent.key(1))
          .orElseThrow(() -> notAKey("a kind of key the sandbox does not speak"));
    } catch (IllegalArgumentException broken) {
      throw notAKey(String.valueOf(broken.getMessage()));
    }
  }

  private static Refusal notAKey(String why) {
    return new Refusal(Problem.INVALID_FIELD, "the key cannot be used: " + why)
        .at("jwk")
        .expected("a public JWK: OKP Ed25519, EC P-256 or RSA, without private parts");
  }

  private static Refusal taken(Did agent) {
    return new Refusal(Problem.IDEMPOTENCY_CONFLICT, "the name is taken by another key")
        .at("name")
        .observed(agent.name())
        .remedy("choose another name");
  }
}
