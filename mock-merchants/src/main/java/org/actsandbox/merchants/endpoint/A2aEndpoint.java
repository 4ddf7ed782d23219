package org.actsandbox.merchants.endpoint;

import org.actsandbox.merchants.a2a.JsonRpc;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the {@code url} of the agent card: JSON-RPC 2.0 over HTTP, as A2A 0.3 and 1.0 define it.
 */
@RestController
public class A2aEndpoint {

  @EndpointSummary("Send an A2A message to a merchant; it says how to shop")
  @WireMessages(takes = JsonRpc.Request.class, answers = JsonRpc.Response.class)
  @PostMapping("/w/{world}/merchants/{merchant}/a2a")
  ResponseEntity<byte[]> answer(
      Merchant merchant,
      @RequestHeader(name = "A2A-Version", required = false) @Nullable String version,
      @RequestBody(required = false) byte @Nullable [] body) {
    return merchant
        .a2a()
        .answer(body == null ? new byte[0] : body, version)
        .map(answer -> ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }
}
