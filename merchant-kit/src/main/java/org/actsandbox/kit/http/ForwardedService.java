package org.actsandbox.kit.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.ProtectedResource;
import org.actsandbox.kit.VerifiedProof;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryBody;

/**
 * Passes paid requests on to another HTTP service and takes its whole answer as the delivery.
 *
 * <ul>
 *   <li>Only a whole answer 2xx delivers something. Anything else, silence and an answer beyond the
 *       limits deliver nothing, and the proof stays usable.
 *   <li>The answer is kept in a temporary file while it comes, so its size costs no memory.
 *   <li>Hop-by-hop headers (RFC 9110, 7.6.1), credentials, cookies, conditions and ranges do not
 *       pass. The service learns the sale from {@code Act-Trade-No}, {@code Act-Out-Trade-No} and
 *       {@code Act-Buyer}; after a crash it may be asked again for the same trade.
 *   <li>Redirects are not followed, and compressed answers are not asked for.
 * </ul>
 */
public final class ForwardedService implements ProtectedResource {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> NOT_SENT =
      Set.of(
          "host",
          "content-length",
          "expect",
          "http2-settings",
          "authorization",
          "cookie",
          "payment-proof",
          "accept-encoding",
          "range",
          "if-range",
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "act-trade-no",
          "act-out-trade-no",
          "act-buyer");

  private static final Set<String> NOT_TAKEN =
      Set.of(
          "content-length",
          "date",
          "set-cookie",
          "cache-control",
          "payment-needed",
          "payment-proof",
          "payment-validation");

  private final URI target;
  private final Limits limits;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * The limits of one answer.
   *
   * @param time from the request to the last byte of the answer
   * @param bytes of the body
   */
  public record Limits(Duration time, long bytes) {

    /** Allows an answer 30 seconds and 64 MiB. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), 64L * 1024 * 1024);
  }

  /**
   * @param target address of the service, to which path and query of a request are appended
   * @throws IllegalArgumentException if this is no address of an HTTP service
   */
  public ForwardedService(URI target, Limits limits) {
    boolean http = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
    if (!http
        || target.getHost() == null
        || target.getRawUserInfo() != null
        || target.getRawQuery() != null
        || target.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the target is http://host:port or https://host, with a path if need be: " + target);
    }
    this.target = target;
    this.limits = limits;
  }

  @Override
  public DeliveredContent deliver(GateRequest request, VerifiedProof proof) throws IOException {
    var spool = Files.createTempFile("act-delivery", ".body");
    boolean isDelivered = false;
    try {
      var response = send(outgoing(request, proof), spool);
      if (response.statusCode() < 200 || response.statusCode() > 299) {
        throw new IOException("the service answered %d".formatted(response.statusCode()));
      }
      var content =
          new DeliveredContent(
              response.statusCode(), taken(response.headers()), DeliveryBody.temporary(spool));
      isDelivered = true;
      return content;
    } finally {
      if (!isDelivered) {
        Files.deleteIfExists(spool);
      }
    }
  }

  private HttpResponse<Path> send(HttpRequest request, Path spool) throws IOException {
    var handler =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofFile(spool), limits.bytes());
    var future = client.sendAsync(request, handler);
    try {
      return future.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      throw new HttpTimeoutException(
          "the service gave no whole answer within %d ms".formatted(limits.time().toMillis()));
    } catch (ExecutionException failed) {
      var cause = failed.getCause();
      throw new IOException(
          "the service gave no answer: "
              + (cause == null || cause.getMessage() == null
                  ? "no connection"
                  : cause.getMessage()),
          failed);
    } catch (InterruptedException stopped) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("the call was interrupted", stopped);
    }
  }

  private HttpRequest outgoing(GateRequest request, VerifiedProof proof) throws IOException {
    var body =
        request.body().length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(request.body());
    // A HEAD request pays for the GET that it stands for.
    var method = request.method().equals("HEAD") ? "GET" : request.method();
    var builder = HttpRequest.newBuilder(address(request)).method(method, body);
    var dropped = dropped(request.headers().getOrDefault("Connection", List.of()));
    request
        .headers()
        .forEach(
            (name, values) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (!dropped.contains(lower) && !NOT_SENT.contains(lower)) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    builder.header("Act-Trade-No", proof.tradeNo());
    builder.header("Act-Out-Trade-No", proof.outTradeNo());
    if (!proof.buyerDid().isEmpty()) {
      builder.header("Act-Buyer", proof.buyerDid());
    }
    return builder.build();
  }

  private URI address(GateRequest request) throws IOException {
    try {
      return new URI(target.toString().replaceAll("/+$", "") + request.target());
    } catch (URISyntaxException malformed) {
      throw new IOException("the target of the request is no part of an address", malformed);
    }
  }

  private static Set<String> dropped(List<String> connection) {
    var dropped = new TreeSet<>(HOP_BY_HOP);
    connection.stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .forEach(dropped::add);
    return dropped;
  }

  private static Map<String, String> taken(HttpHeaders headers) {
    var dropped = dropped(headers.allValues("Connection"));
    var taken = new TreeMap<String, String>();
    headers
        .map()
        .forEach(
            (name, values) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (!dropped.contains(lower) && !NOT_TAKEN.contains(lower)) {
                taken.put(lower, String.join(", ", values));
              }
            });
    return taken;
  }

  /**
   * Says whether a request is for a path or something below it, in every spelling that a service
   * may take for it: one with a dot segment, however it is escaped, is not.
   *
   * @param path such as {@code /report}; {@code /} covers all
   * @param asked the path of the request as it was sent, without its query
   */
  public static boolean covers(String path, String asked) {
    var plain = path.replaceAll("/+$", "");
    return (asked.equals(plain) || asked.startsWith(plain + "/")) && !hasDotSegment(asked);
  }

  private static boolean hasDotSegment(String path) {
    var decoded = path;
    for (var before = ""; !before.equals(decoded); ) {
      before = decoded;
      try {
        decoded = URLDecoder.decode(before.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException malformed) {
        return true;
      }
    }
    return Arrays.stream(decoded.split("[/\\\\]"))
        .map(segment -> segment.replaceAll(";.*", ""))
        .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
  }
}
