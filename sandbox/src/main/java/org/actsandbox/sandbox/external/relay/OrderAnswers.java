package org.actsandbox.sandbox.external.relay;

import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.ExternalOrders;
import org.actsandbox.sandbox.world.World;
import tools.jackson.core.JacksonException;

/**
 * Reads from the answers of a merchant from outside what became of its orders. Only what is signed
 * counts: the cart by its agent, the order by its merchant.
 */
final class OrderAnswers {

  private static final Pattern DELIVERY = Pattern.compile("/fulfilment/([A-Za-z0-9._~-]{1,64})");
  private static final Pattern ORDER = Pattern.compile("/orders/([A-Za-z0-9._~-]{1,64})(/cancel)?");

  private OrderAnswers() {}

  /**
   * Remembers an order, or its new state.
   *
   * @param path path at the merchant, without the query
   */
  static void read(
      World world,
      ExternalMerchant merchant,
      String path,
      OutboundClient.Call call,
      OutboundClient.Answer answer) {
    if (!answer.isSuccess()) {
      return;
    }
    if (call.method().equals("POST") && path.equals("/carts")) {
      confirmed(world, merchant, call.body(), answer.body());
      return;
    }
    var orders = world.externalMerchants().orders();
    var delivery = DELIVERY.matcher(path);
    if (delivery.matches()) {
      orders.moved(merchant.did(), delivery.group(1), OrderStatus.DELIVERED);
      return;
    }
    var order = ORDER.matcher(path);
    if (order.matches()) {
      status(answer.body())
          .ifPresent(status -> orders.moved(merchant.did(), order.group(1), status));
    }
  }

  private static void confirmed(
      World world, ExternalMerchant merchant, byte[] cart, byte[] answer) {
    try {
      var agent = SignedJson.verify(Json.parse(cart), world.directory());
      var signed = Json.parse(answer);
      // A member that is missing would break every page that lists the order.
      var order = JsonMessage.bindStatement(signed, Order.class, Problem.INVALID_FIELD);
      if (SignedJson.verify(signed, world.directory()).equals(merchant.did())
          && merchant.did().equals(Did.of(order.merchantId()))
          && order.status() == OrderStatus.HELD) {
        world
            .externalMerchants()
            .orders()
            .add(merchant.did(), agent, new ExternalOrders.SignedOrder(order, Json.write(signed)));
      }
    } catch (Refusal | JacksonException | IllegalArgumentException | NullPointerException wrong) {
      // The agent refuses such an order by itself, and the journal shows why.
      return;
    }
  }

  private static Optional<OrderStatus> status(byte[] body) {
    try {
      return Optional.of(OrderStatus.valueOf(Json.parse(body).path("status").asString("")));
    } catch (JacksonException | IllegalArgumentException otherForm) {
      return Optional.empty();
    }
  }
}
