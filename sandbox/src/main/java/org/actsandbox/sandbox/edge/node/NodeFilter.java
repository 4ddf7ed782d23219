package org.actsandbox.sandbox.edge.node;

import java.time.Duration;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.exchange.BufferedRequest;
import org.actsandbox.sandbox.edge.exchange.EdgeExceptionHandler;
import org.actsandbox.sandbox.node.Node;
import org.actsandbox.sandbox.node.NodeCalls;
import org.actsandbox.sandbox.node.NodeLeases;
import org.actsandbox.sandbox.node.OwnedWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Leads a request to the node that owns its world (ADR 57): into this one, or to another. It does
 * nothing in a process that has its database for itself.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 7)
class NodeFilter implements WebFilter {

  /** Longest time that a request waits for an owner: a node that was killed is replaced sooner. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final long PAUSE_MS = 100;

  /** Limit of a body that is passed on; the owner applies the limit of its address. */
  private static final int MAX_BODY = 12 * 1024 * 1024;

  private static final Duration BODY_TIME = Duration.ofSeconds(30);

  /** Longer than two beats, after which each node knows all others. */
  private static final Duration NODE_CHECK = Duration.ofSeconds(3);

  private final NodeLeases leases;
  private final NodeCalls calls;
  private final NodeForwarder forwarder;
  private final ForwardMark mark;
  private final EdgeExceptionHandler edgeExceptionHandler;
  private final Scheduler waiting;

  NodeFilter(
      NodeLeases leases,
      NodeCalls calls,
      NodeForwarder forwarder,
      ForwardMark mark,
      EdgeExceptionHandler edgeExceptionHandler,
      @Qualifier("waitingScheduler") Scheduler waiting) {
    this.leases = leases;
    this.calls = calls;
    this.forwarder = forwarder;
    this.mark = mark;
    this.edgeExceptionHandler = edgeExceptionHandler;
    this.waiting = waiting;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (!leases.isShared()) {
      return chain.filter(exchange);
    }
    var request = exchange.getRequest();
    var headers = request.getHeaders();
    boolean fromInside = calls.isOwn(headers.getFirst(NodeCalls.HEADER));
    boolean forwarded =
        mark.isValid(
            headers.getFirst(ForwardMark.HEADER), request.getMethod().name(), request.getURI());
    var unmarked = unmarked(exchange);
    var world = RequestWorld.of(request);
    if (world.isEmpty()) {
      return chain.filter(unmarked);
    }
    var journey = new Journey(world.get(), fromInside, forwarded, isStream(request), chain);
    return leases
        .enter(journey.world(), fromInside)
        .map(owned -> inside(unmarked, journey, owned))
        .orElseGet(() -> search(unmarked, journey))
        .onErrorResume(
            failed ->
                exchange.getResponse().isCommitted()
                    ? Mono.error(failed)
                    : edgeExceptionHandler.write(exchange, failed));
  }

  /**
   * Represents a request on its way to its world.
   *
   * @param fromInside whether this node's own participants sent it
   * @param forwarded whether another node sent it
   * @param stream whether its answer may never end, so that no move waits for it
   */
  private record Journey(
      String world, boolean fromInside, boolean forwarded, boolean stream, WebFilterChain chain) {}

  /** Takes the marks away, so that no participant and no journal sees them. */
  private static ServerWebExchange unmarked(ServerWebExchange exchange) {
    var headers = exchange.getRequest().getHeaders();
    if (!headers.containsHeader(ForwardMark.HEADER) && !headers.containsHeader(NodeCalls.HEADER)) {
      return exchange;
    }
    var request =
        exchange
            .getRequest()
            .mutate()
            .headers(
                all -> {
                  all.remove(ForwardMark.HEADER);
                  all.remove(NodeCalls.HEADER);
                })
            .build();
    return exchange.mutate().request(request).build();
  }

  private static boolean isStream(ServerHttpRequest request) {
    return request.getHeaders().getAccept().contains(MediaType.TEXT_EVENT_STREAM);
  }

  private static Mono<Void> inside(ServerWebExchange exchange, Journey journey, OwnedWorld owned) {
    if (journey.stream()) {
      owned.leave();
      return journey.chain().filter(exchange);
    }
    return journey.chain().filter(exchange).doFinally(_ -> owned.leave());
  }

  private Mono<Void> search(ServerWebExchange exchange, Journey journey) {
    return attempt(exchange, journey, null, System.nanoTime() + PATIENCE.toNanos());
  }

  /**
   * Looks for the owner and leads the request to it.
   *
   * @param body null as long as it was not read
   */
  private Mono<Void> attempt(
      ServerWebExchange exchange, Journey journey, byte @Nullable [] body, long end) {
    return Mono.fromCallable(() -> place(journey, end))
        .subscribeOn(waiting)
        .flatMap(
            place ->
                switch (place) {
                  case Place.Here here -> here(exchange, journey, here.owned(), body, end);
                  case Place.Nowhere _ -> journey.chain().filter(exchange);
                  case Place.Elsewhere elsewhere ->
                      journey.forwarded()
                          ? misdirected(exchange)
                          : elsewhere(exchange, journey, elsewhere.node(), body, end);
                });
  }

