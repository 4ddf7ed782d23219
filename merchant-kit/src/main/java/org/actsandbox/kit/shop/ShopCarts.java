package org.actsandbox.kit.shop;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.RequestRefusedException;
import org.actsandbox.kit.SignedMessages;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.JsonMessage;
import tools.jackson.core.type.TypeReference;

/** Confirms carts of one line: locks price and stock, and signs the order (CID-8, CID-9). */
final class ShopCarts {

  private static final Duration HOLD = Duration.ofMinutes(15);
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private final MerchantSettings settings;
  private final SignedMessages messages;
  private final ShopGoods goods;
  private final OrderBook orders;

  ShopCarts(MerchantSettings settings, SignedMessages messages, ShopGoods goods, OrderBook orders) {
    this.settings = settings;
    this.messages = messages;
    this.goods = goods;
    this.orders = orders;
  }

  /** The goods and the number that one line of a cart asks for. */
  private record Wanted(ShopItem item, int quantity) {}

  /** Confirms the cart of an agent whose signature was verified; returns the signed order. */
  String confirm(JsonMessage message, String agentDid, Instant now) {
    var cart = message.bindStatement(CartRequest.class);
    // When it was sent is no part of what is bought, and a repetition is sent later.
    var content = message.raw().deepCopy();
    content.remove(List.of("timestamp", "signature_content"));
    var digest = new JsonMessage(content, message.invalid()).digest();
    return orders
        .place(agentDid + " " + cart.requestId(), digest, () -> order(cart, agentDid, now))
        .document();
  }

  private ShopOrder order(CartRequest cart, String agentDid, Instant now) {
    var wanted = wanted(cart.lines());
    var total = wanted.item().total(wanted.quantity());
    if (new BigDecimal(total).compareTo(expected(cart)) > 0) {
      throw RequestRefusedException.of("price_changed", "it costs " + total);
    }
    orders.take(wanted.item(), wanted.quantity(), now);
    return new ShopOrder(
        signed(cart, wanted, total, now), agentDid, wanted.item(), wanted.quantity(), goods);
  }

  private static BigDecimal expected(CartRequest cart) {
    try {
      return new BigDecimal(cart.expectedTotal());
    } catch (NumberFormatException malformed) {
      throw RequestRefusedException.of("invalid_field", "expected_total is not an amount");
    }
  }

  /**
   * Reads a line: an offer has its quantity in its id, an id of the catalog leaves it to the line.
   */
  private Wanted wanted(List<CartRequest.Line> lines) {
    if (lines.size() != 1) {
      throw RequestRefusedException.of(
          "offer_incomplete", "this shop confirms one offer in a cart");
    }
    var parts = lines.getFirst().offerId().split("~", -1);
    var quantity = parts.length == 2 ? parts[1] : String.valueOf(lines.getFirst().quantity());
    if (parts.length > 2 || !quantity.matches("[1-9]\\d{0,2}")) {
      throw unknownOffer();
    }
    return goods.items().stream()
        .filter(each -> each.id().equals(parts[0]))
        .findFirst()
        .map(item -> new Wanted(item, Integer.parseInt(quantity)))
        .orElseThrow(ShopCarts::unknownOffer);
  }

  private static RequestRefusedException unknownOffer() {
    return RequestRefusedException.of("offer_expired", "there is no such offer");
  }

  private String signed(CartRequest cart, Wanted wanted, String total, Instant now) {
    // Random, because who knows the number of an order can ask for it.
    var number = "T-" + UUID.randomUUID();
    var resource = "fulfilment/" + number;
    var title = Text.untranslated(wanted.item().name());
    var unsigned =
        new Order(
            number,
            settings.id(),
            settings.did(),
            cart.intentId(),
            cart.delegationId(),
            cart.requestId(),
            MerchantKind.SHOP,
            List.of(
                new Order.Line(
                    cart.lines().getFirst().offerId(),
                    wanted.item().id(),
                    title,
                    wanted.quantity(),
                    null)),
            List.of(new Offer.PriceLine("base", title, total)),
            total,
            "CNY",
            OrderStatus.HELD,
            now,
            now.plus(HOLD),
            resource,
            settings.url() + "/" + resource,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return messages.sign(Json.mapper().convertValue(Json.tree(unsigned), MEMBERS));
  }
}
