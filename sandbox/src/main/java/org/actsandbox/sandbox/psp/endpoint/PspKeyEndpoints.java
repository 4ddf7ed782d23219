package org.actsandbox.sandbox.psp.endpoint;

import java.time.Duration;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Publishes the payment service's keys and method schema without requiring a key. */
@RestController
@RequestMapping("/w/{world}/psp")
class PspKeyEndpoints {

  /**
   * Caches may keep the schema for a minute: a version never changes, but a mistake must not stay
   * long.
   */
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  @EndpointSummary("Read the keys that payment proofs verify with")
  @WireMessages(answers = JsonNode.class)
  @GetMapping("/.well-known/jwks.json")
  ResponseEntity<byte[]> keys(Psp psp) {
    return psp.proofs().publishedKeys().answer();
  }

  @EndpointSummary("Read the schema of the instant payment method")
  @GetMapping("/methods/act-sandbox-instant/1.0.0.schema.json")
  ResponseEntity<Resource> methodSchema() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
        .contentType(MediaType.APPLICATION_JSON)
        .body(
            new ClassPathResource(
                "org/actsandbox/sandbox/psp/act-sandbox-instant-1.0.0.schema.json"));
  }
}
