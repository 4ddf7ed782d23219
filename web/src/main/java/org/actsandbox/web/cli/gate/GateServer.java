package org.actsandbox.web.cli.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.http.ForwardedService;
import org.actsandbox.kit.http.GateHandler;

/**
 * Listens on this machine, sells what is below one path of another service, and answers 404 for
 * everything else: another spelling of a paid path must not lead around the gate.
 */
public final class GateServer implements AutoCloseable {

  /** Ours: a request holds at most 1 MiB of body, so that 32 of them fit into the heap. */
  private static final int MAX_CONCURRENT = 32;

  private static final int CLOSE_SECONDS = 1;

  private final HttpServer http;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MAX_CONCURRENT);
  private final GateSeller seller;

  /**
   * What is sold, and for how much.
   *
   * @param path the paid path of the target, such as {@code /report}; {@code /} for all of it
   * @param price in CNY, such as 0.50
   */
  public record Sale(URI target, String path, String price, ForwardedService.Limits limits) {}

  private GateServer(HttpServer http, GateSeller seller, String path) {
    this.http = http;
    this.seller = seller;
    var paid = GateHandler.answering(seller::answer);
    http.setExecutor(executor);
    http.createContext("/", exchange -> paid(exchange, paid, path));
    var messages = GateHandler.answering(seller::serviceMessage);
    A402Gate.SERVICE_PATHS.forEach(each -> http.createContext(each, messages));
    http.start();
  }

  /**
   * Listens on a port, then opens the seller that answers there.
   *
   * @param port 0 for any free one
   * @param path the paid path
   * @throws IOException if the port is taken, or the seller cannot be opened
   */
  static GateServer start(int port, GateSeller.Opening opening, String path) throws IOException {
    // A client that sends its request drop by drop, or reads its answer so, keeps no place for
    // long.
    limit("sun.net.httpserver.maxReqTime", "30");
    limit("sun.net.httpserver.maxRspTime", "600");
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    try {
      var url = URI.create("http://localhost:" + http.getAddress().getPort());
      return new GateServer(http, opening.open(url), path);
    } catch (IOException | RuntimeException failed) {
      http.stop(0);
      throw failed;
    }
  }

  /** Sets a limit in seconds of all servers of this process, unless the command line set it. */
  private static void limit(String name, String seconds) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, seconds);
    }
  }

  public URI url() {
    return URI.create("http://localhost:" + http.getAddress().getPort());
  }

  private void paid(HttpExchange exchange, HttpHandler handler, String path) throws IOException {
    if (!room.tryAcquire()) {
      refuse(exchange, 503);
      return;
    }
    try {
      if (ForwardedService.covers(path, exchange.getRequestURI().getRawPath())) {
        handler.handle(exchange);
      } else {
        refuse(exchange, 404);
      }
    } finally {
      room.release();
    }
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("Connection", "close");
      if (status == 503) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    http.stop(CLOSE_SECONDS);
    executor.shutdownNow();
    try {
      seller.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
