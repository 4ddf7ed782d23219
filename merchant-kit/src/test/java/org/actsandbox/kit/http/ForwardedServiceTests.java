package org.actsandbox.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.VerifiedProof;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what passes between a gate and the service behind it. */
class ForwardedServiceTests {

  private static final VerifiedProof PROOF =
      new VerifiedProof(
          "P-1",
          "T-1",
          "G-1",
          "did:act:buyer",
          "report",
          "0.50",
          "CNY",
          "sha-256:x",
          Instant.MAX,
          null,
          null);

  private HttpServer service;
  private ExecutorService threads;
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newVirtualThreadPerTaskExecutor();
    service.setExecutor(threads);
    service.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    service.stop(0);
    threads.shutdownNow();
  }

  private DeliveredContent deliver(Map<String, List<String>> headers, int millis, int bytes)
      throws IOException {
    var target = URI.create("http://localhost:" + service.getAddress().getPort() + "/base");
    var limits = new ForwardedService.Limits(Duration.ofMillis(millis), bytes);
    return new ForwardedService(target, limits)
        .deliver(new GateRequest("GET", "/report?day=1", headers, new byte[0]), PROOF);
  }

  @Test
  void aStreamedAnswerIsTheDeliveryAndOnlyHeadersOfTheContentPass() throws IOException {
    var seen = new Headers();
    service.createContext(
        "/base/report",
        exchange -> {
          try (exchange) {
            seen.putAll(exchange.getRequestHeaders());
            seen.set("Seen-Target", exchange.getRequestURI().toString());
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "text/plain");
            headers.set("Set-Cookie", "visit=1");
            headers.set("Payment-Validation", "forged");
            headers.set("Connection", "X-Hop");
            headers.set("X-Hop", "1");
            exchange.sendResponseHeaders(200, 0); // chunked
            for (int i = 0; i < 3; i++) {
              exchange.getResponseBody().write("piece ".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
            }
          }
        });

    var content =
        deliver(
            Map.of(
                "Accept", List.of("text/plain"),
                "Authorization", List.of("Bearer role-key"),
                "Cookie", List.of("session=1"),
                "Payment-Proof", List.of("proof"),
                "Connection", List.of("close, X-Private"),
                "X-Private", List.of("1"),
                "Range", List.of("bytes=0-1"),
                "Act-Buyer", List.of("did:act:another")),
            5000,
            1000);

    try (var body = content.body().open()) {
      assertThat(body).hasContent("piece piece piece ");
    }
    content.body().discard();
    assertThat(content.headers()).containsOnly(Map.entry("content-type", "text/plain"));
    assertThat(seen.getFirst("Seen-Target")).isEqualTo("/base/report?day=1");
    assertThat(seen.getFirst("Accept")).isEqualTo("text/plain");
    assertThat(seen.get("Act-Buyer")).containsExactly("did:act:buyer");
    assertThat(seen.getFirst("Act-Trade-No")).isEqualTo("T-1");
    assertThat(seen)
        .doesNotContainKeys("Authorization", "Cookie", "Payment-proof", "X-private", "Range");
  }

  @ParameterizedTest
  @CsvSource({"500", "404", "302", "304"})
  void anyOtherStatusDeliversNothing(int status) {
    service.createContext(
        "/base/report",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Location", "/base/elsewhere");
            exchange.sendResponseHeaders(status, -1);
          }
        });

    assertThatIOException()
        .isThrownBy(() -> deliver(Map.of(), 5000, 1000))
        .withMessage("the service answered " + status);
  }

  @Test
  void anAnswerBeyondTheLimitsDeliversNothing() {
    service.createContext(
        "/base/report",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[2000]);
          }
        });

    assertThatIOException().isThrownBy(() -> deliver(Map.of(), 5000, 1000));
  }

  @Test
  void aBodyThatNeverEndsIsCutByTheClock() {
    service.createContext(
        "/base/report",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            end.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });

    assertThatExceptionOfType(HttpTimeoutException.class)
        .isThrownBy(() -> deliver(Map.of(), 300, 1000));
  }

  @Test
  void aDeadServiceDeliversNothing() {
    service.stop(0);

    assertThatIOException()
        .isThrownBy(() -> deliver(Map.of(), 5000, 1000))
        .withMessageContaining("the service gave no answer");
  }

  @ParameterizedTest
  @CsvSource({
    "/report, /report,                  true",
    "/report, /report/,                 true",
    "/report, /report/1,                true",
    "/report, /reports,                 false",
    "/report, //report,                 false",
    "/report, /%72eport,                false",
    "/report, /report/../admin,         false",
    "/report, /report/%2e%2e/admin,     false",
    "/report, /report/%252e%252e/admin, false",
    "/report, /report/..%5cadmin,       false",
    "/report, /report/..;x/admin,       false",
    "/report, /report/%zz,              false",
    "/,       /anything,                true",
    "/,       /,                        true"
  })
  void aPaidPathHasOneSpelling(String path, String asked, boolean isCovered) {
    assertThat(ForwardedService.covers(path, asked)).isEqualTo(isCovered);
  }

  @ParameterizedTest
  @CsvSource({"ftp://localhost", "http://user@localhost", "http://localhost/?a=1", "http:///x"})
  void aTargetIsAnHttpService(URI target) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForwardedService(target, ForwardedService.Limits.DEFAULT));
  }
}
