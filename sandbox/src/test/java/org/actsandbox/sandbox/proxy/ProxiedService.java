package org.actsandbox.sandbox.proxy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultRequest;

/** Runs a service with a proxy in front of it, and opens sockets that see every byte. */
final class ProxiedService implements AutoCloseable {

  static final String BODY = "0123456789".repeat(10);

  /** Requests that the service received: method, path and body. */
  final List<String> received = new CopyOnWriteArrayList<>();

  final List<String> reported = new CopyOnWriteArrayList<>();
  final List<String> hosts = new CopyOnWriteArrayList<>();
  final HttpServer service;
  final FaultProxy proxy;

  private ProxiedService(HttpServer service, String... faults) {
    this.service = service;
    var orders = new ArrayList<FaultRequest>();
    for (var fault : faults) {
      orders.add(Json.read(fault, FaultRequest.class));
    }
    var base = URI.create("http://localhost:" + service.getAddress().getPort() + "/shop");
    proxy =
        FaultProxy.listen(
            0, new ProxyTarget(base), new FixedFaultDecider(orders, 1, reported::add));
  }

  static ProxiedService with(String... faults) throws IOException {
    var service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var proxiedService = new ProxiedService(service, faults);
    service.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          proxiedService.received.add(
              (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
          proxiedService.hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          var answer = BODY.getBytes(StandardCharsets.US_ASCII);
          boolean chunked = exchange.getRequestURI().getPath().endsWith("/chunked");
          exchange.sendResponseHeaders(200, chunked ? 0 : answer.length);
          try (var out = exchange.getResponseBody()) {
            out.write(answer);
          }
        });
    service.start();
    return proxiedService;
  }

  /** Returns the bytes that came over the wire before the connection ended. */
  Seen get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
  }

  Seen post(String path, String body) throws IOException {
    return send(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, body.length(), body));
  }

  Seen send(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    }
  }

  private static Seen read(InputStream in) {
    var bytes = new ByteArrayOutputStream();
    boolean reset = false;
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        bytes.write(next);
      }
    } catch (IOException rude) {
      reset = true;
    }
    var text = bytes.toString(StandardCharsets.US_ASCII);
    int end = text.indexOf("\r\n\r\n");
    return end < 0
        ? new Seen(text, "", reset)
        : new Seen(text.substring(0, end), text.substring(end + 4), reset);
  }

  /**
   * Represents the bytes of an answer.
   *
   * @param reset whether the connection ended by RST instead of FIN
   */
  record Seen(String head, String body, boolean reset) {

    boolean nothing() {
      return head.isEmpty() && body.isEmpty();
    }
  }

  @Override
  public void close() {
    proxy.close();
    service.stop(0);
  }
}
