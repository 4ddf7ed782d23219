package org.actsandbox.web.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests that the OpenAPI document of the started application contains its operations and none of
 * its pages.
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

  private static JsonNode document() {
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var address = URI.create(ConsoleServer.shared().origin() + "/api/openapi.json");
      return Json.mapper()
          .readTree(
              outbound
                  .send(OutboundClient.Call.get(address, Map.of(), Duration.ofSeconds(30)))
                  .body());
    }
  }
}
