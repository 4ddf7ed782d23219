package org.actsandbox.protocol.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests calls to a real server that answers, redirects, sends too much, sends slowly, cuts the
 * connection or stays silent.
 */
class PooledOutboundClientTests {

  /** The first byte that a client sends in TLS (RFC 8446, 5.1). */
  private static final int TLS_HANDSHAKE = 22;

  private final CountDownLatch over = new CountDownLatch(1);
  private final PooledOutboundClient outbound =
      new PooledOutboundClient(uri -> uri.getHost().equals("localhost"));
  private HttpServer server;
  private URI base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/echo", this::echo);
    server.createContext("/refuses", exchange -> answer(exchange, 402, "pay first"));
    server.createContext("/moved", this::redirect);
    server.createContext("/huge", this::overflow);
    server.createContext("/dribbles", this::dribble);
    server.createContext("/silent", exchange -> waitForTheEnd());
    server.createContext("/cuts", this::cut);
    server.createContext(
        "/closes",
        exchange -> {
          exchange.getResponseHeaders().set("Connection", "close");
          answer(exchange, 200, "bye");
        });
    server.start();
    base = URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    server.stop(0);
    outbound.close();
  }

  @Test
  void sendsMethodHeadersAndBodyAndReadsTheAnswer() {
    var answer =
        outbound.send(
            new OutboundClient.Call(
                "POST",
                base.resolve("/echo"),
                Map.of("Act-Intent-Id", "I-1", "Content-Type", "application/json"),
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                Duration.ofSeconds(5)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo("POST I-1 application/json {\"a\":1}");
    assertThat(answer.header("X-Seen")).contains("yes");
  }

  @Test
  void anyStatusIsAnAnswer() {
    assertThat(outbound.send(get("/refuses")).status()).isEqualTo(402);
  }

  /** Nothing of a call may go out in the clear before the peer is known. */
  @Test
  void aCallToAnHttpsAddressBeginsWithTls() throws Exception {
    var first = new LinkedBlockingQueue<Integer>();
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var connection = listener.accept()) {
                  first.add(connection.getInputStream().read());
                } catch (IOException cut) {
                  first.add(-1);
                }
              });
      var address = URI.create("https://localhost:" + listener.getLocalPort() + "/echo");
      var call = OutboundClient.Call.get(address, Map.of(), Duration.ofSeconds(30));
      assertThatThrownBy(() -> outbound.send(call)).isInstanceOf(NoAnswerException.class);
    }
    assertThat(first.poll(30, TimeUnit.SECONDS)).isEqualTo(TLS_HANDSHAKE);
  }

  /** A server need not announce that it closes an idle connection. */
  @Test
  void aConnectionThatWasClosedMeanwhileIsNotUsedAgain() throws IOException, InterruptedException {
    var closed = new LinkedBlockingQueue<Boolean>();
    try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var client =
            new PooledOutboundClient(
                _ -> true, SystemDefaultDnsResolver.INSTANCE, TimeValue.ZERO_MILLISECONDS)) {
      Thread.ofVirtual().start(() -> answerAndClose(listener, closed));
      var address = URI.create("http://localhost:" + listener.getLocalPort());
      for (int call = 0; call < 3; call++) {
        long before = System.currentTimeMillis();
        var answer =
            client.send(OutboundClient.Call.get(address, Map.of(), Duration.ofSeconds(30)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(closed.poll(30, TimeUnit.SECONDS)).as("connection %d", call).isNotNull();
        // Idle times are whole milliseconds.
        while (System.currentTimeMillis() - before < 2) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static void answerAndClose(ServerSocket listener, Queue<Boolean> closed) {
    try {
      while (true) {
        answerOne(listener);
        closed.add(true);
      }
    } catch (IOException listenerClosed) {
      // The test is over.
    }
  }

  private static void answerOne(ServerSocket listener) throws IOException {
    try (var connection = listener.accept()) {
      var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      while (!lines.readLine().isEmpty()) {
        // The head of the request ends with an empty line.
      }
      connection
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(UTF_8));
    }
  }

  @Test
  void aNameThatResolvesToAnotherAddressTheNextTimeGainsNothing() throws IOException {
    var answers = new ArrayDeque<InetAddress>();
    answers.add(InetAddress.getLoopbackAddress());
    answers.add(InetAddress.getByAddress("shop.test", new byte[] {10, 0, 0, 1}));
    var rule =
        new OutboundRule() {
          @Override
          public boolean allows(URI target) {
            return true;
          }

          @Override
          public boolean allows(String host, InetAddress address) {
            return address.isLoopbackAddress();
          }
        };
    var resolver = resolver(answers);
    var target = URI.create("http://shop.test:" + base.getPort() + "/closes");
    try (var client = new PooledOutboundClient(rule, resolver, TimeValue.ofMinutes(1))) {
      var call = OutboundClient.Call.get(target, Map.of(), Duration.ofSeconds(5));
      assertThat(client.send(call).status()).isEqualTo(200);
      assertThatThrownBy(() -> client.send(call))
          .isInstanceOf(NoAnswerException.class)
          .hasRootCauseMessage("outbound calls to this address are not allowed");
    }
    assertThat(answers).isEmpty();
  }

  private static DnsResolver resolver(Deque<InetAddress> answers) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) {
        return new InetAddress[] {answers.removeFirst()};
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  @Test
  void redirectsAreNotFollowed() {
    assertThat(outbound.send(get("/moved")).status()).isEqualTo(302);
  }

  @Test
  void answersThatAreTooLargeAreNoAnswer() {
    var noAnswer = catchThrowableOfType(NoAnswerException.class, () -> outbound.send(get("/huge")));

    assertThat(noAnswer.isTimeout()).isFalse();
    assertThat(noAnswer.getCause()).hasMessageContaining("larger than");
  }

  @Test
  void silenceEndsAtTheDeadline() {
    var noAnswer =
        catchThrowableOfType(NoAnswerException.class, () -> outbound.send(get("/silent")));

    assertThat(noAnswer.isTimeout()).isTrue();
  }

  @Test
  void aSlowPeerIsCutOffAtTheDeadline() {
    var noAnswer =
        catchThrowableOfType(NoAnswerException.class, () -> outbound.send(get("/dribbles")));

    assertThat(noAnswer.isTimeout()).isTrue();
  }

  @Test
  void aCutConnectionIsNoAnswer() {
    // The deadline is late enough that the cut comes first even on a busy machine.
    var call = OutboundClient.Call.get(base.resolve("/cuts"), Map.of(), Duration.ofMinutes(1));
    var noAnswer = catchThrowableOfType(NoAnswerException.class, () -> outbound.send(call));

    assertThat(noAnswer.isTimeout()).isFalse();
  }

  @Test
  void callsOnlyAllowedAddresses() {
    var elsewhere =
        OutboundClient.Call.get(URI.create("http://127.0.0.2/"), Map.of(), Duration.ofSeconds(1));

    assertThatThrownBy(() -> outbound.send(elsewhere))
        .isInstanceOf(NoAnswerException.class)
        .hasRootCauseMessage("outbound calls to this address are not allowed");
  }

  private OutboundClient.Call get(String path) {
    return OutboundClient.Call.get(base.resolve(path), Map.of(), Duration.ofMillis(400));
  }

  private void echo(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("X-Seen", "yes");
    answer(
        exchange,
        200,
        "%s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                headers.getFirst("Act-Intent-Id"),
                headers.getFirst("Content-Type"),
                body));
  }

  private void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/echo");
    answer(exchange, 302, "");
  }

  private void overflow(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    var block = new byte[64 * 1024];
    try (var body = exchange.getResponseBody()) {
      for (int sent = 0; sent <= OutboundClient.MAX_BODY_BYTES; sent += block.length) {
        body.write(block);
      }
    }
  }

  private void dribble(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      while (!over.await(50, TimeUnit.MILLISECONDS)) {
        body.write('.');
        body.flush();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void cut(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    exchange.getResponseBody().write(new byte[10]);
    exchange.close();
  }

  private void waitForTheEnd() {
    try {
      assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
