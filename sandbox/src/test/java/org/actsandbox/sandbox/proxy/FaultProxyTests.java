package org.actsandbox.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests each fault of the proxy with bare sockets. */
class FaultProxyTests {

  @Test
  void exchangesWithoutAFaultPassByteForByte() throws IOException {
    try (var proxiedService =
        ProxiedService.with("{\"name\":\"connection_cut\",\"operation\":\"POST /carts\"}")) {
      var seen = proxiedService.get("/catalog?q=a%20b");

      assertThat(seen.body()).isEqualTo(ProxiedService.BODY);
      assertThat(seen.head()).startsWith("HTTP/1.1 200").contains("Connection: close");
      assertThat(proxiedService.received).containsExactly("GET /shop/catalog?q=a%20b");
      assertThat(proxiedService.hosts)
          .containsExactly("localhost:" + proxiedService.service.getAddress().getPort());
      assertThat(proxiedService.post("/orders", "hello").body()).isEqualTo(ProxiedService.BODY);
      assertThat(proxiedService.received).last().isEqualTo("POST /shop/orders hello");
    }
  }

  /**
   * Checks the Host header, because the target receives its own name and could not detect a web
   * site with a name that leads here.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:8080",
        "Host: localhost.evil.example",
        "Host: localhost\r\nHost: evil.example",
        "Host: 127.0.0.1.nip.io",
        "Host: 10.0.0.1",
        "Host:"
      })
  void requestsToAnotherNameAreNotPassedOn(String host) throws IOException {
    try (var proxiedService = ProxiedService.with()) {
      var seen = proxiedService.send("GET /catalog HTTP/1.1\r\n" + host + "\r\n\r\n");

      assertThat(seen.head()).startsWith("HTTP/1.1 403");
      assertThat(proxiedService.received).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: LOCALHOST:9001", "Host: 127.0.0.1", "Host: [::1]:9001", "X: y"})
  void theNamesOfThisMachineArePassedOn(String host) throws IOException {
    try (var proxiedService = ProxiedService.with()) {
      assertThat(proxiedService.send("GET /catalog HTTP/1.1\r\n" + host + "\r\n\r\n").body())
          .isEqualTo(ProxiedService.BODY);
    }
  }

  @Test
  void aChunkedAnswerPassesToItsEnd() throws IOException {
    try (var proxiedService = ProxiedService.with()) {
      var seen = proxiedService.get("/chunked");

      assertThat(seen.body()).contains(ProxiedService.BODY).endsWith("0\r\n\r\n");
      assertThat(seen.reset()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "reset"})
  void aConnectionIsCutBeforeAnythingHappens(String how) throws IOException {
    try (var proxiedService =
        ProxiedService.with(fault("connection_cut", "\"how\":\"" + how + "\""))) {
      var seen = proxiedService.get("/catalog");

      assertThat(seen.nothing()).isTrue();
      assertThat(seen.reset()).isEqualTo(how.equals("reset"));
      assertThat(proxiedService.received).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "reset"})
  void anAnswerIsLostAfterItsEffect(String how) throws IOException {
    try (var proxiedService =
        ProxiedService.with(fault("lost_answer", "\"how\":\"" + how + "\""))) {
      var seen = proxiedService.post("/carts", "two tickets");

      assertThat(seen.nothing()).isTrue();
      assertThat(seen.reset()).isEqualTo(how.equals("reset"));
      assertThat(proxiedService.received).containsExactly("POST /shop/carts two tickets");
    }
  }

  @Test
  void anAnswerIsCutAfterSoManyBytesOfItsBody() throws IOException {
    try (var proxiedService = ProxiedService.with(fault("cut_mid_body", "\"bytes\":17"))) {
      var seen = proxiedService.get("/catalog");

      assertThat(seen.head()).containsIgnoringCase("Content-Length: 100");
      assertThat(seen.body()).isEqualTo(ProxiedService.BODY.substring(0, 17));
      assertThat(seen.reset()).isFalse();
    }
  }

  @Test
  void anAnswerIsCutInItsMiddleByDefault() throws IOException {
    try (var proxiedService = ProxiedService.with(fault("cut_mid_body", ""))) {
      assertThat(proxiedService.get("/catalog").body())
          .isEqualTo(ProxiedService.BODY.substring(0, 50));
    }
  }

  @Test
  void aResetInTheMiddleOfTheBodyIsAReset() throws IOException {
    try (var proxiedService =
        ProxiedService.with(fault("cut_mid_body", "\"bytes\":17,\"how\":\"reset\""))) {
      var seen = proxiedService.get("/catalog");

      assertThat(seen.reset()).isTrue();
      // A reset may also discard bytes that were already sent.
      assertThat(ProxiedService.BODY.substring(0, 17)).startsWith(seen.body());
    }
  }

  @Test
  void aBodyIsSentSlowly() throws IOException {
    try (var proxiedService =
        ProxiedService.with(fault("slow_body", "\"bytes\":10,\"pause_ms\":20"))) {
      long start = System.nanoTime();
      var seen = proxiedService.get("/catalog");

      assertThat(seen.body()).isEqualTo(ProxiedService.BODY);
      // Ten pieces, each after its pause; a busy machine only makes it longer.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    }
  }

  @Test
  void aRequestWaitsFirst() throws IOException {
    try (var proxiedService = ProxiedService.with(fault("delay", "\"ms\":150"))) {
      long start = System.nanoTime();

      assertThat(proxiedService.get("/catalog").body()).isEqualTo(ProxiedService.BODY);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    }
  }

  @Test
  void aStubAnswersInPlaceOfTheService() throws IOException {
    try (var proxiedService = ProxiedService.with(fault("error_status", "\"status\":502"))) {
      var seen = proxiedService.post("/carts", "x".repeat(200_000));

      assertThat(seen.head()).startsWith("HTTP/1.1 502");
      assertThat(seen.body()).isEqualTo("fault: error status 502");
      assertThat(seen.reset()).isFalse();
      assertThat(proxiedService.received).isEmpty();
    }
  }

  @Test
  void countAndAfterConcernRequestsNotConnections() throws IOException {
    try (var proxiedService =
        ProxiedService.with(
            "{\"name\":\"error_status\",\"operation\":\"GET /a/*\",\"after\":1,\"count\":2}")) {
      var statuses =
          List.of("/a/1", "/b/1", "/a/2", "/a/3", "/a/4").stream()
              .map(path -> status(proxiedService, path))
              .toList();

      assertThat(statuses).containsExactly("200", "200", "503", "503", "200");
      assertThat(proxiedService.reported)
          .contains("GET /a/2  fault: error_status", "GET /a/4  200, 100 bytes");
    }
  }

  @Test
  void theSameSeedFiresTheSameNumbers() throws IOException {
    var order = "{\"name\":\"error_status\",\"probability\":0.5}";
    try (var one = ProxiedService.with(order);
        var other = ProxiedService.with(order)) {
      var path = IntStream.range(0, 30).mapToObj(i -> "/" + i).toList();

      var first = path.stream().map(each -> status(one, each)).toList();

      assertThat(first).contains("200", "503");
      assertThat(path.stream().map(each -> status(other, each)).toList()).isEqualTo(first);
    }
  }

  @Test
  void callersBeyondTheLimitWaitAndAreServed() throws IOException {
    try (var proxiedService = ProxiedService.with();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, FaultProxy.MAX_CONNECTIONS * 3)
              .mapToObj(i -> threads.submit(() -> status(proxiedService, "/" + i)))
              .toList();

      assertThat(all).allSatisfy(each -> assertThat(each.get()).isEqualTo("200"));
    }
  }

  @Test
  void aTargetThatIsNotThereIsABadGateway() throws IOException {
    int free;
    try (var reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = reserved.getLocalPort();
    }
    var nowhere = new ProxyTarget(URI.create("http://localhost:" + free));
    try (var proxiedService = ProxiedService.with();
        var proxy =
            FaultProxy.listen(
                0, nowhere, new FixedFaultDecider(List.of(), 1, proxiedService.reported::add))) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .startsWith("HTTP/1.1 502");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT example.org:443 HTTP/1.1\r\n\r\n",
        "GET http://example.org/ HTTP/1.1\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n"
      })
  void malformedRequestsAreRefused(String line) throws IOException {
    try (var proxiedService = ProxiedService.with()) {
      assertThat(proxiedService.send(line).head()).startsWith("HTTP/1.1 400");
      assertThat(proxiedService.received).isEmpty();
    }
  }

  @Test
  void aHeadWithoutEndClosesTheConnection() throws IOException {
    try (var proxiedService = ProxiedService.with()) {
      assertThat(
              proxiedService
                  .send("GET / HTTP/1.1\r\nX: " + "x".repeat(HttpHead.MAX_BYTES) + "\r\n")
                  .nothing())
          .isTrue();
    }
  }

  @Test
  void listensOnLoopbackAlone() throws IOException {
    try (var proxiedService = ProxiedService.with()) {
      for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (var address : Collections.list(network.getInetAddresses())) {
          if (!address.isLoopbackAddress()) {
            assertThatThrownBy(() -> new Socket(address, proxiedService.proxy.port()).close())
                .isInstanceOf(ConnectException.class);
          }
        }
      }
    }
  }

  @Test
  void aClosedProxyListensNoMore() throws IOException {
    var proxiedService = ProxiedService.with();
    proxiedService.close();

    assertThatThrownBy(() -> proxiedService.get("/")).isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sold_out", "clock_skew", "wrong_signature"})
  void faultsThatAProxyCannotCauseAreRefused(String name) {
    var order = Json.read("{\"name\":\"" + name + "\"}", FaultRequest.class);

    assertThatThrownBy(() -> new FixedFaultDecider(List.of(order), 1, _ -> {}))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a proxy cannot do that");
  }

  private static String fault(String name, String parameters) {
    return "{\"name\":\"%s\",\"parameters\":{%s}}".formatted(name, parameters);
  }

  private static String status(ProxiedService proxiedService, String path) {
    try {
      return proxiedService.get(path).head().split(" ", 3)[1];
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
