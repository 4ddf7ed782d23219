package org.actsandbox.sandbox.mcp;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;

/** Calls the tools of a world with the protocol's own Java client. */
final class McpHost implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private final McpSyncClient client;

  private McpHost(McpSyncClient client) {
    this.client = client;
  }

  static McpHost connect(SandboxServer server, World world, String key) {
    var transport =
        HttpClientStreamableHttpTransport.builder(server.origin().toString())
            .endpoint("/w/" + world.name() + "/mcp")
            .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + key))
            .build();
    var client = McpClient.sync(transport).requestTimeout(TIMEOUT).build();
    client.initialize();
    return new McpHost(client);
  }

  McpSyncClient client() {
    return client;
  }

  CallToolResult result(String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  /** Calls a tool that must succeed, and returns its structured content. */
  JsonNode call(String tool, Map<String, Object> arguments) {
    var result = result(tool, arguments);
    if (Boolean.TRUE.equals(result.isError())) {
      throw new AssertionError(tool + ": " + result.content());
    }
    return Json.tree(result.structuredContent());
  }

  @Override
  public void close() {
    client.closeGracefully();
  }
}
