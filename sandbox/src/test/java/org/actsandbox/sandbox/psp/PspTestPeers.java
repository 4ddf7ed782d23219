package org.actsandbox.sandbox.psp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IssuanceStatus;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is the server of those that a payment service calls in tests: a merchant that takes
 * notifications, and the delegation service with its status list.
 */
final class PspTestPeers implements AutoCloseable {

  final BlockingQueue<JsonNode> notified = new LinkedBlockingQueue<>();
  volatile IntSupplier merchantAnswers = () -> 204;

  /** The states in the only status list; empty when the status service does not answer. */
  volatile Optional<Map<Integer, DelegationState>> statusList = Optional.of(Map.of());

  final AtomicInteger statusQueries = new AtomicInteger();

  /** Signs the answers of the status service; a test may replace it with a forger. */
  volatile UnaryOperator<ObjectNode> statusAnswer;

  /** Digests of the credentials that the delegation service issued, all at entry 0. */
  final Set<String> issued = ConcurrentHashMap.newKeySet();

  /** The merchant that receives notifications without answering until the bench is closed. */
  volatile @Nullable Did silent;

  private final CountDownLatch closing = new CountDownLatch(1);

  private final Supplier<Instant> now;
  private final HttpServer server;

  /**
   * @param now the time of the answers of the status service
   * @param statusAnswer signs these answers
   */
  PspTestPeers(Supplier<Instant> now, UnaryOperator<ObjectNode> statusAnswer) {
    this.now = now;
    this.statusAnswer = statusAnswer;
    this.server = start();
  }

  /**
   * Returns the next notification that reached the merchant; fails after half a minute without one.
   */
  JsonNode nextNotification() {
    try {
      var next = notified.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no notification arrived");
      }
      return next;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void waitIfSilent(URI address) {
    var silentMerchant = silent;
    if (silentMerchant != null && address.getPath().endsWith(silentMerchant.name())) {
      try {
        closing.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private HttpServer start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            var body = exchange.getRequestBody().readAllBytes();
            waitIfSilent(exchange.getRequestURI());
            int status = merchantAnswers.getAsInt();
            if (status == 0) {
              exchange.close();
              return;
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            notified.add(Json.parse(body));
          });
      server.createContext("/status/0", this::answerStatus);
      server.createContext("/iacs/", this::answerIssuance);
      server.start();
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void answerStatus(HttpExchange exchange) throws IOException {
    statusQueries.incrementAndGet();
    var states = statusList;
    if (states.isEmpty()) {
      exchange.close();
      return;
    }
    var all = new HashMap<>(Map.of(0, DelegationState.ACTIVE));
    all.putAll(states.get());
    answer(exchange, StatusList.of("0", now.get(), all));
  }

  private void answerIssuance(HttpExchange exchange) throws IOException {
    statusQueries.incrementAndGet();
    var states = statusList;
    if (states.isEmpty()) {
      exchange.close();
      return;
    }
    var uri = exchange.getRequestURI();
    var digest = uri.getQuery().substring("iac_digest=".length());
    if (!issued.contains(digest)) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    var state = states.get().getOrDefault(0, DelegationState.ACTIVE);
    var id = uri.getPath().split("/", -1)[2];
    answer(exchange, new IssuanceStatus(id, digest, "0", 0, state, now.get(), null, null, null));
  }

  private void answer(HttpExchange exchange, Object message) throws IOException {
    var body = Json.bytes(statusAnswer.apply((ObjectNode) Json.tree(message)));
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Returns an address of the server, such as one at which notifications arrive. */
  String address(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** Lets a silent merchant answer, so that calls to it end. */
  void open() {
    closing.countDown();
  }

  @Override
  public void close() {
    open();
    server.stop(0);
  }
}
