package org.actsandbox.sandbox.psp;

import java.time.Duration;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.node.ObjectNode;

/** Makes signed payment requests with a merchant's bill, as the demo agent sends them. */
public final class PaymentRequests {

  /** The payee. */
  public static final Did RAIL = Did.of("raileast");

  /** The time in which the bill can be paid. */
  public static final Duration PAYABLE = Duration.ofMinutes(10);

  private PaymentRequests() {}

  public static String signed(
      World world, String instrument, String requestId, String orderNo, String amount) {
    return signed(
        world,
        plain(world, orderNo, amount)
            .put("request_id", requestId)
            .put("instrument_ref", instrument));
  }

  /** Signs a request with any other fields. */
  public static String signed(World world, ObjectNode request) {
    return Json.write(SignedJson.sign(request, world.signer(World.AGENT)));
  }

  /** Returns an unsigned request without a request id and a payment source. */
  public static ObjectNode plain(World world, String orderNo, String amount) {
    var now = world.clock().instant();
    var bill =
        new PaymentNeeded.Bill(
            PaymentNeeded.METHOD_ID,
            PaymentNeeded.METHOD_VERSION,
            orderNo,
            amount,
            "CNY",
            "fulfilment/" + orderNo,
            now.plus(PAYABLE),
            RAIL.value(),
            World.AGENT.value(),
            "GET",
            "sha-256:" + "f".repeat(43),
            null,
            300,
            new PaymentNeeded.CommerceConfirmation(
                orderNo,
                RequestFingerprint.digest(CanonicalJson.bytes(order(world, orderNo, amount))),
                "http://localhost/orders/" + orderNo),
            null,
            null,
            null);
    var request = Json.object();
    request.put("merchant_order_no", orderNo);
    request.put("amount", amount);
    request.put("currency", "CNY");
    request.put("timestamp", now.toString());
    request.put("agent_id", World.AGENT.value());
    request.put("payee", RAIL.value());
    request.set("bill", SignedJson.sign((ObjectNode) Json.tree(bill), world.signer(RAIL)));
    return request;
  }

  /** Returns the rail platform's signed order: a ticket to Harbin. */
  public static ObjectNode order(World world, String orderNo, String amount) {
    var order = Json.object();
    order.put("order_no", orderNo).put("total", amount).put("currency", "CNY");
    var line = order.putArray("lines").addObject();
    line.put("offer_id", "o1").put("item_id", "raileast.G1204").put("quantity", 1);
    line.putObject("title").put("en", "G1204").put("zh", "G1204");
    var facts = line.putObject("facts").put("kind", "train").put("date", "2026-12-24");
    facts.putArray("names").add("G1204");
    facts.putArray("from").add("Shanghai");
    facts.putArray("to").add("Harbin");
    return SignedJson.sign(order, world.signer(RAIL));
  }
}
