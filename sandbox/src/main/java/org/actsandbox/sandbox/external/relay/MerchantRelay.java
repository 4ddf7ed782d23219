package org.actsandbox.sandbox.external.relay;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.edge.fault.PreferWaitHeader;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Passes the requests for a merchant from outside on to that merchant. It stands behind the edge,
 * so that keys, faults and journal treat the merchant like those inside.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 15)
class MerchantRelay implements WebFilter {

  private static final String MERCHANTS = "/merchants/";

  private final MerchantNetwork network;
  private final Scheduler waiting;

  MerchantRelay(MerchantNetwork network, @Qualifier("waitingScheduler") Scheduler waiting) {
    this.network = network;
    this.waiting = waiting;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return WorldRequest.find(exchange)
        .flatMap(request -> relay(exchange, request))
        .orElseGet(() -> chain.filter(exchange));
  }

  /** Relays the request; empty if it is for a participant inside. */
  private Optional<Mono<Void>> relay(ServerWebExchange exchange, WorldRequest request) {
    var path = pathBelow(exchange.getRequest(), request.world());
    if (!path.startsWith(MERCHANTS)) {
      return Optional.empty();
    }
    int end = path.indexOf('/', MERCHANTS.length());
    var id = end < 0 ? path.substring(MERCHANTS.length()) : path.substring(MERCHANTS.length(), end);
    return request
        .world()
        .externalMerchants()
        .get(id)
        .map(
            merchant ->
                relay(exchange, request, merchant, path, end < 0 ? "/" : path.substring(end)));
  }

  private static String pathBelow(ServerHttpRequest request, World world) {
    var prefix = "/w/" + world.name();
    var path = request.getPath().value();
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  private Mono<Void> relay(
      ServerWebExchange exchange,
      WorldRequest request,
      ExternalMerchant merchant,
      String path,
      String pathAtMerchant) {
    return body(exchange.getRequest())
        .flatMap(
            body ->
                Mono.fromCallable(
                        () ->
                            call(
                                request,
                                merchant,
                                path,
                                outbound(exchange, request, merchant, pathAtMerchant, body)))
                    .subscribeOn(waiting))
        .flatMap(answer -> write(exchange, answer));
  }

  private static Mono<byte[]> body(ServerHttpRequest request) {
    return DataBufferUtils.join(request.getBody())
        .map(MerchantRelay::bytes)
        .defaultIfEmpty(new byte[0]);
  }

  private static byte[] bytes(DataBuffer buffer) {
    var bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  private static OutboundClient.Call outbound(
      ServerWebExchange exchange,
      WorldRequest request,
      ExternalMerchant merchant,
      String pathAtMerchant,
      byte[] body) {
    var query = exchange.getRequest().getURI().getRawQuery();
    requireNoDotSegments(pathAtMerchant);
    var headers = exchange.getRequest().getHeaders();
    return new OutboundClient.Call(
        exchange.getRequest().getMethod().name(),
        target(merchant, query == null ? pathAtMerchant : pathAtMerchant + "?" + query),
        RelayedHeaders.ofRequest(
            headers, request.caller(), request.world().participantClock(merchant.did()).instant()),
        body,
        wait(PreferWaitHeader.of(headers)));
  }

  /** Waits a little less than the caller, so that the caller learns why there is no answer. */
  private static Duration wait(Duration caller) {
    var less = caller.minusMillis(200);
    return less.compareTo(MerchantNetwork.MAX_WAIT) < 0 && less.isPositive()
        ? less
        : MerchantNetwork.MAX_WAIT;
  }

  private static URI target(ExternalMerchant merchant, String path) {
    try {
      return merchant.at(path);
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(Problem.REQUEST_MALFORMED, "the address cannot be passed on")
          .at("path")
          .observed(path);
    }
  }

  /** Refuses a path that leads out of the merchant's address on the merchant's own server. */
  private static void requireNoDotSegments(String path) {
    var decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (Arrays.stream(decoded.split("[/\\\\]", -1))
        .anyMatch(s -> s.equals("..") || s.equals("."))) {
      throw new Refusal(Problem.REQUEST_MALFORMED, "the address has a segment of dots")
          .at("path")
          .observed(path);
    }
  }

  private OutboundClient.Answer call(
      WorldRequest request, ExternalMerchant merchant, String path, OutboundClient.Call call) {
    var world = request.world();
    long start = System.nanoTime();
    try {
      var answer = network.send(world, merchant, call);
      OrderAnswers.read(world, merchant, pathAtMerchant(path), call, answer);
      ReceivedDeliveries.keep(world, merchant, call, answer);
      note(world, merchant, path, call, start, answered(world, merchant, answer));
      return answer;
    } catch (NoAnswerException silence) {
      var problem = MerchantNetwork.problem(silence);
      note(world, merchant, path, call, start, Map.of("problem", problem));
      throw new Refusal(
              silence.isTimeout() ? Problem.UPSTREAM_TIMEOUT : Problem.UPSTREAM_FAILED,
              merchant.id() + " does not answer")
          .expected("an answer from " + call.target())
          .observed(problem)
          .remedy("Query the state before you try again: a timeout proves nothing.");
    }
  }

  /** Returns the part of a path in the world that is the merchant's own. */
  private static String pathAtMerchant(String path) {
    int end = path.indexOf('/', MERCHANTS.length());
    return end < 0 ? "/" : path.substring(end);
  }

  private static Map<String, Object> answered(
      World world, ExternalMerchant merchant, OutboundClient.Answer answer) {
    var data = new LinkedHashMap<String, Object>();
    data.put("status", answer.status());
    data.put("answer_bytes", answer.body().length);
    var signatures = AnswerSignatures.check(answer, merchant.did(), world.directory());
    if (!signatures.isEmpty()) {
      data.put("signatures", signatures);
    }
    return data;
  }

  private static void note(
      World world,
      ExternalMerchant merchant,
      String path,
      OutboundClient.Call call,
      long start,
      Map<String, Object> outcome) {
    var operation = Operation.find(call.method(), path);
    var data = new LinkedHashMap<String, Object>();
    data.put("target", call.method() + " " + call.target());
    data.put("request_bytes", call.body().length);
    data.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    data.putAll(outcome);
    world
        .journal()
        .note(
            new JournalNote(
                merchant.did().value(),
                JournalNote.Kind.STATE,
                operation.component(),
                (outcome.containsKey("problem")
                        ? JournalEvent.MERCHANT_SILENT
                        : JournalEvent.MERCHANT_ANSWERED)
                    .code(),
                operation.idsIn(path),
                data));
  }

  private static Mono<Void> write(ServerWebExchange exchange, OutboundClient.Answer answer) {
    var response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
    RelayedHeaders.ofAnswer(answer, response.getHeaders());
    return response.writeWith(Mono.just(response.bufferFactory().wrap(answer.body())));
  }
}
