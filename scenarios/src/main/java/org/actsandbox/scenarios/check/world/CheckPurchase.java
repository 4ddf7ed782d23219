package org.actsandbox.scenarios.check.world;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.client.PurchaseClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One purchase of a check, as far as it has come. */
public final class CheckPurchase {

  private final String id;
  private final PurchaseClient buyer;
  private final String method;
  private final URI resource;
  private final byte[] body;
  private final @Nullable JsonNode offer;
  private final @Nullable JsonNode order;
  private @Nullable JsonNode needed;
  private @Nullable String tradeNo;
  private @Nullable JsonNode proof;

  /**
   * Begins a purchase.
   *
   * @param offer the offer that the order was confirmed from; null where the merchant takes no
   *     carts
   * @param order the confirmed order; null where the merchant takes no carts
   */
  public CheckPurchase(
      String id,
      PurchaseClient buyer,
      String method,
      URI resource,
      byte[] body,
      @Nullable JsonNode offer,
      @Nullable JsonNode order) {
    this.id = id;
    this.buyer = buyer;
    this.method = method;
    this.resource = resource;
    this.body = body;
    this.offer = offer;
    this.order = order;
  }

  public String id() {
    return id;
  }

  public PurchaseClient buyer() {
    return buyer;
  }

  public String method() {
    return method;
  }

  public URI resource() {
    return resource;
  }

  public byte[] body() {
    return body;
  }

  /** Returns the headers that every request of this purchase has. */
  public Map<String, String> headers() {
    var headers = new HashMap<String, String>();
    headers.put("Act-Sender", buyer.agent().agentId());
    if (body.length > 0) {
      headers.put("Content-Type", contentType());
    }
    return headers;
  }

  /** Returns the content type as sent; empty if there is no body. */
  public String contentType() {
    return body.length == 0 ? "" : "application/json";
  }

  public @Nullable JsonNode order() {
    return order;
  }

  public JsonNode requireOrder() {
    return java.util.Objects.requireNonNull(order, "this purchase has no order");
  }

  public JsonNode requireOffer() {
    return java.util.Objects.requireNonNull(offer, "this purchase has no offer");
  }

  /** Returns both layers of the bill. */
  public JsonNode needed() {
    return java.util.Objects.requireNonNull(needed, "this purchase has no bill yet");
  }

  public boolean isBilled() {
    return needed != null;
  }

  public JsonNode bill() {
    return needed().path("protocol");
  }

  public void bill(JsonNode decoded) {
    this.needed = decoded;
  }

  public String tradeNo() {
    return java.util.Objects.requireNonNull(tradeNo, "this purchase has no trade yet");
  }

  public boolean isAsked() {
    return tradeNo != null;
  }

  public void trade(String number) {
    this.tradeNo = number;
  }

  /** Returns both layers of the proof. */
  public JsonNode proof() {
    return java.util.Objects.requireNonNull(proof, "this purchase has no proof yet");
  }

  public boolean isPaid() {
    return proof != null;
  }

  public void paid(JsonNode received) {
    this.proof = received;
  }
}
