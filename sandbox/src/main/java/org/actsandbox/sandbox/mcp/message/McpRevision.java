package org.actsandbox.sandbox.mcp.message;

import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lists the revisions of the Model Context Protocol that are served, the newest first. */
public enum McpRevision {
  /** Every request is complete in itself: there is no session. */
  V2026_07_28("2026-07-28"),
  V2025_11_25(ProtocolVersions.MCP_2025_11_25),
  V2025_06_18(ProtocolVersions.MCP_2025_06_18),
  V2025_03_26(ProtocolVersions.MCP_2025_03_26);

  private final String text;

  McpRevision(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** Says whether a client of this revision begins with {@code initialize} and has a session. */
  public boolean hasSessions() {
    return this != V2026_07_28;
  }

  public static Optional<McpRevision> find(String text) {
    return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
  }

  /** Returns the revision for a client with sessions that asks for {@code text}. */
  public static McpRevision negotiated(String text) {
    return find(text).filter(McpRevision::hasSessions).orElse(V2025_11_25);
  }

  public static List<String> texts() {
    return Arrays.stream(values()).map(McpRevision::text).toList();
  }
}
