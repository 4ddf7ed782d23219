package org.actsandbox.alipay.a2m;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
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

  private static final Pattern SNAKE = Pattern.compile("_([a-z])");

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

  /**
   * Writes what a buyer posts for a bill, with the bill's own texts: only names change (AIP-178).
   *
   * @param needed both layers of the bill as they came
   * @param timestamp milliseconds since 1970
   */
  public static ObjectNode message(
      JsonNode needed, String buyer, String buyerSignature, long timestamp) {
    var order = Json.object();
    order
        .putObject("method")
        .setAll(camelCase(needed.path("method")))
        .put("buyerUniqueIdKey", "buyerExternalId");
    order
        .putObject("protocol")
        .setAll(camelCase(needed.path("protocol")))
        .put("buyerUniqueId", buyer);
    order
        .putObject("signature")
        .put("buyerExternalId", buyer)
        .put("buyerSignature", buyerSignature)
        .put("timestamp", Long.toString(timestamp));
    return order;
  }

  private static ObjectNode camelCase(JsonNode layer) {
    var renamed = Json.object();
    for (var entry : layer.properties()) {
      renamed.set(
          SNAKE
              .matcher(entry.getKey())
              .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT)),
          entry.getValue());
    }
    return renamed;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static ObjectNode snakeCase(JsonNode layer) {
    var renamed = Json.object();
    for (var entry : layer.properties()) {
      renamed.set(
          entry.getKey().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), entry.getValue());
    }
    return renamed;
  }
}
