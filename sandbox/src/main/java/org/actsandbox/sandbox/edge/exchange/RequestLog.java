package org.actsandbox.sandbox.edge.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.edge.CrossSiteRequestFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives each request an id, which is answered in the header {@code Act-Request-Id}, and logs one
 * line for each request if the settings ask for it.
 */
@Component
public class RequestLog {

  private static final Logger log = LoggerFactory.getLogger("org.actsandbox.access");

  /** Header of the id in an answer; the journal leaves it out, because it is random. */
  static final String HEADER = "Act-Request-Id";

  /** Header in which callers and load balancers send an id of their own. */
  private static final String GIVEN = "X-Request-Id";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String ATTRIBUTE = RequestLog.class.getName();

  /** Represents a request as it came from the connection. */
  private record Arrived(String id, ServerHttpRequest request) {}

  /** Distance between two numbers that ids are made of; odd, so that none comes twice. */
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** Begins anywhere, so that ids of two processes differ. An id is no secret. */
  private final AtomicLong next = new AtomicLong(new SecureRandom().nextLong());

  private final boolean lines;

  RequestLog(SandboxSettings sandboxSettings) {
    this.lines = sandboxSettings.accessLog();
  }

  /**
   * Returns the id of the request; {@code -} before the request has passed {@link
   * CrossSiteRequestFilter}.
   */
  static String idOf(ServerWebExchange exchange) {
    var arrived = exchange.<Arrived>getAttribute(ATTRIBUTE);
    return arrived == null ? "-" : arrived.id();
  }

  /** Says whether this request is the one that arrived: no filter has put another in its place. */
  static boolean isAsArrived(ServerWebExchange exchange) {
    var arrived = exchange.<Arrived>getAttribute(ATTRIBUTE);
    return arrived != null && arrived.request() == exchange.getRequest();
  }

  public Mono<Void> around(ServerWebExchange exchange, Mono<Void> handling) {
    var id = id(exchange.getRequest().getHeaders());
    exchange.getAttributes().put(ATTRIBUTE, new Arrived(id, exchange.getRequest()));
    // The header is set at the last moment, because the journal records the headers before.
    exchange
        .getResponse()
        .beforeCommit(
            () -> Mono.fromRunnable(() -> exchange.getResponse().getHeaders().set(HEADER, id)));
    if (!lines) {
      return handling;
    }
    long start = System.nanoTime();
    return handling.doFinally(_ -> log.info(line(exchange, id, System.nanoTime() - start)));
  }

  /** Returns the line without the query, which may contain keys and tokens. */
  private static String line(ServerWebExchange exchange, String id, long nanos) {
    var status = exchange.getResponse().getStatusCode();
    return "%s %s %s %d ms %s"
        .formatted(
            exchange.getRequest().getMethod(),
            exchange.getRequest().getPath().value(),
            status == null ? "-" : String.valueOf(status.value()),
            TimeUnit.NANOSECONDS.toMillis(nanos),
            id);
  }

  private String id(HttpHeaders headers) {
    var given = headers.getFirst(GIVEN);
    if (given != null && ID.matcher(given).matches()) {
      return given;
    }
    return HexFormat.of().toHexDigits(mixed(next.getAndAdd(STEP)));
  }

  /** Makes numbers that follow each other look unlike; different ones stay different. */
  private static long mixed(long number) {
    long once = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
    return twice ^ (twice >>> 31);
  }
}
