package org.actsandbox.web.console.external;

import java.time.Duration;
import java.time.Instant;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the answer that each step of a first sale expects, with the values of the world and the
 * merchant. What comes from the request, and what the merchant computes, is in angle brackets.
 */
final class FirstSaleBytes {

  /** The commands look for a sandbox there by themselves. */
  private static final int DEFAULT_PORT = 8080;

  private static final String SIGNATURE = "<Ed25519 over the RFC 8785 form without this member>";
  private static final Duration HOLD = Duration.ofMinutes(15);

  private FirstSaleBytes() {}

  static String offer(ExternalMerchant merchant, Instant now) {
    var offer = Json.object();
    offer.put("offer_id", "tea-1").put("item_id", "tea");
    offer.put("merchant_id", merchant.id()).put("merchant_did", merchant.did().value());
    offer.put("kind", merchant.kind().code());
    offer.set("title", text("Longjing tea", "龙井茶"));
    offer.set("category", text("tea", "茶"));
    offer.put("quantity", 1);
    price(offer, "lines");
    offer.put("available", 12).put("valid_until", now.plus(HOLD).toString());
    offer.put("detail_ref", merchant.at("/catalog/tea").toString());
    offer.set("details", details(merchant.kind(), now));
    var answer = Json.object();
    answer.put("request_id", "<request_id of the intent>");
    answer.put("intent_id", "<intent_id of the intent>");
    answer.put("merchant_id", merchant.id()).put("answered_at", now.toString());
    answer.putArray("offers").add(offer);
    return "HTTP/1.1 200 OK\n\n" + answer.toPrettyString();
  }

  private static JsonNode details(MerchantKind kind, Instant now) {
    var details = Json.object().put("kind", kind.code());
    if (kind != MerchantKind.SHOP) {
      return details.put("…", "<see docs/needs.md>");
    }
    details.set("product", text("Longjing tea", "龙井茶"));
    details.set("variant", text("100 g", "100 克"));
    details.put("brand", "Tea shop");
    details.putObject("attributes");
    details.put("quantity", 1);
    details.set("shipping", text("standard", "标准配送"));
    return details.put("promised_by", now.plus(Duration.ofDays(2)).toString()).put("rating", "4.5");
  }

  static String order(World world, ExternalMerchant merchant, Instant now) {
    var order = Json.object();
    order.put("order_no", "T-1001");
    order.put("merchant_id", merchant.id()).put("merchant_did", merchant.did().value());
    order.put("intent_id", "<intent_id of the cart>");
    order.put("request_id", "<request_id of the cart>").put("kind", merchant.kind().code());
    var line = order.putArray("lines").addObject();
    line.put("offer_id", "<offer_id of the cart>").put("item_id", "tea");
    line.set("title", text("Longjing tea", "龙井茶"));
    line.put("quantity", 1);
    price(order, "price");
    order.put("status", "HELD").put("confirmed_at", now.toString());
    order.put("hold_until", now.plus(HOLD).toString());
    order.put("resource_id", "fulfilment/T-1001");
    order.put("resource_url", merchant.at("/fulfilment/T-1001").toString());
    return "HTTP/1.1 201 Created\n\n" + signed(order, world, merchant).toPrettyString();
  }

  /** Returns the decoded header of a 402; it travels as base64url of its JSON. */
  static String bill(World world, ExternalMerchant merchant, Instant now) {
    boolean gate = merchant.level() == MerchantLevel.GATE;
    var bill = Json.object();
    bill.put("method_id", PaymentNeeded.METHOD_ID);
    bill.put("method_version", PaymentNeeded.METHOD_VERSION);
    bill.put("out_trade_no", gate ? "<a number of your own>" : "<order_no>");
    bill.put("amount", gate ? "0.50" : "<total of the order>").put("currency", "CNY");
    bill.put("resource_id", gate ? merchant.resource().substring(1) : "fulfilment/<order_no>");
    bill.put("pay_before", now.plus(HOLD).toString());
    bill.put("seller_unique_id", merchant.did().value()).put("request_method", "GET");
    bill.put("request_fingerprint", "<sha-256: of the four lines, docs/method.md>");
    bill.put("replay_window_seconds", 86_400);
    var method = Json.object();
    method.put("psp_id", World.PSP.value()).put("endpoint", world.at("/psp/payments").toString());
    method.put(
        "method_schema_url",
        world.at("/psp/methods/act-sandbox-instant/1.0.0.schema.json").toString());
    method.put("bill_digest", "<sha-256: of the RFC 8785 form of protocol>");
    var needed = Json.object();
    needed.set("protocol", signed(bill, world, merchant));
    needed.set("method", signed(method, world, merchant));
    return "HTTP/1.1 402 Payment Required\nPayment-Needed: <base64url of this JSON>\n\n"
        + needed.toPrettyString();
  }

  static String delivery(ExternalMerchant merchant, Instant now) {
    var delivery = Json.object();
    if (merchant.level() == MerchantLevel.GATE) {
      delivery.put("report", "<the page that was paid for, in any form>");
    } else if (merchant.kind() == MerchantKind.SHOP) {
      delivery.put("kind", "shop");
      var item = delivery.putArray("items").addObject();
      item.set("product", text("Longjing tea", "龙井茶"));
      item.set("variant", text("100 g", "100 克"));
      item.put("quantity", 1);
      delivery.put("ship_to", "home");
      delivery.put("promised_by", now.plus(Duration.ofDays(2)).toString());
      delivery.put("parcel_no", "P-1001");
    } else {
      delivery.put("kind", merchant.kind().code()).put("…", "<see docs/needs.md>");
    }
    return "HTTP/1.1 200 OK\nPayment-Validation: <base64url, docs/method.md>\n\n"
        + delivery.toPrettyString();
  }

  static String notification() {
    return "HTTP/1.1 200 OK\n\n{\"received\": true}";
  }

  /**
   * Returns the call that starts a check here, which the page then sees, and the command that
   * repeats it in a terminal and in CI.
   */
  static String check(ExternalMerchant merchant, World world) {
    boolean gate = merchant.level() == MerchantLevel.GATE;
    int port = world.base().getPort();
    return """
        curl -X POST %s \\
          -H "Authorization: Bearer $OPERATOR_KEY" -H 'Content-Type: application/json' \\
          -d '{"merchant": "%s"}'

        # The same in a terminal or in CI, with an exit code:
        ./run check-merchant %s --level %s --world %s%s"""
        .formatted(
            world.base().resolve("/api/worlds/" + world.name() + "/checks"),
            merchant.id(),
            merchant.at(gate ? merchant.resource() : ""),
            merchant.level().code(),
            world.name(),
            port < 0 || port == DEFAULT_PORT ? "" : " --port " + port);
  }

  private static void price(ObjectNode node, String member) {
    var line = node.putArray(member).addObject().put("type", "base");
    line.set("label", text("Longjing tea", "龙井茶"));
    line.put("amount", "38.00");
    node.put("total", "38.00").put("currency", "CNY");
  }

  private static ObjectNode signed(ObjectNode message, World world, ExternalMerchant merchant) {
    return message
        .put(
            "signer_id", world.externalMerchants().publicKeys(merchant.did()).getFirst().signerId())
        .put("signature_type", "ED25519")
        .put("signature_content", SIGNATURE);
  }

  private static ObjectNode text(String english, String chinese) {
    return Json.object().put("en", english).put("zh", chinese);
  }
}
