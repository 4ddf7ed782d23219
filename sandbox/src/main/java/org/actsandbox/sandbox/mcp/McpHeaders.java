package org.actsandbox.sandbox.mcp;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Holds the headers that the protocol gives a meaning; null for those that are absent. */
public record McpHeaders(
    @Nullable String protocolVersion,
    @Nullable String sessionId,
    @Nullable String method,
    @Nullable String name) {

  static final String SESSION_ID = "Mcp-Session-Id";

  static McpHeaders of(HttpHeaders headers) {
    return new McpHeaders(
        headers.getFirst("MCP-Protocol-Version"),
        headers.getFirst(SESSION_ID),
        headers.getFirst("Mcp-Method"),
        headers.getFirst("Mcp-Name"));
  }
}
