package org.actsandbox.sandbox.mcp;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.hosted.HostedBuyer;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mcp.message.McpFailure;
import org.actsandbox.sandbox.mcp.message.McpRevision;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves what tools talk about as documents: the world, orders, bills, authorities, evidence. */
final class McpResources {

  private static final String WORLD = "act://world";
  private static final String JSON = "application/json";
  private static final int LISTED_ORDERS = 20;

  private static final Pattern ORDER =
      Pattern.compile("act://orders/([A-Za-z0-9._-]{1,80})(/bill|/evidence)?");

  private static final Pattern DELEGATION =
      Pattern.compile("act://delegations/([A-Za-z0-9._-]{1,64})");

  private McpResources() {}

  static ArrayNode templates() {
    var templates = Json.mapper().createArrayNode();
    List.of(
            template("act://orders/{order_no}", "order", "An order as the merchant has it now"),
            template("act://orders/{order_no}/bill", "bill", "The signed bill of an order"),
            template(
                "act://orders/{order_no}/evidence", "bundle", "The signed records of an order"),
            template("act://delegations/{delegation_id}", "authority", "An authority to pay"))
        .forEach(each -> templates.add(Json.tree(each)));
    return templates;
  }

  private static ResourceTemplate template(String uri, String name, String description) {
    return new ResourceTemplate(uri, name, null, description, JSON, null, null, null);
  }

  static ArrayNode list(HostedBuyer buyer) {
    var resources = Json.mapper().createArrayNode();
    add(resources, WORLD, "world", "The world: its clock and its merchants");
    for (var order : buyer.orders(LISTED_ORDERS)) {
      var orderNo = order.path("order_no").asString("");
      if (buyer.purchases().find(orderNo).isPresent()) {
        add(resources, "act://orders/" + orderNo, "order " + orderNo, "An order");
      }
    }
    return resources;
  }

  private static void add(ArrayNode resources, String uri, String name, String description) {
    resources
        .addObject()
        .put("uri", uri)
        .put("name", name)
        .put("description", description)
        .put("mimeType", JSON);
  }

  /**
   * Reads a resource.
   *
   * @throws McpFailure if there is none of this address
   */
  static ObjectNode read(String uri, World world, HostedBuyer buyer, McpRevision revision) {
    var order = ORDER.matcher(uri);
    var delegation = DELEGATION.matcher(uri);
    JsonNode document;
    if (uri.equals(WORLD)) {
      document = world(world);
    } else if (order.matches()) {
      document = order(order, uri, buyer, revision);
    } else if (delegation.matches()) {
      document =
          buyer.delegations().stream()
              .filter(each -> each.path("delegation_id").asString("").equals(delegation.group(1)))
              .findFirst()
              .orElseThrow(() -> notFound(uri, revision));
    } else {
      throw notFound(uri, revision);
    }
    var result = Json.object();
    result
        .putArray("contents")
        .addObject()
        .put("uri", uri)
        .put("mimeType", JSON)
        .put("text", Json.write(document));
    return result;
  }

  private static JsonNode order(
      Matcher order, String uri, HostedBuyer buyer, McpRevision revision) {
    var purchase =
        buyer.purchases().find(order.group(1)).orElseThrow(() -> notFound(uri, revision));
    var part = order.group(2);
    if (part == null) {
      return buyer.order(purchase);
    }
    return part.equals("/bill") ? bill(purchase, buyer) : buyer.records(purchase);
  }

  private static JsonNode bill(Purchase purchase, HostedBuyer buyer) {
    return purchase
        .find(Purchase.SignedPaper.REQUEST)
        .map(request -> request.path("bill"))
        .orElseGet(() -> buyer.purchases().bill(purchase));
  }

  private static ObjectNode world(World world) {
    var document =
        Json.object()
            .put("world", world.name())
            .put("now", world.clock().instant().atZone(World.ZONE).toOffsetDateTime().toString())
            .put("time_zone", World.ZONE.getId())
            .put("currency", "CNY")
            .put("agent_id", world.agent().value())
            .put("note", "A sandbox: no real money moves. Dates are those of the world's clock.");
    var merchants = document.putArray("merchants");
    for (MerchantProfile each : world.settings().roster()) {
      merchants
          .addObject()
          .put("merchant", each.id())
          .put("name", each.name().en())
          .put("name_zh", each.name().zh())
          .put("kind", each.kind().code());
    }
    return document;
  }

  /** The code of a missing resource changed with the last revision. */
  private static McpFailure notFound(String uri, McpRevision revision) {
    var data = Json.object().put("uri", uri);
    int code = revision.hasSessions() ? ErrorCodes.RESOURCE_NOT_FOUND : ErrorCodes.INVALID_PARAMS;
    return new McpFailure(
        code, 200, "There is no such resource; resources/list and templates name them.", data);
  }
}
