package org.actsandbox.sandbox.connected;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.actsandbox.agent.connected.ConnectedAgent;
import org.actsandbox.agent.connected.ConnectedAgents;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.journal.UnmaskedExchange;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/**
 * Calls the connected agents by the rule for merchants outside, and writes each call into the
 * journal of its world. It has connections of its own and limits the calls under way, so that a
 * slow or hostile agent takes nothing from others.
 */
@Component
public class ConnectedAgentNetwork implements AutoCloseable {

  /** Ours: an agent may ask a model and shops several times before it answers. */
  static final Duration MAX_WAIT = Duration.ofMinutes(2);

  private static final int MAX_CONCURRENT = 32;

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Accept", "application/json");

  private final ServerAddresses addresses;
  private final ConnectedAgentTable table;
  private final PooledOutboundClient client;
  private final Semaphore places = new Semaphore(MAX_CONCURRENT);

  ConnectedAgentNetwork(ServerAddresses addresses, ConnectedAgentTable table) {
    this.addresses = addresses;
    this.table = table;
    this.client = new PooledOutboundClient(addresses.merchantRule());
  }

  /** Says whether an agent at this address may be called. */
  boolean mayCall(URI target) {
    return addresses.merchantRule().allows(target);
  }

  /** Returns the connected agents of a world, as its own agent sees them. */
  public ConnectedAgents of(World world) {
    return new ConnectedAgents() {
      @Override
      public Optional<ConnectedAgent> find(String name) {
        return table.find(world, name);
      }

      @Override
      public URI world() {
        return world.base();
      }

      @Override
      public OutboundClient.Answer send(ConnectedAgent agent, String conversation, byte[] message) {
        return call(world, agent, conversation, message);
      }
    };
  }

  private OutboundClient.Answer call(
      World world, ConnectedAgent agent, String conversation, byte[] message) {
    if (!places.tryAcquire()) {
      throw new NoAnswerException(
          agent.url(), false, new IllegalStateException("too many agents are being called"));
    }
    long start = System.nanoTime();
    try {
      var answer =
          client.send(new OutboundClient.Call("POST", agent.url(), HEADERS, message, MAX_WAIT));
      record(world, agent, conversation, message, start, answer, "");
      return answer;
    } catch (NoAnswerException silence) {
      record(world, agent, conversation, message, start, NO_ANSWER, problem(silence));
      throw silence;
    } finally {
      places.release();
    }
  }

  private static final OutboundClient.Answer NO_ANSWER =
      new OutboundClient.Answer(0, Map.of(), new byte[0]);

  private static String problem(NoAnswerException silence) {
    var cause = silence.getCause();
    return silence.isTimeout()
        ? ": no answer in time"
        : ": " + (cause == null || cause.getMessage() == null ? "no answer" : cause.getMessage());
  }

  /** Records the call as the exchange that it is, at the agent's place in the world. */
  private static void record(
      World world,
      ConnectedAgent agent,
      String conversation,
      byte[] message,
      long start,
      OutboundClient.Answer answer,
      String problem) {
    var type = answer.header("content-type").orElse("");
    world
        .journal()
        .recordExchange(
            new UnmaskedExchange(
                "POST",
                "/agents/" + agent.name() + "/conversations/" + conversation + "/dialogue",
                answer.status(),
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start),
                HEADERS,
                message,
                type.isEmpty() ? Map.of() : Map.of("content-type", type),
                answer.body(),
                world.agent().value(),
                Did.of(agent.name()).value(),
                Role.AGENT.code(),
                false,
                "sent to " + agent.url() + problem));
  }

  @Override
  public void close() {
    client.close();
  }
}
