package org.actsandbox.scenarios.check.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;

/**
 * Calls the merchant and keeps the last exchanges. Redirects are not followed, compressed bodies
 * are not expanded, bodies are at most {@link OutboundClient#MAX_BODY_BYTES}, header lines 8 KiB,
 * and every call has a time limit, so a hostile merchant costs bounded time and memory.
 */
public final class MerchantClient {

  /** Ours: a finding shows no more exchanges than these; a page of a thousand helps no reader. */
  private static final int KEPT = 6;

  private final OutboundClient outbound;
  private final Duration perCall;
  private final ArrayDeque<CheckExchange> exchanges = new ArrayDeque<>();
  private final List<Consumer<CheckExchange>> observers = new ArrayList<>();

  public MerchantClient(OutboundClient outbound, Duration perCall) {
    this.outbound = outbound;
    this.perCall = perCall;
  }

  /** Calls {@code observer} with every exchange from now on. */
  public void observe(Consumer<CheckExchange> observer) {
    observers.add(observer);
  }

  /**
   * Sends a request.
   *
   * @throws MerchantSilent if there is no answer
   */
  public Reply send(String method, URI target, Map<String, String> headers, byte[] body) {
    try {
      var reply =
          new Reply(outbound.send(new OutboundClient.Call(method, target, headers, body, perCall)));
      keep(new CheckExchange(method, target, headers, body, reply, null));
      return reply;
    } catch (NoAnswerException silent) {
      var why =
          silent.isTimeout()
              ? "no complete answer within " + perCall.toSeconds() + " s"
              : String.valueOf(
                  silent.getCause() == null ? silent.getMessage() : silent.getCause().getMessage());
      keep(new CheckExchange(method, target, headers, body, null, why));
      throw new MerchantSilent(
          method, target, why, silent.isTimeout() ? perCall.toSeconds() : 0, silent);
    }
  }

  /** Forgets the exchanges that earlier checks made. */
  public synchronized void begin() {
    exchanges.clear();
  }

  /** Returns the last exchanges, the oldest first. */
  public synchronized List<CheckExchange> exchanges() {
    return List.copyOf(exchanges);
  }

  private synchronized void keep(CheckExchange exchange) {
    if (exchanges.size() == KEPT) {
      exchanges.removeFirst();
    }
    exchanges.addLast(exchange);
    observers.forEach(observer -> observer.accept(exchange));
  }
}
