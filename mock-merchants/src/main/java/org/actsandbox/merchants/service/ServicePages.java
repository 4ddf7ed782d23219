package org.actsandbox.merchants.service;

import static org.actsandbox.merchants.order.ServiceOrders.INPUT;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Offers the services of a seller agent to payment profiles without signed requests and orders: the
 * price and the result alone.
 */
public final class ServicePages {

  private final MerchantContext merchantContext;

  public ServicePages(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /** Returns the services of the merchant; empty if it sells goods. */
  public List<String> services() {
    return merchantContext.vertical() instanceof ServiceVertical vertical
        ? vertical.services().stream().map(PaidService::id).toList()
        : List.of();
  }

  /** Returns the input that the catalog shows as an example. */
  public JsonNode example(String service) {
    return Json.parse(service(service).attributes().getOrDefault(INPUT, "{}"));
  }

  /**
   * Returns what the service costs now, after it has checked the input.
   *
   * @throws Refusal {@code not_found}, {@code sold_out}, {@code invalid_field}
   */
  public Offer offer(String service, JsonNode input) {
    service(service);
    merchantContext
        .vertical()
        .hold("", List.of(new CartRequest.Line(service, 1)), Map.of(INPUT, Json.write(input)));
    return merchantContext.vertical().offer(service);
  }

  /** Performs the service for an input that {@link #offer} accepted. */
  public JsonNode result(String service, JsonNode input, Instant asOf) {
    return service(service).perform(input, asOf);
  }

  private PaidService service(String service) {
    if (merchantContext.vertical() instanceof ServiceVertical vertical) {
      return vertical.service(service);
    }
    throw new Refusal(Problem.NOT_FOUND, "this merchant sells no services").at("service");
  }
}