  /**
   * Leads the request into this node. A request whose body was read for another node comes in again
   * from outside, because forms are read from the connection.
   */
  private Mono<Void> here(
      ServerWebExchange exchange,
      Journey journey,
      OwnedWorld owned,
      byte @Nullable [] body,
      long end) {
    if (body == null || body.length == 0) {
      return inside(exchange, journey, owned);
    }
    owned.leave();
    return forward(exchange, journey, leases.self(), body, end);
  }

  private Mono<Void> elsewhere(
      ServerWebExchange exchange, Journey journey, Node node, byte @Nullable [] body, long end) {
    return body == null
        ? body(exchange.getRequest()).flatMap(read -> forward(exchange, journey, node, read, end))
        : forward(exchange, journey, node, body, end);
  }

  /** Lists where a request goes. */
  private sealed interface Place {

    /** Into this node; the world is entered. */
    record Here(OwnedWorld owned) implements Place {}

    record Elsewhere(Node node) implements Place {}

    /** The world does not exist, which is answered as in a single process. */
    record Nowhere() implements Place {}
  }

  private Place place(Journey journey, long end) throws InterruptedException {
    while (true) {
      var entered = leases.enter(journey.world(), journey.fromInside());
      if (entered.isPresent()) {
        return new Place.Here(entered.get());
      }
      if (!leases.isMoving(journey.world())) {
        var owner = leases.ownerOf(journey.world(), !journey.forwarded());
        if (owner.isEmpty()) {
          return new Place.Nowhere();
        }
        if (!leases.isOwn(owner.get())) {
          return new Place.Elsewhere(owner.get());
        }
      }
      pauseUntil(end, journey.world());
    }
  }

  private static void pauseUntil(long end, String world) throws InterruptedException {
    if (System.nanoTime() > end) {
      throw new Refusal(Problem.UNAVAILABLE, "no node answers for world " + world)
          .at("world")
          .remedy("Try again in a moment.")
          .retryAfter(Duration.ofSeconds(2));
    }
    Thread.sleep(PAUSE_MS);
  }

  private Mono<Void> forward(
      ServerWebExchange exchange, Journey journey, Node node, byte[] body, long end) {
    return Mono.firstWithSignal(forwarder.forward(exchange, node, body), goneNode(node))
        .onErrorResume(
            failed -> mayRepeat(exchange, failed), failed -> again(exchange, journey, body, end))
        .onErrorMap(
            failed -> !(failed instanceof Refusal) && !exchange.getResponse().isCommitted(),
            failed -> unknownOutcome(journey.world(), failed));
  }

  private Mono<Void> again(ServerWebExchange exchange, Journey journey, byte[] body, long end) {
    return Mono.fromCallable(
            () -> {
              pauseUntil(end, journey.world());
              return true;
            })
        .subscribeOn(waiting)
        .flatMap(_ -> attempt(exchange, journey, body, end));
  }

  /**
   * Says whether the same request may be sent once more: nothing of the answer was written, and the
   * node did not get it or changed nothing.
   */
  private static boolean mayRepeat(ServerWebExchange exchange, Throwable failed) {
    if (exchange.getResponse().isCommitted()) {
      return false;
    }
    var method = exchange.getRequest().getMethod();
    return failed instanceof NodeForwarder.NotReached
        || failed instanceof NodeForwarder.OwnerChanged
        || (!(failed instanceof Refusal)
            && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)));
  }

  /** Fails when other nodes have buried the node, which may hang with the connection open. */
  private Mono<Void> goneNode(Node node) {
    return Mono.delay(NODE_CHECK)
        .repeat(() -> leases.find(node.id()).isPresent())
        .then(
            Mono.error(
                () -> new IllegalStateException("node " + node.id() + " is gone with a request")));
  }

  private static Refusal unknownOutcome(String world, Throwable failed) {
    var refusal =
        new Refusal(Problem.UNAVAILABLE, "the node of world " + world + " went away")
            .at("world")
            .remedy("Query what became of it, then send the same request again.")
            .retryAfter(Duration.ofSeconds(2));
    refusal.addSuppressed(failed);
    return refusal;
  }

  private static Mono<Void> misdirected(ServerWebExchange exchange) {
    exchange.getResponse().setStatusCode(HttpStatus.MISDIRECTED_REQUEST);
    return exchange.getResponse().setComplete();
  }

  private static Mono<byte[]> body(ServerHttpRequest request) {
    if (request instanceof BufferedRequest read) {
      return Mono.just(read.body());
    }
    return DataBufferUtils.join(request.getBody(), MAX_BODY)
        .timeout(BODY_TIME)
        .map(NodeFilter::bytes)
        .defaultIfEmpty(new byte[0])
        .onErrorMap(
            DataBufferLimitException.class,
            _ ->
                new Refusal(Problem.BODY_TOO_LARGE, "the body is too large")
                    .expected("at most " + MAX_BODY + " bytes"));
  }

  private static byte[] bytes(DataBuffer buffer) {
    try {
      var bytes = new byte[buffer.readableByteCount()];
      buffer.read(bytes);
      return bytes;
    } finally {
      DataBufferUtils.release(buffer);
    }
  }
}
