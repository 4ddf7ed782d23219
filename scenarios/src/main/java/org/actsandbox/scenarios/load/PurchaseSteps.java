package org.actsandbox.scenarios.load;

import static org.actsandbox.scenarios.load.Flow.expect;
import static org.actsandbox.scenarios.load.Flow.paid;

import java.util.List;
import java.util.Random;
import org.actsandbox.scenarios.client.Buyer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One complete L1 purchase: intent, cart, 402, payment request, the principal's approval, proof,
 * delivery. Eight requests, each answer checked.
 */
final class PurchaseSteps {

  private static final int OFFERS = 10;

  private final Buyer buyer;
  private final Wishes wishes;

  PurchaseSteps(Buyer buyer, Wishes wishes) {
    this.buyer = buyer;
    this.wishes = wishes;
  }

  List<Flow.Step> all() {
    return List.of(
        intent(),
        cart(),
        bill(),
        new Flow.Step(
            "pay",
            flow ->
                flow.keep("payment", buyer.signed(buyer.payment(flow.id(), flow.paper("bill")))),
            flow ->
                flow.keep(
                    "trade_no",
                    expect(201, "pay", buyer.sendPayment(flow.message("payment")))
                        .path("trade_no"))),
        Flow.Step.of(
            "cashier",
            flow ->
                flow.keep(
                    "digest",
                    expect(200, "cashier", buyer.cashier(flow.text("trade_no"))).path("digest"))),
        Flow.Step.of(
            "approve",
            flow ->
                paid(
                    "approve",
                    expect(
                        200,
                        "approve",
                        buyer.approve(
                            flow.text("trade_no"), flow.text("digest"), Buyer.DEMO_PIN)))),
        proof(),
        deliver());
  }

  Wishes.Wish wished(Flow flow) {
    return wishes.of(flow.number());
  }

  Flow.Step intent() {
    return new Flow.Step(
        "intent",
        flow ->
            flow.keep(
                "intent",
                buyer.signed(buyer.intent(flow.id(), wishes.of(flow.number()).need(), OFFERS))),
        flow -> {
          var merchant = wishes.of(flow.number()).merchant();
          var offers =
              expect(200, "intent", buyer.sendIntent(merchant, flow.message("intent")))
                  .path("offers");
          if (offers.isEmpty()) {
            throw new FlowFailed("intent", 200, "no offers");
          }
          flow.keep("offer", offers.path(new Random(flow.number()).nextInt(offers.size())));
        });
  }

  Flow.Step cart() {
    return new Flow.Step(
        "cart",
        flow -> flow.keep("cart", buyer.signed(cart(flow))),
        flow -> {
          var merchant = wishes.of(flow.number()).merchant();
          var order = expect(201, "cart", buyer.sendCart(merchant, flow.message("cart")));
          flow.keep("order", order);
          flow.resource(order.path("resource_url").asString());
        });
  }

  /** Under the delegation that pays for it, where an earlier step got one. */
  private ObjectNode cart(Flow flow) {
    var cart = buyer.cart(flow.id(), flow.paper("offer"));
    flow.find("delegation_id").ifPresent(id -> cart.set("delegation_id", id));
    return cart;
  }

  Flow.Step bill() {
    return Flow.Step.of(
        "bill",
        flow -> {
          var asked = buyer.askForResource(flow.resource());
          expect(402, "bill", asked);
          flow.keep("bill", Buyer.bill(asked));
        });
  }

  Flow.Step proof() {
    return Flow.Step.of(
        "proof",
        flow ->
            flow.keep(
                "proof", expect(200, "proof", buyer.payment(flow.text("trade_no"))).path("proof")));
  }

  Flow.Step deliver() {
    return Flow.Step.of(
        "deliver",
        flow -> {
          var delivered =
              expect(200, "deliver", buyer.showProof(flow.resource(), flow.paper("proof")));
          if (delivered.isEmpty()) {
            throw new FlowFailed("deliver", 200, "empty delivery");
          }
        });
  }
}
