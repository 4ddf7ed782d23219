package org.actsandbox.sandbox.mcp.tool;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents what a tool found or did.
 *
 * @param content the structured content, which fits the tool's output schema
 * @param approval what the principal has to decide before this goes on; null for nothing
 */
public record ToolAnswer(ObjectNode content, ToolAnswer.@Nullable Approval approval) {

  /**
   * A page on which the principal decides; the decision takes a PIN that no client sees.
   *
   * @param id of the payment, the intent or the order that the decision is about
   * @param message one sentence for the principal
   */
  public record Approval(String id, String url, String message) {}

  static ToolAnswer of(ObjectNode content) {
    return new ToolAnswer(content, null);
  }
}
