package org.actsandbox.sandbox.control.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps what the tests of this module send and get, when {@code -Dact.openapi.samples=FOLDER} asks
 * for it: the examples of the OpenAPI document are chosen from that.
 */
@Component
@ConditionalOnProperty(ExchangeSampler.FOLDER)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ExchangeSampler implements WebFilter {

  static final String FOLDER = "act.openapi.samples";

  /** For each operation and status, and in each test process. */
  private static final int MOST = 12;

  private static final int MAX_BYTES = 20_000;
  private static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();

  private final Path folder = Path.of(Objects.requireNonNull(System.getProperty(FOLDER)));

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var request = new ByteArrayOutputStream();
    var answer = new ByteArrayOutputStream();
    var heard =
        exchange
            .mutate()
            .request(
                new ServerHttpRequestDecorator(exchange.getRequest()) {
                  @Override
                  public Flux<DataBuffer> getBody() {
                    return super.getBody().doOnNext(part -> copy(part, request));
                  }
                })
            .response(
                new ServerHttpResponseDecorator(exchange.getResponse()) {
                  @Override
                  public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
                    return super.writeWith(Flux.from(body).doOnNext(part -> copy(part, answer)));
                  }
                })
            .build();
    return chain.filter(heard).doFinally(_ -> keep(heard, text(request), text(answer)));
  }

  private static void copy(DataBuffer part, ByteArrayOutputStream to) {
    var bytes = new byte[part.readableByteCount()];
    int at = part.readPosition();
    part.read(bytes);
    part.readPosition(at);
    to.writeBytes(bytes);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(UTF_8);
  }

  private void keep(ServerWebExchange exchange, String request, String answer) {
    var pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    var status = exchange.getResponse().getStatusCode();
    if (pattern == null
        || status == null
        || request.length() + answer.length() > MAX_BYTES
        || pattern.toString().startsWith("/console")) {
      return;
    }
    var method = exchange.getRequest().getMethod().name();
    var name =
        method + pattern.toString().replaceAll("[^A-Za-z0-9.-]+", "_") + '.' + status.value();
    int count = COUNTS.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet();
    if (count > MOST) {
      return;
    }
    var sample = Json.object().put("method", method).put("path", pattern.toString());
    sample.put("status", status.value());
    sample.put("query", exchange.getRequest().getURI().getRawQuery());
    sample.set("request", json(request));
    sample.set("answer", json(answer));
    var headers = sample.putObject("headers");
    exchange
        .getResponse()
        .getHeaders()
        .forEach((header, values) -> headers.put(header, values.getFirst()));
    var proof = exchange.getRequest().getHeaders().getFirst("Payment-Proof");
    sample.put("payment_proof", proof);
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(name + '.' + ProcessHandle.current().pid() + '.' + count + ".json"),
          sample.toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static tools.jackson.databind.@Nullable JsonNode json(String text) {
    try {
      return text.isEmpty() ? null : Json.parse(text);
    } catch (RuntimeException notJson) {
      return Json.tree(text);
    }
  }
}
