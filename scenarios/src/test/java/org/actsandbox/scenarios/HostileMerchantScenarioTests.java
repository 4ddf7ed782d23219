package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckConfig;
import org.actsandbox.scenarios.check.run.CheckSession;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that a hostile merchant costs bounded time and memory, and gets a clear verdict. */
@ExtendWith(SandboxExtension.class)
class HostileMerchantScenarioTests {

  private static final CheckSession.Limits LIMITS =
      new CheckSession.Limits(Duration.ofMillis(250), Duration.ofSeconds(2));

  /** What a server answers to a request line. */
  interface Behaviour {
    void answer(String requestLine, OutputStream out) throws IOException;
  }

  /** Ours: one answer has at most 1 MiB, and a run asks some hundred times. */
  private static final long MOST_BYTES = 1_000_000_000;

  private static final Path TABLE = Path.of("..", "docs", "check-merchant.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+) \\| (deviates|incomplete) \\|.*$", Pattern.MULTILINE);

  private static final Map<String, Behaviour> HOSTILE = hostile();

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> eachGetsAVerdictInTime(TargetServer server) {
    // One world for all: what they do to each other is nothing, because they share no order.
    var world = CheckTrial.honest(server, "raileast").world();
    return HOSTILE.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () ->
                        judge(
                            each.getKey(),
                            new CheckWorld(
                                world, server.outbound(), each.getKey().replace(' ', '-')),
                            each.getValue(),
                            Transport.of(each.getKey()))));
  }

  /** How a merchant is addressed, and how it really speaks. */
  private enum Transport {
    HTTP,
    /** It is addressed with https, and speaks HTTP in clear. */
    CLEAR_UNDER_HTTPS,
    /** Its certificate is signed by itself. */
    SELF_SIGNED;

    static Transport of(String name) {
      return switch (name) {
        case "tls that is none" -> CLEAR_UNDER_HTTPS;
        case "tls signed by itself" -> SELF_SIGNED;
        default -> HTTP;
      };
    }
  }

  private static void judge(String name, CheckWorld world, Behaviour behaviour, Transport transport)
      throws IOException {
    try (var merchant = new RawServer(behaviour, transport)) {
      var target =
          MerchantTarget.outside(world, URI.create(merchant.url()), "hostile", Json.object());
      var session = new CheckSession(target, world, CheckLevel.SHOP, CheckConfig.EMPTY, LIMITS);
      try {
        session.reach();
      } catch (MerchantSilent unreachable) {
        assertThat(unreachable.why()).isNotEmpty();
      }
      var report =
          session.play(List.of("card", "catalog", "gate", "http"), java.util.Set.of(), _ -> {});

      assertThat(report.results())
          .noneMatch(result -> result.verdict() == CheckVerdict.HARNESS_ERROR);
      assertThat(report.findings()).isNotEmpty();
      assertThat(report.total().word())
          .as("verdict of %s in %s", name, TABLE)
          .isEqualTo(verdict(name));
      assertThat(merchant.sent.get()).as("bytes that were taken").isLessThan(MOST_BYTES);
    }
  }

  /** The table of docs/check-merchant.md has each of them, with its verdict, and no others. */
  @Test
  void theTableOfTheDocumentationNamesThemAll() throws IOException {
    assertThat(table().keySet()).isEqualTo(HOSTILE.keySet());
  }

  private static String verdict(String name) throws IOException {
    return String.valueOf(table().get(name));
  }

  private static Map<String, String> table() throws IOException {
    var text = Files.readString(TABLE);
    return ROW.matcher(text.substring(text.indexOf("## Hostile targets")))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1), row -> row.group(2), (one, _) -> one, TreeMap::new));
  }

  private static Map<String, Behaviour> hostile() {
    var all = new TreeMap<String, Behaviour>();
    all.put(
        "endless body",
        (_, out) -> {
          head(out, 200, "application/json", "");
          while (true) {
            out.write("[[[[[[[[".repeat(1_000).getBytes(StandardCharsets.UTF_8));
          }
        });
    all.put(
        "endless header",
        (_, out) -> {
          write(out, "HTTP/1.1 200 OK\r\nX-Long: ");
          while (true) {
            write(out, "a".repeat(8_192));
          }
        });
    all.put(
        "endless headers",
        (_, out) -> {
          write(out, "HTTP/1.1 200 OK\r\n");
          for (int i = 0; ; i++) {
            write(out, "X-" + i + ": a\r\n");
          }
        });
    all.put(
        "header of five gigabytes",
        (_, out) -> {
          write(out, "HTTP/1.1 402 Payment Required\r\nPayment-Needed: ");
          var part = "A".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 5_000; i++) {
            out.write(part);
          }
        });
    all.put("tls that is none", (_, out) -> whole(out, 200, "application/json", "{}"));
    all.put("tls signed by itself", (_, out) -> whole(out, 200, "application/json", "{}"));
    all.put(
        "slow drip",
        (_, out) -> {
          head(out, 200, "application/json", "Content-Length: 100000\r\n");
          for (int i = 0; i < 100_000; i++) {
            write(out, " ");
            out.flush();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
          }
        });
    all.put(
        "never answers",
        (_, _) ->
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofSeconds(30).toNanos()));
    all.put(
        "redirect loop",
        (_, out) -> {
          write(out, "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n");
        });
    all.put(
        "redirect to the sandbox",
        (_, out) -> {
          write(
              out,
              String.join(
                  "\r\n",
                  "HTTP/1.1 307 Go",
                  "Location: http://localhost:8080/api/worlds",
                  "Content-Length: 0",
                  "",
                  ""));
        });
    all.put("html", (_, out) -> whole(out, 200, "text/html", "<html><body>Welcome</body></html>"));
    all.put("html 402", (_, out) -> whole(out, 402, "text/html", "<h1>Pay</h1>"));
    all.put(
        "compressed bomb",
        (_, out) -> {
          var bomb = bomb();
          head(
              out,
              200,
              "application/json",
              "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n");
          out.write(bomb);
        });
    all.put(
        "thousand pages",
        (line, out) ->
            whole(
                out,
                200,
                "application/json",
                line.contains("/catalog")
                    ? "{\"items\":[{\"id\":\"i"
                        + Integer.toHexString(line.hashCode())
                        + "\",\"name\":\"a\","
                        + "\"category\":\"b\",\"price\":\"1.00\",\"currency\":\"CNY\"}],\"next\":\""
                        + Integer.toHexString(line.hashCode())
                        + "x\"}"
                    : "{\"agent_id\":\"did:act:hostile\",\"capabilities\":{}}"));
    all.put("not http", (_, out) -> write(out, "SSH-2.0-OpenSSH_9.6\r\n"));
    all.put(
        "cut in the middle",
        (_, out) -> head(out, 200, "application/json", "Content-Length: 500\r\n"));
    all.put(
        "wrong length",
        (_, out) -> {
          head(out, 200, "application/json", "Content-Length: -7\r\n");
          write(out, "{}");
        });
    all.put(
        "bad chunks",
        (_, out) -> {
          head(out, 200, "application/json", "Transfer-Encoding: chunked\r\n");
          write(out, "zz\r\n{}\r\n");
        });
    all.put(
        "deep json",
        (_, out) -> whole(out, 200, "application/json", "[".repeat(100_000) + "]".repeat(100_000)));
    all.put(
        "numbers without end",
        (_, out) ->
            whole(
                out,
                200,
                "application/json",
                "{\"items\":[{\"id\":" + "9".repeat(100_000) + "}]}"));
    all.put(
        "wrong types",
        (_, out) ->
            whole(
                out,
                200,
                "application/json",
                "{\"agent_id\":[1],\"capabilities\":{\"act:payment:negotiation\":{\"mode\":{\"a\":1}}},"
                    + "\"items\":[7,\"x\",null,{\"id\":{},\"price\":[],\"name\":3}],\"next\":{}}"));
    all.put(
        "null everywhere",
        (_, out) ->
            whole(
                out,
                200,
                "application/json",
                "{\"items\":null,\"capabilities\":null,\"agent_id\":null}"));
    all.put(
        "duplicate members",
        (_, out) ->
            whole(out, 200, "application/json", "{\"items\":[],\"items\":[{\"id\":\"a\"}]}"));
    all.put(
        "not utf-8",
        (_, out) -> {
          head(out, 200, "application/json", "Content-Length: 4\r\n");
          out.write(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc3, (byte) 0x28});
        });
    all.put(
        "huge payment header",
        (_, out) -> {
          head(
              out,
              402,
              "text/plain",
              "Payment-Needed: " + "A".repeat(60_000) + "\r\nContent-Length: 0\r\n");
        });
    all.put(
        "bill of rubbish",
        (_, out) -> {
          head(out, 402, "text/plain", "Payment-Needed: !!!\r\nContent-Length: 0\r\n");
        });
    all.put(
        "bill of nothing",
        (_, out) -> {
          head(out, 402, "text/plain", "Payment-Needed: e30\r\nContent-Length: 0\r\n");
        });
    all.put(
        "server error",
        (_, out) -> whole(out, 500, "text/plain", "at com.example.Shop.main(Shop.java:7)"));
    all.put("status 999", (_, out) -> whole(out, 999, "text/plain", "?"));
    all.put(
        "status 100 for ever",
        (_, out) -> {
          while (true) {
            write(out, "HTTP/1.1 100 Continue\r\n\r\n");
          }
        });
    all.put(
        "switching protocols",
        (_, out) ->
            write(
                out,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"));
    all.put("closes at once", (_, _) -> {});
    all.put(
        "control characters",
        (_, out) ->
            whole(
                out,
                200,
                "application/json",
                "{\"name\":\"\\u0000\\u001b[31m\",\"agent_id\":\"\\ud800\"}"));
    return all;
  }

  private static byte[] bomb() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      var zeros = new byte[1024 * 1024];
      for (int i = 0; i < 50; i++) {
        gzip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  private static void head(OutputStream out, int status, String type, String more)
      throws IOException {
    write(out, "HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\n" + more + "\r\n");
  }

  private static void whole(OutputStream out, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    head(out, status, type, "Content-Length: " + bytes.length + "\r\n");
    out.write(bytes);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Listens on a port and answers each connection once, as it pleases. */
  private static final class RawServer implements AutoCloseable {

    private final ServerSocket listener;
    private final String scheme;

    /** Counts what the checker took of all answers, and what lay in the system's buffers. */
    private final AtomicLong sent = new AtomicLong();

    RawServer(Behaviour behaviour, Transport transport) throws IOException {
      var address = InetAddress.getLoopbackAddress();
      listener =
          transport == Transport.SELF_SIGNED
              ? SelfSigned.CONTEXT.getServerSocketFactory().createServerSocket(0, 50, address)
              : new ServerSocket(0, 50, address);
      scheme = transport == Transport.HTTP ? "http" : "https";
      Thread.ofVirtual().start(() -> accept(behaviour));
    }

    String url() {
      return scheme + "://localhost:" + listener.getLocalPort();
    }

    private void accept(Behaviour behaviour) {
      while (!listener.isClosed()) {
        try {
          var socket = listener.accept();
          Thread.ofVirtual().start(() -> serve(socket, behaviour));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private void serve(Socket socket, Behaviour behaviour) {
      try (socket) {
        var in = socket.getInputStream();
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
          line.append((char) c);
        }
        behaviour.answer(line.toString(), counted(socket.getOutputStream()));
        socket.getOutputStream().flush();
        socket.shutdownOutput();
        // What is still coming is read, so that the answer is not lost by a reset.
        socket.setSoTimeout(200);
        var rest = new byte[8_192];
        while (in.read(rest) >= 0) {}
      } catch (IOException gone) {
        // The checker ends the connection when it has seen enough, which is what is tested.
      }
    }

    private OutputStream counted(OutputStream out) {
      return new FilterOutputStream(out) {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          out.write(bytes, from, length);
          sent.addAndGet(length);
        }
      };
    }

    @Override
    public void close() {
      try {
        listener.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
