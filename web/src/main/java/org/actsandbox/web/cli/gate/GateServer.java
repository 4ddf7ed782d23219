package org.actsandbox.web.cli.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.GateEvent;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
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
  private final A402Gate gate;
  private final FolderDeliveryStore deliveries;

  /**
   * What is sold, and for how much.
   *
   * @param path the paid path of the target, such as {@code /report}; {@code /} for all of it
   * @param price in CNY, such as 0.50
   */
  public record Sale(URI target, String path, String price, ForwardedService.Limits limits) {}

  private GateServer(
      HttpServer http,
      MerchantSettings settings,
      Sale sale,
      Path folder,
      Consumer<GateEvent> listener)
      throws IOException {
    this.http = http;
    this.deliveries = new FolderDeliveryStore(folder);
    this.gate =
        A402Gate.builder(settings)
            .price(sale.price())
            .deliveries(deliveries)
            .listener(listener)
            .build();
    var handler = new GateHandler(gate, new ForwardedService(sale.target(), sale.limits()));
    http.setExecutor(executor);
    http.createContext("/", exchange -> paid(exchange, handler, sale.path()));
    var messages = handler.serviceMessages();
    A402Gate.SERVICE_PATHS.forEach(path -> http.createContext(path, messages));
    http.start();
  }

  /**
   * Listens on a port, then registers the merchant that answers there, and sells.
   *
   * @param port 0 for any free one
   * @param registration takes the address and returns the settings of the merchant
   * @param folder for deliveries, so that a buyer gets them again after a restart
   * @throws IOException if the port is taken, or the folder is in use
   */
  public static GateServer start(
      int port,
      Function<URI, MerchantSettings> registration,
      Sale sale,
      Path folder,
      Consumer<GateEvent> listener)
      throws IOException {
    // A client that sends its request drop by drop, or reads its answer so, keeps no place for
    // long.
    limit("sun.net.httpserver.maxReqTime", "30");
    limit("sun.net.httpserver.maxRspTime", "600");
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    try {
      var url = URI.create("http://localhost:" + http.getAddress().getPort());
      return new GateServer(http, registration.apply(url), sale, folder, listener);
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

  private void paid(HttpExchange exchange, GateHandler handler, String path) throws IOException {
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
    gate.close();
    try {
      deliveries.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
