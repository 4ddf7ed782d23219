package org.actsandbox.sandbox.mcp.tool;

import java.net.URI;
import java.time.Duration;
import org.actsandbox.agent.hosted.HostedBuyer;
import org.actsandbox.protocol.http.CallerAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents one call of a tool with checked arguments.
 *
 * @param buyer acts for the principal of the caller's key
 * @param address the address under which the caller reaches the server, for links
 * @param console the address of the world's pages for people, without a slash at the end
 * @param approved whether the client says that it led the principal to the approval page
 */
public record ToolCall(
    HostedBuyer buyer, ObjectNode arguments, CallerAddress address, URI console, boolean approved) {

  /** Ours: shorter than the limits of common clients, and than the edge's own. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  String text(String name) {
    return arguments.path(name).asString("");
  }

  @Nullable String textOrNull(String name) {
    var value = arguments.get(name);
    return value == null || value.isNull() ? null : value.asString("");
  }

  int integer(String name, int otherwise) {
    return arguments.path(name).asInt(otherwise);
  }

  /** Returns an address of this server as the caller reaches it. */
  String link(String fixed) {
    return address.of(fixed);
  }

  String page(String path) {
    return address.of(console + path);
  }
}
