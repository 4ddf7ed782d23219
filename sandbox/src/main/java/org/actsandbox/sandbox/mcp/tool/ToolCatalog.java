package org.actsandbox.sandbox.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds all tools in the order in which a purchase uses them. To approve, to enter a PIN, to top
 * up, to move the clock and to order faults are no tools, and never will be: an agent that could do
 * them would not be tested.
 */
public final class ToolCatalog {

  private final Map<String, McpTool> byName = new LinkedHashMap<>();

  public ToolCatalog() {
    Stream.of(SearchTools.all(), PurchaseTools.all(), AuthorityTools.all(), EvidenceTools.all())
        .flatMap(List::stream)
        .forEach(tool -> byName.put(tool.name(), tool));
  }

  public List<McpTool> all() {
    return List.copyOf(byName.values());
  }

  public Optional<McpTool> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
