package org.actsandbox.sandbox.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.function.Supplier;
import org.actsandbox.merchants.catalog.PublishedDocument;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.world.ServerAddresses;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the OpenAPI document of all operations. Each module with endpoints keeps its part as a
 * resource, which its tests compare with the endpoints; nothing is scanned while the server runs.
 */
@RestController
class OpenApiEndpoint {

  private static final String PARTS = "classpath*:openapi/*.json";

  private final Supplier<PublishedDocument> document;

  OpenApiEndpoint(ServerAddresses addresses) {
    // The address is known once the server listens, and does not change then.
    this.document = SingletonSupplier.of(() -> PublishedDocument.of(whole(addresses.origin())));
  }

  @EndpointSummary("Read the OpenAPI document of this server")
  @GetMapping("/api/openapi.json")
  ResponseEntity<byte[]> document() {
    return document.get().answer();
  }

  private static ObjectNode whole(URI origin) {
    // The protocol's own mapper refuses what is too long for a message.
    var mapper = JsonMapper.shared();
    var whole = mapper.createObjectNode();
    try {
      for (var part : new PathMatchingResourcePatternResolver().getResources(PARTS)) {
        merge(whole, mapper.readTree(part.getContentAsByteArray()));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    whole.putArray("servers").addObject().put("url", origin.toString());
    return whole;
  }

  private static void merge(ObjectNode whole, JsonNode part) {
    for (var member : part.properties()) {
      if (whole.get(member.getKey()) instanceof ObjectNode here
          && member.getValue() instanceof ObjectNode more) {
        merge(here, more);
      } else {
        whole.set(member.getKey(), member.getValue());
      }
    }
  }
}
