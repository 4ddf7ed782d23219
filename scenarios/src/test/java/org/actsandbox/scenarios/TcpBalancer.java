package org.actsandbox.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leads connections to several servers in turn, as a balancer in front of nodes does. A server that
 * refuses a connection is left out for that connection. In front of one server it can cut it off.
 */
final class TcpBalancer implements AutoCloseable {

  private final ServerSocket listener;
  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();

  TcpBalancer() throws IOException {
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("balancer").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void add(int port) {
    ports.add(port);
  }

  void remove(int port) {
    ports.remove(Integer.valueOf(port));
  }

  /** Leads nothing to the server from now on, and ends the connections that are open. */
  void cut(int port) {
    remove(port);
    open.forEach(TcpBalancer::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> lead(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void lead(Socket client) {
    try (client;
        var server = connected()) {
      open.add(client);
      var back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException noServer) {
      // The client sees the end of its connection.
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private Socket connected() throws IOException {
    var failed = new IOException("no server answers");
    for (int i = 0; i < 2 * ports.size(); i++) {
      var all = List.copyOf(ports);
      var server = new Socket();
      try {
        server.connect(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                all.get(Math.floorMod(turn.getAndIncrement(), all.size()))));
        return server;
      } catch (IOException refused) {
        server.close();
        failed.addSuppressed(refused);
      }
    }
    throw failed;
  }

  /** Copies until one side ends, then ends both, so that no client waits for a dead server. */
  private static void copy(Socket from, Socket to) {
    try {
      transfer(from.getInputStream(), to.getOutputStream());
    } catch (IOException cut) {
      // Both sides are closed below.
      return;
    } finally {
      close(from);
      close(to);
    }
  }

  private static void transfer(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyCut) {
      throw new UncheckedIOException(alreadyCut);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
