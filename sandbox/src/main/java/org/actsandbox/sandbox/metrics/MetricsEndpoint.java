package org.actsandbox.sandbox.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.sandbox.edge.AdminKeyCheck;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** The figures of the server in Prometheus' text format. */
@RestController
class MetricsEndpoint {

  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final AdminKeyCheck admin;

  MetricsEndpoint(PrometheusMeterRegistry registry, AdminKeyCheck admin) {
    this.registry = registry;
    this.admin = admin;
  }

  /** Open on loopback; elsewhere it wants the admin key. */
  @Summary("Read the figures of the server in Prometheus' text format")
  @GetMapping("/metrics")
  ResponseEntity<String> metrics(ServerWebExchange exchange) {
    admin.require(exchange.getRequest().getHeaders());
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, TEXT_FORMAT)
        .body(registry.scrape());
  }
}
