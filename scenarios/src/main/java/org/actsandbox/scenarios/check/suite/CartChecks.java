package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.ORDER;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.Goods;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what a confirmed cart locks, and for how long (CID-8, CID-9). */
final class CartChecks {

  static final List<MerchantCheck> ALL =
      List.of(
          must("cart.price-as-offered", ORDER, "CID-8.b")
              .says(
                  "Confirms a cart with an offer that was just made and compares the totals.",
                  "A price that rises at the till is bait.",
                  "Confirm an offer at the price it was made, all fees included.")
              .needs(Goods.OFFERS)
              .playedBy("search-tells-the-truth")
              .runs(CartChecks::asOffered),
          must(Goods.CARTS, ORDER, "CID-9.a")
              .says(
                  "Confirms a cart and looks for an order with its number and paid resource.",
                  "The order is what is billed, paid and delivered.",
                  "Answer 201 with order_no, total, currency, hold_until and resource_url.")
              .needs("cart.price-as-offered")
              .runs(
                  context -> {
                    context.goods().requireCarts();
                    context.purchases().begin();
                  }),
          should("cart.order-complete", ORDER, "CID-9.b")
              .says(
                  "Looks in the order for items, amount, currency, counterparty, time and links.",
                  "Both sides point at it later.",
                  "Fill lines, total, currency, merchant_did, confirmed_at, intent_id and"
                      + " request_id.")
              .needs(Goods.CARTS)
              .runs(
                  context -> {
                    var order = held(context).requireOrder();
                    for (var member :
                        List.of(
                            "lines",
                            "total",
                            "currency",
                            "merchant_did",
                            "order_no",
                            "confirmed_at",
                            "intent_id",
                            "request_id")) {
                      context.require(
                          order.has(member), CheckSentence.of("a member {0}", member), order);
                    }
                  }),
          should("cart.signed", ORDER, "CID-9.b")
              .says(
                  "Verifies the merchant's signature under the order.",
                  "An unsigned confirmation proves nothing in a dispute.",
                  "Sign the RFC 8785 form of the order with the key of the merchant's DID.")
              .needs(Goods.CARTS)
              .playedBy("order-signed-by-the-wrong-party")
              .runs(CartChecks::signed),
          must("cart.links", ORDER, "CID-9.a")
              .says(
                  "Compares intent_id and request_id of the order with those of the cart.",
                  "An order of another flow cannot be paid in this one.",
                  "Copy both ids from the cart.")
              .needs(Goods.CARTS)
              .playedBy("one-flow")
              .runs(
                  context -> {
                    var held = held(context);
                    context.requireSame(
                        "intent_id",
                        "I-" + held.id(),
                        held.requireOrder().path("intent_id").asString(""));
                    context.requireSame(
                        "request_id",
                        "C-" + held.id(),
                        held.requireOrder().path("request_id").asString(""));
                  }),
          must("cart.sum", ORDER, "CID-8.b")
              .says(
                  "Adds up the price lines of the order.",
                  "A total that is not the sum of its parts hides something.",
                  "Let the total be the exact sum of the lines in price.")
              .needs(Goods.CARTS)
              .playedBy("coupon-eats-the-fee")
              .runs(CartChecks::sum),
          must("cart.repeated", ORDER, "CID-8.b")
              .says(
                  "Sends the same cart twice.",
                  "The answer of the first may be lost; a second order would lock a second thing.",
                  "Answer a repeated request_id with the order it made.")
              .needs(Goods.CARTS)
              .playedBy("same-request-twice")
              .runs(CartChecks::repeated),
          should("cart.reused-id", ORDER, "CID-8.d")
              .says(
                  "Sends another cart under a request_id that was used.",
                  "An id that means two carts confirms the wrong one.",
                  "Refuse a request_id that comes with other content.")
              .needs("cart.repeated")
              .runs(CartChecks::reusedId),
          must("cart.unknown-offer", ORDER, "CID-8.d")
              .says(
                  "Confirms a cart with an offer that there is not.",
                  "A lock that fails is never a success.",
                  "Answer a status 4xx with an error object.")
              .needs(Goods.CARTS)
              .playedBy("unknown-ids")
              .runs(
                  context -> {
                    var held = held(context);
                    var offer = ((ObjectNode) held.requireOffer()).deepCopy();
                    offer.put("offer_id", "no-such-offer");
                    requireNoOrder(context, cart(context, held.buyer(), offer));
                  }),
          must("cart.lower-total", ORDER, "CID-8.d")
              .says(
                  "Confirms a cart with an expected total below the price.",
                  "The agent's principal agreed to that total and to no other.",
                  "Refuse a cart whose expected_total is below the price.")
              .needs(Goods.CARTS)
              .playedBy("dearer-at-confirmation")
              .runs(
                  context -> {
                    context.goods().requireCarts();
                    var buyer = context.goods().buyer();
                    var id = context.world().nextId();
                    var offer = ((ObjectNode) context.goods().offer(buyer, id)).deepCopy();
                    offer.put("total", "0.01");
                    requireNoOrder(
                        context,
                        context.post("/carts", buyer, buyer.signed(buyer.cart(id, offer))));
                  }),
          should("cart.unsigned", ORDER, "CID-8.a")
              .says(
                  "Sends a cart without a signature.",
                  "A stranger could lock the whole stock in another agent's name.",
                  "Refuse a cart that is not signed by its agent.")
              .needs(Goods.CARTS)
              .playedBy("wrong-signature-of-a-message")
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var id = context.world().nextId();
                    var cart = buyer.cart(id, context.goods().offer(buyer, id));
                    requireNoOrder(context, context.post("/carts", buyer, cart));
                  }),
          should("cart.changed-after-signing", ORDER, "CID-8.a")
              .says(
                  "Changes a signed cart before it is sent.",
                  "A signature that is not compared protects nothing.",
                  "Verify the signature over the RFC 8785 form of the message.")
              .needs(Goods.CARTS)
              .playedBy("wrong-signature-of-a-message")
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var id = context.world().nextId();
                    var cart = buyer.signed(buyer.cart(id, context.goods().offer(buyer, id)));
                    cart.put("expected_total", "99999.00");
                    requireNoOrder(context, context.post("/carts", buyer, cart));
                  }),
          must("cart.bill-of-order", ORDER, "CID-8.c")
              .says(
                  "Compares order number, amount and currency of the bill with the order.",
                  "What is paid must be what was confirmed.",
                  "Bill out_trade_no, amount and currency of the order.")
              .needs(Goods.CARTS, CheckContext.READABLE)
              .playedBy("locked-means-locked")
              .runs(CartChecks::billOfOrder),
          must("cart.sold-out", ORDER, "CID-8.d")
              .says(
                  "Takes the last of an offer away and confirms it.",
                  "Something that is not there must not be sold.",
                  "Refuse a cart whose stock cannot be locked.")
              .needs(Goods.CARTS)
              .playedBy("sold-out-at-confirmation")
              .runs(CartChecks::soldOut),
          must("cart.price-moved", ORDER, "CID-8.d")
              .says(
                  "Raises the price between offer and cart.",
                  "The principal has not seen the new price.",
                  "Refuse a cart whose expected_total is below the new price.")
              .needs(Goods.CARTS)
              .playedBy("dearer-at-confirmation")
              .runs(CartChecks::priceMoved),
          must("cart.price-locked", ORDER, "CID-8.b")
              .says(
                  "Raises the price after the cart was confirmed and asks for the bill.",
                  "Locked means locked.",
                  "Bill the price of the confirmed order.")
              .needs("cart.bill-of-order")
              .playedBy("locked-means-locked")
              .runs(CartChecks::priceLocked),
          must("cart.last-one-once", ORDER, "CID-8.b")
              .says(
                  "Lets four agents confirm the last one at the same time.",
                  "One thing is sold once.",
                  "Lock stock atomically; refuse who comes second.")
              .needs(Goods.CARTS)
              .playedBy("fifty-buyers-one-seat")
              .runs(CartChecks::lastOne),
          must("cart.hold-ends", ORDER, "CID-8.c")
              .says(
                  "Moves the clock behind hold_until and asks for the bill.",
                  "What was not paid in time must not be billed any more.",
                  "End the hold at hold_until and answer without a bill that can be paid.")
              .needs("cart.bill-of-order")
              .playedBy("hold-ends-by-the-merchants-clock")
              .movesClock()
              .runs(CartChecks::holdEnds),
          must("cart.hold-returns-stock", ORDER, "CID-8.b")
              .says(
                  "Holds the last one, lets the hold end and confirms it for another agent.",
                  "Stock that a buyer left behind is stock.",
                  "Give stock back when a hold ends.")
              .needs("cart.hold-ends", "cart.last-one-once")
              .playedBy("fifty-buyers-one-seat")
              .movesClock()
              .runs(CartChecks::returnsStock));

  private CartChecks() {}

  private static CheckPurchase held(CheckContext context) {
    context.goods().requireCarts();
    return context.once("held", () -> context.purchases().begin());
  }

  private static Reply cart(CheckContext context, PurchaseClient buyer, JsonNode offer) {
    return context.post("/carts", buyer, buyer.signed(buyer.cart(context.world().nextId(), offer)));
  }

  private static void requireNoOrder(CheckContext context, Reply reply) {
    context.require(
        reply.status() >= 400 && reply.status() < 500 && !reply.json().has("order_no"),
        "a status 4xx and no order",
        reply);
  }

  private static void asOffered(CheckContext context) {
    context.goods().requireCarts();
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    var offer = context.goods().offer(buyer, id);
    var reply = context.post("/carts", buyer, buyer.signed(buyer.cart(id, offer)));
    var observed = reply.status() < 300 ? reply.json().path("total").asString("") : reply;
    context.require(
        offer.path("total").asString().equals(observed),
        CheckSentence.of("an order for {0}", offer.path("total").asString()),
        observed);
  }

  private static void signed(CheckContext context) {
    var order = held(context).requireOrder();
    try {
      var signer = SignedJson.verify(order, context.world().keys(context.target().did()));
      context.requireSame("signer", context.target().did(), signer.value());
    } catch (Refusal refused) {
      throw CheckEnd.deviates(
          CheckSentence.of("a signature of {0}", context.target().did()),
          CheckSentence.of(
              "{0}, over {1} bytes",
              String.valueOf(refused.getMessage()), SignedJson.signedBytes(order).length));
    }
  }

  private static void sum(CheckContext context) {
    var order = held(context).requireOrder();
    if (order.path("price").isEmpty()) {
      throw CheckEnd.notApplicable("the order has no price lines");
    }
    var sum =
        order
            .path("price")
            .valueStream()
            .map(line -> Goods.amount(line.path("amount")))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    context.require(
        sum.compareTo(Goods.amount(order.path("total"))) == 0,
        CheckSentence.of("a total of {0}", sum),
        order.path("total").asString(""));
  }

  private static void repeated(CheckContext context) {
    context.goods().requireCarts();
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    var signed = buyer.signed(buyer.cart(id, context.goods().offer(buyer, id)));
    var first = context.post("/carts", buyer, signed);
    var second = context.post("/carts", buyer, signed);
    context.require(second.status() < 300, "the order of the first request", second);
    context.requireSame(
        "order_no",
        first.json().path("order_no").asString(""),
        second.json().path("order_no").asString(""));
  }

  private static void reusedId(CheckContext context) {
    context.goods().requireCarts();
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    var cart = buyer.cart(id, context.goods().offer(buyer, id));
    context.post("/carts", buyer, buyer.signed(cart.deepCopy()));
    cart.putObject("fulfilment").put("note", "another cart");
    requireNoOrder(context, context.post("/carts", buyer, buyer.signed(cart)));
  }

  private static void billOfOrder(CheckContext context) {
    var purchase = context.billed(held(context));
    var order = purchase.requireOrder();
    var bill = purchase.bill();
    context.requireSame(
        "out_trade_no", order.path("order_no").asString(), bill.path("out_trade_no").asString(""));
    context.requireSame("amount", order.path("total").asString(), bill.path("amount").asString(""));
    context.requireSame(
        "currency", order.path("currency").asString(), bill.path("currency").asString(""));
  }

  private static void soldOut(CheckContext context) {
    context.goods().requireCarts();
    var said = context.setting("/sold_out_offer");
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    var offer = context.goods().offer(buyer, id);
    if (said != null) {
      offer = ((ObjectNode) offer).deepCopy().put("offer_id", said);
    } else {
      context.stock().set(offer, 0);
    }
    requireNoOrder(context, context.post("/carts", buyer, buyer.signed(buyer.cart(id, offer))));
  }

  private static void priceMoved(CheckContext context) {
    context.goods().requireCarts();
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    var offer = context.goods().offer(buyer, id);
    context.stock().raisePrice(offer, 10);
    requireNoOrder(context, context.post("/carts", buyer, buyer.signed(buyer.cart(id, offer))));
  }

  private static void priceLocked(CheckContext context) {
    context.goods().requireCarts();
    var purchase = context.purchases().begin();
    context.stock().raisePrice(purchase.requireOffer(), 20);
    context.requireSame(
        "amount",
        purchase.requireOrder().path("total").asString(),
        context.billed(purchase).bill().path("amount").asString(""));
  }

  private static void lastOne(CheckContext context) {
    context.goods().requireCarts();
    var first = context.goods().buyer();
    var offer = context.goods().offer(first, context.world().nextId());
    context.stock().set(offer, 1);
    var carts = new ArrayList<Callable<Reply>>();
    for (int i = 0; i < 4; i++) {
      var buyer = context.goods().buyer();
      carts.add(() -> cart(context, buyer, offer));
    }
    long orders =
        ConcurrentRequests.all(carts).stream().filter(reply -> reply.status() < 300).count();
    context.require(
        orders == 1, "one order for the last one", CheckSentence.of("{0} orders", orders));
  }

  private static Instant holdUntil(CheckPurchase purchase) {
    var until = purchase.requireOrder().path("hold_until").asString("");
    try {
      return Instant.parse(until);
    } catch (java.time.format.DateTimeParseException notTime) {
      throw CheckEnd.deviates("hold_until as a time in UTC", until);
    }
  }

  private static void afterHold(CheckContext context, CheckPurchase purchase) {
    var left = Duration.between(context.world().now(), holdUntil(purchase));
    context.require(
        left.compareTo(Duration.ofDays(2)) < 0, "a hold of at most two days", left.toString());
    context.world().advance(left.plusSeconds(1));
  }

  private static void holdEnds(CheckContext context) {
    context.goods().requireCarts();
    context.requireWorldTime();
    var purchase = context.billed(context.purchases().begin());
    afterHold(context, purchase);
    var reply = context.ask(purchase);
    context.require(
        reply.status() != 402 && reply.status() >= 400,
        "a status 4xx without a bill after the hold",
        reply);
    if (context.orders().isShown(purchase)) {
      context.requireSame(
          "status", "EXPIRED", context.orders().now(purchase).path("status").asString(""));
    }
  }

  private static void returnsStock(CheckContext context) {
    context.goods().requireCarts();
    context.requireWorldTime();
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    var offer = context.goods().offer(buyer, id);
    context.stock().set(offer, 1);
    var purchase = context.purchases().ordered(buyer, id, offer);
    afterHold(context, purchase);
    var reply = cart(context, context.goods().buyer(), offer);
    context.require(
        reply.status() < 300
            || CheckContext.error(reply).at("/details/code").asString("").equals("offer_expired"),
        "an order for what was given back",
        reply);
  }
}
