package org.actsandbox.sandbox.external;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Answers on a socket of its own with the bytes that a test gives it. */
final class HostilePeer implements AutoCloseable {

  /** Writes the answer; it may never end. */
  interface Behaviour {
    void answer(OutputStream out, CountDownLatch over) throws IOException, InterruptedException;
  }

  /** Lines of the heads that came, in the order of arrival. */
  final List<String> lines = new CopyOnWriteArrayList<>();

  private final ServerSocket socket;
  private final CountDownLatch over = new CountDownLatch(1);

  private HostilePeer(ServerSocket socket) {
    this.socket = socket;
  }

  static HostilePeer that(Behaviour behaviour) {
    try {
      var peer = new HostilePeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("hostile-peer").start(() -> peer.accept(behaviour));
      return peer;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns a peer that sends one whole answer and closes the connection. */
  static HostilePeer answering(String head, String body) {
    return that(
        (out, _) ->
            out.write(
                "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    .formatted(head, body.getBytes(StandardCharsets.UTF_8).length, body)
                    .getBytes(StandardCharsets.UTF_8)));
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void accept(Behaviour behaviour) {
    try {
      while (!socket.isClosed()) {
        var connection = socket.accept();
        Thread.ofVirtual().name("hostile-answer").start(() -> answer(connection, behaviour));
      }
    } catch (IOException closed) {
      // The test closed the peer.
      over.countDown();
    }
  }

  private void answer(Socket connection, Behaviour behaviour) {
    try (connection) {
      var in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
      }
      behaviour.answer(connection.getOutputStream(), over);
      connection.getOutputStream().flush();
    } catch (IOException hungUp) {
      // The sandbox hung up, as it should.
      lines.add("hung up");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
