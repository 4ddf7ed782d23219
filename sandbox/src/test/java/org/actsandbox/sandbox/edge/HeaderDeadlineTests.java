package org.actsandbox.sandbox.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that slowly sent headers end the connection at the limit. */
class HeaderDeadlineTests {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String REQUEST = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final EmbeddedChannel channel = channel();

  private static EmbeddedChannel channel() {
    var deadline = new HeaderDeadline(LIMIT);
    var channel = new EmbeddedChannel();
    channel.freezeTime();
    channel
        .pipeline()
        .addLast(deadline)
        .addLast(new HttpServerCodec())
        .addLast(new MalformedHttpHandler(8_192, 24_576, deadline));
    return channel;
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void wait(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void aConnectionThatSendsNothingEnds() {
    wait(LIMIT.minusMillis(1));
    assertThat(channel.isOpen()).isTrue();
    wait(Duration.ofMillis(2));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void singleLinesDoNotMoveTheLimit() {
    send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 19; i++) {
      wait(Duration.ofSeconds(1));
      send("X-" + i + ": 1\r\n");
    }
    assertThat(channel.isOpen()).isTrue();
    wait(Duration.ofSeconds(2));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aRequestThatIsThereIsAnsweredHoweverLongThatTakes() {
    send(REQUEST);
    wait(LIMIT.multipliedBy(10));
    assertThat(channel.isOpen()).isTrue();
    send("GET / HTTP/1.1\r\n");
    wait(LIMIT.plusMillis(1));
    assertThat(channel.isOpen()).as("the next one has a limit of its own").isFalse();
  }

  @Test
  void aBodyHasItsOwnLimit() {
    send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\na");
    wait(LIMIT.multipliedBy(2));
    send("b");
    wait(LIMIT.multipliedBy(2));
    assertThat(channel.isOpen()).isTrue();
  }

  /** Checks that the real server has the handler. */
  @Test
  @Timeout(600)
  void aRealConnectionEnds(@TempDir Path folder) throws IOException {
    try (var server = SandboxServer.start(folder, "--act.header-time=300ms");
        var socket = new Socket("localhost", server.origin().getPort())) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nX-".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(15_000);
      assertThat(socket.getInputStream().read()).as("the connection's end").isEqualTo(-1);
    }
  }
}
