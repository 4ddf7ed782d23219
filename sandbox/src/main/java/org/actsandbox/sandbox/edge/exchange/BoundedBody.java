package org.actsandbox.sandbox.edge.exchange;

import java.time.Duration;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Reads a request's body whole, within limits of size and time. */
public final class BoundedBody {

  static final int MAX_BYTES = 256 * 1024;
  private static final long MAX_DRAINED_BYTES = 32L * 1024 * 1024;
  private static final Duration MAX_PAUSE = Duration.ofMillis(300);
  private static final Duration MAX_TIME = Duration.ofSeconds(15);
  private static final byte[] NONE = {};

  private BoundedBody() {}

  /**
   * Reads the body. One that is too large is refused by its announced length, or else while it is
   * read; one that is too slow is refused, too.
   */
  public static Mono<byte[]> read(ServerHttpRequest request) {
    var headers = request.getHeaders();
    if (headers.getContentLength() > MAX_BYTES) {
      return drained(request).then(Mono.error(tooLarge()));
    }
    if (headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      return Mono.just(NONE);
    }
    return DataBufferUtils.join(request.getBody(), MAX_BYTES)
        .map(
            buffer -> {
              var bytes = new byte[buffer.readableByteCount()];
              buffer.read(bytes);
              DataBufferUtils.release(buffer);
              return bytes;
            })
        .defaultIfEmpty(NONE)
        .onErrorMap(DataBufferLimitException.class, _ -> tooLarge())
        .timeout(MAX_TIME, Mono.error(BoundedBody::tooSlow));
  }

  /**
   * Reads the rest of a body within limits and discards it. A sender that gets the answer while it
   * is still sending mostly sees a reset connection instead of the refusal. A sender that waits for
   * the answer before it sends gets the answer after a pause.
   */
  public static Mono<Void> drained(ServerHttpRequest request) {
    if (request.getHeaders().getContentLength() > MAX_DRAINED_BYTES) {
      return Mono.empty();
    }
    return request
        .getBody()
        .doOnNext(DataBufferUtils::release)
        .timeout(MAX_PAUSE)
        .then()
        .timeout(MAX_TIME, Mono.empty())
        .onErrorComplete();
  }

  private static Refusal tooLarge() {
    return new Refusal(Problem.BODY_TOO_LARGE, "the body is too large")
        .expected("at most " + MAX_BYTES + " bytes");
  }

  private static Refusal tooSlow() {
    return new Refusal(Problem.BODY_TOO_SLOW, "the body did not arrive in time")
        .at("body")
        .expected("all of it within " + MAX_TIME.toSeconds() + " seconds");
  }
}
