package org.actsandbox.merchants.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.merchants.order.VoluntaryRefund;
import org.actsandbox.protocol.commerce.CancellationRequest;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Confirms carts and shows, cancels and refunds the orders that follow from them (ACT CID-8,
 * CID-9).
 */
@RestController
@RequestMapping("/w/{world}/merchants/{merchant}")
public class OrderEndpoints {

  /** Some clients send an empty object with every request. */
  private static final Set<String> EMPTY = Set.of("", "{}");

  /**
   * Confirms a cart. It needs no API key, because the agent's signature in the body proves who
   * confirms.
   */
  @EndpointSummary("Confirm a cart: hold it and get an order to pay")
  @WireMessages(takes = CartRequest.class, answers = Order.class, status = 201)
  @PostMapping("/carts")
  ResponseEntity<byte[]> confirm(Merchant merchant, @RequestBody byte[] body) {
    return ResponseEntity.status(HttpStatus.CREATED)
        .contentType(MediaType.APPLICATION_JSON)
        .body(merchant.carts().confirm(body).getBytes(StandardCharsets.UTF_8));
  }

  @EndpointSummary("Read an order")
  @GetMapping("/orders/{orderNo}")
  Order order(
      Merchant merchant,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String orderNo) {
    requireBuyerOrOwner(merchant, caller, orderNo);
    return merchant.orders().get(orderNo);
  }

  /** Lists the orders of a merchant, the newest first; an agent sees its own and no others. */
  @EndpointSummary("List the orders of a merchant, or an agent's own orders at it")
  @GetMapping("/orders")
  Page<Order> orders(
      Merchant merchant,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @RequestParam(required = false) @Nullable OrderStatus status,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    if (!caller.is(Role.AGENT)) {
      caller.requireMerchant(merchant.profile().did());
    }
    var agent = caller.is(Role.AGENT) ? caller.did().orElseThrow() : null;
    return merchant.orders().newest(new OrderFilter(agent, status), cursor, limit);
  }

  @EndpointSummary("List what a merchant holds for orders not paid yet")
  @GetMapping("/holds")
  Page<Order> holds(
      Merchant merchant,
      @AllowedRoles(Role.MERCHANT) Caller caller,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    caller.requireMerchant(merchant.profile().did());
    return merchant.orders().holds(cursor, limit);
  }

  /**
   * Cancels an order. Who has a role key may leave the body out; a signed request is checked where
   * there is one.
   */
  @EndpointSummary("Cancel an order")
  @WireMessages(takes = CancellationRequest.class)
  @PostMapping("/orders/{orderNo}/cancel")
  Order cancel(
      Merchant merchant,
      @AllowedRoles({Role.AGENT, Role.MERCHANT}) Caller caller,
      @PathVariable String orderNo,
      @RequestBody(required = false) byte @Nullable [] body) {
    requireBuyerOrOwner(merchant, caller, orderNo);
    if (body != null && !EMPTY.contains(new String(body, StandardCharsets.UTF_8).strip())) {
      merchant.cancellation().check(orderNo, body);
    }
    return merchant.cancellation().cancel(orderNo);
  }

  @EndpointSummary("Refund an order, or a part of it")
  @WireMessages(takes = VoluntaryRefund.Request.class)
  @PostMapping("/orders/{orderNo}/refund")
  Order refund(
      Merchant merchant,
      @AllowedRoles(Role.MERCHANT) Caller caller,
      @PathVariable String orderNo,
      @RequestBody byte[] body) {
    caller.requireMerchant(merchant.profile().did());
    return merchant.refund().refund(orderNo, body);
  }

  /**
   * Refuses other agents with {@code not_found}: an order number is no secret, so it must not open
   * an order.
   */
  private static void requireBuyerOrOwner(Merchant merchant, Caller caller, String orderNo) {
    if (!caller.isMerchant(merchant.profile().did())) {
      merchant.orders().requireBuyer(orderNo, caller.did());
    }
  }
}
