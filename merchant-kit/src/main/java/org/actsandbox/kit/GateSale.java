package org.actsandbox.kit;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Is one request for the resource, as far as the gate knows it before it looks at a proof.
 *
 * @param resourceId the path without its first slash
 * @param fingerprint digest of method, target, content type and body; a proof names it
 * @param key the idempotency key of a request that may change something; null for the others
 */
record GateSale(
    GateRequest request, Instant now, String resourceId, String fingerprint, @Nullable String key) {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final int MAX_RESOURCE_ID = 200;

  /**
   * Reads a request.
   *
   * @param url address of the merchant, of which scheme and host count
   * @param machineTime the time of requests without {@code Act-Time}
   * @throws RequestRefusedException for a bad target or time, and for a request without the key
   *     that it needs
   */
  static GateSale read(GateRequest request, URI url, InstantSource machineTime) {
    var now = request.time(machineTime);
    var target = target(request, url);
    var key = request.header("Idempotency-Key");
    boolean safe = SAFE.contains(request.method());
    if (!safe && (key == null || !key.matches("[\\x21-\\x7e]{1,200}"))) {
      throw new RequestRefusedException(
          new Refusal(Problem.INVALID_FIELD, "a request that may change something needs its key")
              .at("Idempotency-Key")
              .expected("1 to 200 visible characters, new for each purchase"));
    }
    var type = request.header("Content-Type");
    var path = target.getRawPath().substring(1);
    return new GateSale(
        request,
        now,
        path.isEmpty() ? "resource" : path.substring(0, Math.min(path.length(), MAX_RESOURCE_ID)),
        BillSigner.fingerprint(request.method(), target, type == null ? "" : type, request.body()),
        safe ? null : key);
  }

  /** The path is the server's own, so only scheme and host come from the settings. */
  private static URI target(GateRequest request, URI url) {
    try {
      var target = URI.create(url.getScheme() + "://" + url.getRawAuthority() + request.target());
      if (request.target().startsWith("/")) {
        return target;
      }
    } catch (IllegalArgumentException malformed) {
      throw malformedTarget();
    }
    throw malformedTarget();
  }

  private static RequestRefusedException malformedTarget() {
    return new RequestRefusedException(
        new Refusal(Problem.INVALID_FIELD, "the target is not a path and query of a URI")
            .at("target"));
  }

  /** Returns the method that is billed: a HEAD request is answered like GET. */
  String method() {
    return request.method().equals("HEAD") ? "GET" : request.method();
  }

  /** Makes an event of this request for the merchant's listener. */
  GateEvent event(
      GateEvent.Kind kind, @Nullable String outTradeNo, @Nullable String tradeNo, String detail) {
    return new GateEvent(kind, request.target(), outTradeNo, tradeNo, detail);
  }
}
