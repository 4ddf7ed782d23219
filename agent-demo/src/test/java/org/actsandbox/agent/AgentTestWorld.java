package org.actsandbox.agent;

import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.actsandbox.protocol.attestation.Attestations;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the world of an agent whose calls a test answers itself, without a server. */
public final class AgentTestWorld {

  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  public static final Ed25519KeyPair AGENT_KEY = key(Did.of("demo-agent"));
  public static final URI DELEGATIONS = URI.create("http://localhost:1/delegations");

  private AgentTestWorld() {}

  /**
   * @param others the keys of the other participants that sign something in the test
   */
  public static AgentWorld of(
      DataSource database,
      InstantSource clock,
      Journal journal,
      OutboundClient outbound,
      List<Platform> platforms,
      Ed25519KeyPair... others) {
    var ids = new AtomicLong();
    return new AgentWorld(
        "w1",
        clock,
        ZONE,
        JdbcClient.create(database),
        prefix -> prefix + "-" + ids.incrementAndGet(),
        journal,
        _ -> {},
        new BackgroundTurns(),
        AGENT_KEY,
        _ -> new AgentWorld.DedicatedKey(AGENT_KEY, "{}"),
        id ->
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(AGENT_KEY), java.util.stream.Stream.of(others))
                .map(Ed25519KeyPair::publicKey)
                .filter(key -> key.signerId().equals(id))
                .findFirst(),
        outbound,
        () -> "key",
        () -> platforms,
        new AgentWorld.Psp(
            Did.of("sandbox-pay"),
            URI.create("http://localhost:1/psp"),
            URI.create("http://localhost:1/openclawpay/agent/v1/pay"),
            "2088000000000001"),
        new AgentWorld.Delegations(
            Did.of("sandbox-delegations"),
            DELEGATIONS,
            Did.of("principal"),
            new DelegationBoundaryCheck()),
        new AgentWorld.Credit(
            URI.create("http://localhost:1/credit-issuer"),
            URI.create("http://localhost:1/credit-verifier")),
        new PrincipalProfile("en", "Hangzhou", null, 1, "home", PriceTolerance.NONE),
        Attestations.NONE,
        UnaryOperator.identity(),
        new NoConnectedAgents());
  }

  /** Makes an empty database with the agent's tables. */
  public static DataSource database() {
    return MigratedAgentDatabase.open();
  }

  public static Ed25519KeyPair key(Did did) {
    var seed = new byte[32];
    seed[0] = (byte) did.value().length();
    return new Ed25519KeyPair(did.key(1), seed);
  }
}
