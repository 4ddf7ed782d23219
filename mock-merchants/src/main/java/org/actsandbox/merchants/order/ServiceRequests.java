package org.actsandbox.merchants.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.intent.Intents;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.merchants.message.Senders;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.ServiceRequest;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Turns the first request of a paid service into an order that waits for payment: asking is
 * confirming, and the bill says the price (ACT A402-1).
 */
public final class ServiceRequests {

  /** Where the fulfilment needs of a service order keep the input. */
  public static final String INPUT = "input";

  static final int MAX_INPUT_CHARS = 24 * 1024;

  private final Outlet outlet;
  private final Orders orders;
  private final Intents intents;
  private final Carts carts;

  public ServiceRequests(Outlet outlet, Orders orders, Intents intents, Carts carts) {
    this.outlet = outlet;
    this.orders = orders;
    this.intents = intents;
    this.carts = carts;
  }

  /** The order a request belongs to. */
  public record Taken(String orderNo, String resourceId, String requestId) {}

  /**
   * The order of this request, made now unless the request came before.
   *
   * @throws Refusal a signature's, {@code access_restricted}, {@code invalid_field}, {@code
   *     expired_request}, {@code idempotency_conflict}, {@code not_found}, {@code sold_out}
   */
  public Taken take(String service, byte[] body) {
    if (outlet.profile().kind() != Kind.SERVICE) {
      throw new Refusal(Problem.NOT_FOUND, "this merchant sells no services")
          .at("service")
          .remedy("Send an intent, and confirm a cart.");
    }
    var message = Message.parse(body);
    var agent = message.signer(outlet.world().keys());
    intents.admit(agent);
    var request = message.bind(ServiceRequest.class);
    Senders.same(agent, request.agentId(), Problem.ACCESS_RESTRICTED);
    Senders.id("request_id", request.requestId(), Problem.INVALID_FIELD);
    Senders.id("intent_id", request.intentId(), Problem.INVALID_FIELD);
    Senders.link("delegation_id", request.delegationId());
    var digest = new Orders.CartDigest(request.agentId(), message.digest());
    return known(service, request, digest).orElseGet(() -> place(service, request, digest));
  }

  private Taken place(String service, ServiceRequest request, Orders.CartDigest digest) {
    var now = outlet.now();
    Carts.checkTime(request.timestamp(), now);
    var input = Json.write(request.input());
    if (input.length() > MAX_INPUT_CHARS) {
      throw new Refusal(Problem.INVALID_FIELD, "the input is too long")
          .at(INPUT)
          .expected("at most %d characters of JSON".formatted(MAX_INPUT_CHARS));
    }
    var wanted = List.of(new CartRequest.Line(service, 1));
    var quote = Quote.listed(wanted, outlet);
    var signed =
        carts.order(
            cart(request, wanted, quote),
            quote,
            now,
            new Carts.Resource(carts.nextNumber(), resource(service)));
    if (carts.place(signed, digest, wanted, Map.of(INPUT, input))) {
      return new Taken(signed.orderNo(), signed.resourceId(), request.requestId());
    }
    // The same request came twice at the same moment.
    return known(service, request, digest).orElseThrow();
  }

  private static CartRequest cart(
      ServiceRequest request, List<CartRequest.Line> wanted, Quote quote) {
    return new CartRequest(
        request.requestId(),
        request.intentId(),
        request.delegationId(),
        request.agentId(),
        request.timestamp(),
        wanted,
        quote.total().decimal(),
        quote.total().currency().getCurrencyCode(),
        null,
        null,
        null,
        null,
        null);
  }

  private Optional<Taken> known(String service, ServiceRequest request, Orders.CartDigest digest) {
    return orders
        .answered(request.agentId(), request.requestId())
        .map(answered -> same(service, request, digest, answered));
  }

  private static Taken same(
      String service, ServiceRequest request, Orders.CartDigest digest, Orders.Answered answered) {
    var order = Json.read(answered.confirmation(), Order.class);
    if (!answered.digest().equals(digest.digest())
        || !order.resourceId().equals(resource(service))) {
      throw new Refusal(
              Problem.IDEMPOTENCY_CONFLICT, "this request id asked for something else already")
          .at("request_id")
          .observed(request.requestId())
          .remedy("Use a new request_id for another request.");
    }
    return new Taken(order.orderNo(), order.resourceId(), request.requestId());
  }

  private static String resource(String service) {
    return "services/" + service;
  }
}
