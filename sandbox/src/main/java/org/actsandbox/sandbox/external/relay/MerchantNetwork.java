package org.actsandbox.sandbox.external.relay;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls the merchants from outside. It has connections of its own and limits the calls under way to
 * each merchant, so that a slow or hostile one takes nothing from the others.
 */
@Component
public class MerchantNetwork implements AutoCloseable {

  /** Ours: more than one purchase needs at a time. */
  static final int MAX_CONCURRENT = 16;

  /** Ours: the longest wait for an answer, and the wait of a caller that states none. */
  static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private static final int REMEMBERED_CALLS = 20;

  private final ServerAddresses addresses;
  private final PooledOutboundClient client;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();

  /** Holds the places for calls to one merchant, and its last calls, the newest first. */
  private record Connection(Semaphore places, Deque<MerchantCall> calls) {

    Connection() {
      this(new Semaphore(MAX_CONCURRENT), new ArrayDeque<>());
    }

    void remember(MerchantCall call) {
      synchronized (calls) {
        calls.addFirst(call);
        while (calls.size() > REMEMBERED_CALLS) {
          calls.removeLast();
        }
      }
    }

    List<MerchantCall> newest() {
      synchronized (calls) {
        return List.copyOf(calls);
      }
    }
  }

  MerchantNetwork(ServerAddresses addresses) {
    this.addresses = addresses;
    this.client = new PooledOutboundClient(addresses.merchantRule());
  }

  /** Says whether an address is one of this server, which would call itself without end. */
  public boolean isThisServer(URI target) {
    return addresses.isThisServer(target);
  }

  /** Says whether a merchant at this address may be called. */
  public boolean mayCall(URI target) {
    return addresses.merchantRule().allows(target);
  }

  /**
   * Calls a merchant that takes part in a world.
   *
   * @throws NoAnswerException as {@link OutboundClient#send}
   * @throws Refusal {@code unavailable} when the merchant has not answered its other calls yet
   */
  public OutboundClient.Answer send(
      World world, ExternalMerchant merchant, OutboundClient.Call call) {
    var connection = connection(world, merchant.id());
    if (!connection.places().tryAcquire()) {
      throw new Refusal(Problem.UNAVAILABLE, merchant.id() + " has too many calls under way")
          .expected("at most " + MAX_CONCURRENT + " calls at a time")
          .remedy("Send the same request again.")
          .retryAfter(Duration.ofSeconds(1));
    }
    long start = System.nanoTime();
    try {
      var answer = client.send(call);
      connection.remember(call(world, call, start, answer.status(), null));
      return answer;
    } catch (NoAnswerException silence) {
      connection.remember(call(world, call, start, 0, problem(silence)));
      throw silence;
    } finally {
      connection.places().release();
    }
  }

  /** Says in words why there was no answer. */
  public static String problem(NoAnswerException silence) {
    var cause = silence.getCause();
    return silence.isTimeout()
        ? "no answer in time"
        : cause == null || cause.getMessage() == null ? "no answer" : cause.getMessage();
  }

  private static MerchantCall call(
      World world, OutboundClient.Call call, long start, int status, @Nullable String problem) {
    return new MerchantCall(
        world.clock().instant(),
        call.method(),
        call.target().toString(),
        status,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
        problem);
  }

  /** Returns the last calls to a merchant since the server started, the newest first. */
  public List<MerchantCall> calls(World world, String merchant) {
    return connection(world, merchant).newest();
  }

  /** Forgets the calls to a merchant that takes no part any more. */
  public void forget(World world, String merchant) {
    connections.remove(key(world, merchant));
  }

  private Connection connection(World world, String merchant) {
    return connections.computeIfAbsent(key(world, merchant), _ -> new Connection());
  }

  /** A later world of the same name has other rows, so its calls are counted apart. */
  private static String key(World world, String merchant) {
    return world.keyPartition() + "/" + merchant;
  }

  @Override
  public void close() {
    client.close();
  }
}
