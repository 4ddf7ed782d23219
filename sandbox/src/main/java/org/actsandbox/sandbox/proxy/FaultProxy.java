package org.actsandbox.sandbox.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.actsandbox.sandbox.fault.FaultName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on loopback, passes each request to its target and the answer back as the bytes arrive,
 * and applies the decided faults. Each connection carries one exchange, so that each is decided by
 * itself.
 */
public final class FaultProxy implements AutoCloseable {

  /** Faults that a proxy can cause; all others need a participant's own edge. */
  public static final Set<FaultName> POSSIBLE =
      Arrays.stream(FaultName.values())
          .filter(FaultName::isOnTheWire)
          .collect(Collectors.toUnmodifiableSet());

  /** Limit of connections; further ones wait. */
  static final int MAX_CONNECTIONS = 64;

  /** Time after which a silent connection is closed. */
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Pause after a failure, such as when the process can open no more files. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(FaultProxy.class);

  private final ServerSocket listener;
  private final FaultDecider faultDecider;
  private final Semaphore permits = new Semaphore(MAX_CONNECTIONS);
  private final Set<ProxyExchange> exchanges = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private final ProxyTarget proxyTarget;

  private FaultProxy(ServerSocket listener, ProxyTarget proxyTarget, FaultDecider faultDecider) {
    this.listener = listener;
    this.proxyTarget = proxyTarget;
    this.faultDecider = faultDecider;
    this.acceptor =
        Thread.ofVirtual().name("proxy-" + listener.getLocalPort()).unstarted(this::accept);
  }

  /**
   * Opens a proxy.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException when the port is taken
   */
  public static FaultProxy listen(int port, ProxyTarget proxyTarget, FaultDecider faultDecider) {
    try {
      var listener = new ServerSocket(port, MAX_CONNECTIONS, InetAddress.getLoopbackAddress());
      var proxy = new FaultProxy(listener, proxyTarget, faultDecider);
      proxy.acceptor.start();
      return proxy;
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public URI address() {
    return URI.create("http://localhost:" + port());
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        permits.acquire();
        try {
          serve(listener.accept());
        } catch (IOException failed) {
          permits.release();
          if (!listener.isClosed()) {
            log.warn("proxy on port {} could not take a connection", port(), failed);
            Thread.sleep(PAUSE_AFTER_FAILURE);
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket caller) {
    var proxyExchange = new ProxyExchange(caller, proxyTarget, faultDecider);
    exchanges.add(proxyExchange);
    if (listener.isClosed()) {
      proxyExchange.close();
    }
    Thread.ofVirtual()
        .name("proxy-" + port() + "-exchange")
        .start(
            () -> {
              try (proxyExchange) {
                proxyExchange.run();
              } finally {
                exchanges.remove(proxyExchange);
                permits.release();
              }
            });
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    try {
      listener.close();
      // Until the thread has ended, the port may still take connections.
      acceptor.interrupt();
      acceptor.join(CLOSE_TIMEOUT);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      exchanges.forEach(ProxyExchange::close);
    }
  }
}
