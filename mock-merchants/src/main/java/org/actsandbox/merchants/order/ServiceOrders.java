package org.actsandbox.merchants.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.buyer.BuyerVerification;
import org.actsandbox.merchants.intent.MerchantIntents;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.ServiceRequest;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;

/**
 * Turns the first request of a paid service into an order that waits for payment. The request
 * confirms the order, and the bill names the price (ACT A402-1).
 */
public final class ServiceOrders {

  /** The name under which the fulfilment needs of a service order hold the input. */
  public static final String INPUT = "input";

  static final int MAX_INPUT_CHARS = 24 * 1024;

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final MerchantIntents merchantIntents;
  private final MerchantCarts merchantCarts;
  private final BuyerVerification buyers;

  public ServiceOrders(
      MerchantContext merchantContext,
      Orders orders,
      MerchantIntents merchantIntents,
      MerchantCarts merchantCarts,
      BuyerVerification buyers) {
    this.buyers = buyers;
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.merchantIntents = merchantIntents;
    this.merchantCarts = merchantCarts;
  }

  /** Represents the order that a service request belongs to. */
  public record ServiceOrder(String orderNo, String resourceId, String requestId) {}

  /**
   * Returns the order of this request; it is made now unless the request came before.
   *
   * @throws Refusal for a bad signature, {@code access_restricted}, {@code invalid_field}, {@code
   *     expired_request}, {@code duplicate_request}, {@code not_found}, {@code sold_out}, and what
   *     {@link BuyerVerification#require} refuses
   */
  public ServiceOrders.ServiceOrder orderFor(String service, byte[] body) {
    if (merchantContext.profile().kind().hasOffers()) {
      throw new Refusal(Problem.NOT_FOUND, "this merchant sells no services")
          .at("service")
          .remedy("Send an intent, and confirm a cart.");
    }
    var jsonMessage = JsonMessage.parse(body);
    var agent = jsonMessage.verifySigner(merchantContext.world().keys());
    merchantIntents.admit(agent);
    var request = jsonMessage.bind(ServiceRequest.class);
    SenderChecks.requireSigner(agent, request.agentId(), Problem.ACCESS_RESTRICTED);
    var digest = new Orders.CartDigest(request.agentId(), jsonMessage.digest());
    return findEarlier(service, request, digest).orElseGet(() -> place(service, request, digest));
  }

  private ServiceOrders.ServiceOrder place(
      String service, ServiceRequest request, Orders.CartDigest digest) {
    var now = merchantContext.now();
    MerchantCarts.checkTime(request.timestamp(), now);
    var input = Json.write(request.input());
    if (input.length() > MAX_INPUT_CHARS) {
      throw new Refusal(Problem.INVALID_FIELD, "the input is too long")
          .at(INPUT)
          .expected("at most %d characters of JSON".formatted(MAX_INPUT_CHARS));
    }
    var lines = List.of(new CartRequest.Line(service, 1));
    var cartQuote = CartQuote.ofLines(lines, Map.of(), merchantContext);
    buyers.require(service, request);
    var signed =
        merchantCarts.order(
            cart(request, lines, cartQuote),
            cartQuote,
            null,
            now,
            new MerchantCarts.Resource(merchantCarts.nextNumber(), resource(service)));
    if (merchantCarts.place(signed, digest, lines, Map.of(INPUT, input))) {
      return new ServiceOrders.ServiceOrder(
          signed.order().orderNo(), signed.order().resourceId(), request.requestId());
    }
    // The same request came twice at the same moment.
    return findEarlier(service, request, digest).orElseThrow();
  }

  private static CartRequest cart(
      ServiceRequest request, List<CartRequest.Line> lines, CartQuote cartQuote) {
    return new CartRequest(
        request.requestId(),
        request.intentId(),
        request.delegationId(),
        request.agentId(),
        request.timestamp(),
        lines,
        cartQuote.total().decimal(),
        cartQuote.total().currency().getCurrencyCode(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private Optional<ServiceOrders.ServiceOrder> findEarlier(
      String service, ServiceRequest request, Orders.CartDigest digest) {
    return orders
        .findAnswer(request.agentId(), request.requestId())
        .map(answered -> requireSameRequest(service, request, digest, answered));
  }

  private static ServiceOrders.ServiceOrder requireSameRequest(
      String service, ServiceRequest request, Orders.CartDigest digest, Orders.Answered answered) {
    var order = Json.read(answered.confirmation(), Order.class);
    if (!answered.digest().equals(digest.digest())
        || !order.resourceId().equals(resource(service))) {
      throw new Refusal(
              Problem.DUPLICATE_REQUEST, "this request id asked for something else already")
          .at("request_id")
          .observed(request.requestId())
          .remedy("Use a new request_id for another request.");
    }
    return new ServiceOrders.ServiceOrder(order.orderNo(), order.resourceId(), request.requestId());
  }

  private static String resource(String service) {
    return "services/" + service;
  }
}
