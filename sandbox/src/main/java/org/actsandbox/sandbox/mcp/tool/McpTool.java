package org.actsandbox.sandbox.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.function.Function;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents one tool: how clients see it, and what it does.
 *
 * @param arguments the schema of its arguments, which each call is checked against
 */
public record McpTool(
    Tool description, ObjectNode arguments, Function<ToolCall, ToolAnswer> action) {

  /** How a tool changes the world, as hints for the client. */
  enum Effect {
    /** Nothing changes. */
    READS,
    /** Something is added; the same call again changes nothing more. */
    ADDS,
    /** Something that was there ends. */
    ENDS
  }

  static McpTool of(
      String name,
      String title,
      String text,
      Effect effect,
      ToolSchema arguments,
      ToolSchema result,
      Function<ToolCall, ToolAnswer> action) {
    var hints =
        new ToolAnnotations(title, effect == Effect.READS, effect == Effect.ENDS, true, true, null);
    return new McpTool(
        new Tool(name, title, text, arguments.map(), result.map(), hints, null, null),
        arguments.tree(),
        action);
  }

  public String name() {
    return description.name();
  }

  /**
   * Checks the arguments.
   *
   * @throws Refusal {@code invalid_field}, with all mistakes
   */
  public void check(ObjectNode given) {
    var mistakes = ArgumentCheck.mistakes(arguments, given);
    if (!mistakes.isEmpty()) {
      throw Refusal.of(Problem.INVALID_FIELD, mistakes);
    }
  }

  /** Returns the tool as {@code tools/list} shows it. */
  public ObjectNode tree() {
    return (ObjectNode) Json.tree(description);
  }
}
