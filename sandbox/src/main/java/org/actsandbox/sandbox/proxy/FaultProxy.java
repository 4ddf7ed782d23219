package org.actsandbox.sandbox.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.actsandbox.sandbox.fault.FaultName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on loopback, passes each request on to its target and the answer back, byte by byte as
 * they come, and breaks what the dice say. One exchange per connection, so that each is decided by
 * itself.
 */
public final class FaultProxy implements AutoCloseable {

  /** What can be done to a wire; the rest needs a participant's edge. */
  public static final Set<FaultName> POSSIBLE =
      Set.of(
          FaultName.DELAY,
          FaultName.ERROR_STATUS,
          FaultName.CONNECTION_CUT,
          FaultName.LOST_ANSWER,
          FaultName.CUT_MID_BODY,
          FaultName.SLOW_BODY);

  /** More wait until one of them ends. */
  static final int MAX_CONNECTIONS = 64;

  /** Nobody is silent for longer. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration END = Duration.ofSeconds(5);

  /** Such as when the process has no files left to open. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(FaultProxy.class);

  private final ServerSocket listener;
  private final FaultDecider faultDecider;
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private final Set<ProxyExchange> going = ConcurrentHashMap.newKeySet();
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
        places.acquire();
        try {
          serve(listener.accept());
        } catch (IOException failed) {
          places.release();
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
    going.add(proxyExchange);
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
                going.remove(proxyExchange);
                places.release();
              }
            });
  }

  /** Stops listening and hangs up on everybody. */
  @Override
  public void close() {
    try {
      listener.close();
      // Until then the port may still take connections.
      acceptor.interrupt();
      acceptor.join(END);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      going.forEach(ProxyExchange::close);
    }
  }
}
