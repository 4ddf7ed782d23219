package org.actsandbox.sandbox.mcp;

import java.util.Optional;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the tools, resources and prompts that a test of the protocol calls, in worlds of their own:
 * every other world shows none of them (ADR 84). A sandbox that people start has none.
 */
public interface McpFixtures {

  /** Has nothing to add, in any world. */
  McpFixtures NONE =
      new McpFixtures() {
        @Override
        public void addTo(World world, String kind, ArrayNode items) {
          // Nothing is added.
        }

        @Override
        public Optional<ObjectNode> answer(
            World world, String method, ObjectNode params, JsonNode capabilities) {
          return Optional.empty();
        }
      };

  /**
   * Adds the fixtures of a world to a list.
   *
   * @param kind tools, resources, resourceTemplates or prompts
   */
  void addTo(World world, String kind, ArrayNode items);

  /**
   * Answers a request for a fixture; empty for everything else.
   *
   * @param capabilities what the client declares
   */
  Optional<ObjectNode> answer(World world, String method, ObjectNode params, JsonNode capabilities);
}
