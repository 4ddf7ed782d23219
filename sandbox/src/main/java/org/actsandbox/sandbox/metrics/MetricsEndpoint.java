package org.actsandbox.sandbox.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
  ResponseEntity<byte[]> metrics(ServerWebExchange exchange) throws IOException {
    admin.require(exchange.getRequest().getHeaders());
    // Written as bytes: the text would be there three times, and load runs ask for it often.
    var text = new ByteArrayOutputStream(64 * 1024);
    registry.scrape(text);
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, TEXT_FORMAT)
        .body(text.toByteArray());
  }
}
