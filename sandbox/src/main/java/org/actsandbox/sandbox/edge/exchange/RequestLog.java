package org.actsandbox.sandbox.edge.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.edge.CrossSiteRequestFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
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

  private final SecureRandom random = new SecureRandom();
  private final boolean lines;

  RequestLog(SandboxSettings sandboxSettings) {
    this.lines = sandboxSettings.accessLog();
  }

  /**
   * Returns the id of the request; {@code -} before the request has passed {@link
   * CrossSiteRequestFilter}.
   */
  static String idOf(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(ATTRIBUTE, "-");
  }

  public Mono<Void> around(ServerWebExchange exchange, Mono<Void> handling) {
    var id = id(exchange.getRequest().getHeaders());
    exchange.getAttributes().put(ATTRIBUTE, id);
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
    var bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
