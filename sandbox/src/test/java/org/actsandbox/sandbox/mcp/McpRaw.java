package org.actsandbox.sandbox.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends messages as they are, also wrong ones. */
record McpRaw(SandboxServer server, World world, String key) {

  static final String NEWEST = "2026-07-28";

  String path() {
    return "/w/" + world.name() + "/mcp";
  }

  SandboxServer.Answer post(String body, String... headers) {
    var all = new ArrayList<>(List.of(SandboxServer.bearer(key)));
    all.addAll(List.of(headers));
    return server.post(path(), body, all.toArray(String[]::new));
  }

  /** Sends a request of revision 2026-07-28 with all that it needs. */
  SandboxServer.Answer stateless(int id, String method, Map<String, ?> params) {
    return stateless(id, method, params, Map.of());
  }

  SandboxServer.Answer stateless(
      int id, String method, Map<String, ?> params, Map<String, ?> capabilities) {
    var message = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
    var all = message.putObject("params");
    params.forEach((name, value) -> all.set(name, Json.tree(value)));
    var meta = all.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", NEWEST);
    meta.set("io.modelcontextprotocol/clientCapabilities", Json.tree(capabilities));
    var name = params.containsKey("name") ? params.get("name") : params.get("uri");
    return name == null
        ? post(Json.write(message), "MCP-Protocol-Version", NEWEST, "Mcp-Method", method)
        : post(
            Json.write(message),
            "MCP-Protocol-Version",
            NEWEST,
            "Mcp-Method",
            method,
            "Mcp-Name",
            String.valueOf(name));
  }

  JsonNode tool(int id, String tool, Map<String, ?> arguments) {
    return stateless(id, "tools/call", Map.of("name", tool, "arguments", arguments))
        .json()
        .path("result");
  }

  /** Begins a session and returns its id. */
  String session(Map<String, ?> capabilities) {
    var begun =
        post(
            Json.write(
                Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    0,
                    "method",
                    "initialize",
                    "params",
                    Map.of(
                        "protocolVersion",
                        "2025-11-25",
                        "capabilities",
                        capabilities,
                        "clientInfo",
                        Map.of("name", "test", "version", "1")))));
    return begun.header("Mcp-Session-Id");
  }

  SandboxServer.Answer inSession(
      @Nullable String session, int id, String method, Map<String, ?> params) {
    var body = Json.write(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
    return session == null
        ? post(body)
        : post(body, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25");
  }
}
