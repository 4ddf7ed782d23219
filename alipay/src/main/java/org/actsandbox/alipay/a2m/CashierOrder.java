package org.actsandbox.alipay.a2m;

import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds what the official buyer script posts to its cashier: the bill with its names in camelCase,
 * and the buyer (AIP-178).
 *
 * @param buyer the buyer's number
 * @param buyerSignature {@code -} if the script makes the proof itself (AIP-181, AIP-185)
 */
public record CashierOrder(
    AlipayBill bill, @Nullable String buyer, @Nullable String buyerSignature) {

  /** Returns the order; empty if the body is no such JSON. */
  public static Optional<CashierOrder> read(byte[] body) {
    try {
      var tree = Json.parse(body);
      if (!tree.path("protocol").isObject() || !tree.path("method").isObject()) {
        return Optional.empty();
      }
      var bill = Json.object();
      bill.set("protocol", snakeCase(tree.path("protocol")));
      bill.set("method", snakeCase(tree.path("method")));
      return Optional.of(
          new CashierOrder(
              Json.read(bill, AlipayBill.class),
              text(tree.path("protocol").path("buyerUniqueId")),
              text(tree.path("signature").path("buyerSignature"))));
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static ObjectNode snakeCase(JsonNode layer) {
    var renamed = Json.object();
    for (var entry : layer.properties()) {
      renamed.set(
          entry.getKey().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT),
          entry.getValue());
    }
    return renamed;
  }
}
