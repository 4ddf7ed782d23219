package org.actsandbox.sandbox.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.edge.access.AdminKeyCheck;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Answers the server's metrics in Prometheus' text format. */
@RestController
class MetricsEndpoint {

  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final AdminKeyCheck admin;

  MetricsEndpoint(PrometheusMeterRegistry registry, AdminKeyCheck admin) {
    this.registry = registry;
    this.admin = admin;
  }

  /** Answers the metrics; open on loopback, elsewhere it requires the admin key. */
  @EndpointSummary("Read the figures of the server in Prometheus' text format")
  @GetMapping("/metrics")
  ResponseEntity<byte[]> metrics(ServerWebExchange exchange)
      throws ExecutionException, InterruptedException {
    admin.require(exchange.getRequest().getHeaders());
    var text = new FutureTask<>(this::text);
    // The registry writes through a BufferedWriter. On a virtual thread that begins with a small
    // buffer and copies it with every few characters, which makes 20 MB of garbage of a page of 14
    // KB.
    Thread.ofPlatform().name("metrics").start(text);
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_TYPE, TEXT_FORMAT).body(text.get());
  }

  /** Returns the page as bytes; as a text it would be in memory three times. */
  private byte[] text() throws IOException {
    var bytes = new ByteArrayOutputStream(32 * 1024);
    registry.scrape(bytes);
    return bytes.toByteArray();
  }
}
