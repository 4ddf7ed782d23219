package org.actsandbox.web.scenario;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests that the OpenAPI document of the started application contains its operations and none of
 * its pages. The part of this module is written by hand, so it is compared with the endpoints.
 */
class ServedDocumentTests {

  @Test
  void eachOperationHasASummaryAndNoPageIsOne() {
    var paths = document().path("paths");

    assertThat(paths.propertyNames())
        .contains("/schemas/scenario.json", "/api/worlds/{world}/scenario")
        .noneMatch(path -> path.startsWith("/console/"));
    for (var path : paths.properties()) {
      for (var operation : path.getValue()) {
        assertThat(operation.path("summary").asString("")).as(path.getKey()).isNotBlank();
      }
    }
  }

  @Test
  void everyOperationOfTheApplicationIsInTheDocument() {
    var paths = document().path("paths");

    assertThat(endpoints())
        .hasSizeGreaterThan(150)
        .allSatisfy(
            (endpoint, summary) -> {
              var method = endpoint.split(" ", 2)[0].toLowerCase(Locale.ROOT);
              var operation = paths.path(endpoint.split(" ", 2)[1]).path(method);
              assertThat(operation.path("summary").asString("")).as(endpoint).isEqualTo(summary);
            });
  }

  /** Returns the summaries of the operations, each by its method and its first path. */
  private static Map<String, String> endpoints() {
    var endpoints = new TreeMap<String, String>();
    ConsoleServer.shared()
        .bean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (info, handler) -> {
              var summary = handler.getMethodAnnotation(EndpointSummary.class);
              if (summary != null) {
                var path =
                    info.getPatternsCondition().getPatterns().stream()
                        .map(PathPattern::getPatternString)
                        .min(comparing(String::length))
                        .orElseThrow();
                info.getMethodsCondition()
                    .getMethods()
                    .forEach(method -> endpoints.put(method + " " + path, summary.value()));
              }
            });
    return endpoints;
  }

  private static JsonNode document() {
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var address = URI.create(ConsoleServer.shared().origin() + "/api/openapi.json");
      return JsonMapper.shared()
          .readTree(
              outbound
                  .send(OutboundClient.Call.get(address, Map.of(), Duration.ofSeconds(30)))
                  .body());
    }
  }
}
