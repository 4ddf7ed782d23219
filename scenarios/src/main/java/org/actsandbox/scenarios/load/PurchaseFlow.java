package org.actsandbox.scenarios.load;

import java.net.URI;
import java.util.Random;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Reply;
import tools.jackson.databind.JsonNode;

/**
 * One complete L1 purchase: intent, cart, 402, payment request, the principal's approval, proof,
 * delivery. Eight requests, each answer checked.
 */
final class PurchaseFlow implements Errand {

  private static final int OFFERS = 10;

  private final Buyer buyer;
  private final Wishes wishes;
  private final String run;

  /**
   * @param run keeps the request ids of several runs in one world apart
   */
  PurchaseFlow(Buyer buyer, Wishes wishes, String run) {
    this.buyer = buyer;
    this.wishes = wishes;
    this.run = run;
  }

  @Override
  public void buy(long flow) {
    var resource = order(flow);
    var request = buyer.signed(buyer.payment(id(flow), bill(resource)));
    var tradeNo = expect(201, "pay", buyer.sendPayment(request)).path("trade_no").asString();
    var digest = expect(200, "cashier", buyer.cashier(tradeNo)).path("digest").asString();
    var paid = expect(200, "approve", buyer.approve(tradeNo, digest, Buyer.DEMO_PIN));
    if (!paid.path("status").asString().equals("paid")) {
      throw new FlowFailed("approve", 200, paid.toString());
    }
    fetch(tradeNo, resource);
  }

  String id(long flow) {
    return run + "-" + flow;
  }

  /** From the wish to the confirmed cart: where the goods will be. */
  URI order(long flow) {
    var wish = wishes.of(flow);
    var id = id(flow);
    var intent = buyer.signed(buyer.intent(id, wish.need(), OFFERS));
    var offers = expect(200, "intent", buyer.sendIntent(wish.merchant(), intent)).path("offers");
    if (offers.isEmpty()) {
      throw new FlowFailed("intent", 200, "no offers");
    }
    var offer = offers.path(new Random(flow).nextInt(offers.size()));
    var order =
        expect(201, "cart", buyer.sendCart(wish.merchant(), buyer.signed(buyer.cart(id, offer))));
    return URI.create(order.path("resource_url").asString());
  }

  JsonNode bill(URI resource) {
    var asked = buyer.askForResource(resource);
    expect(402, "bill", asked);
    return Buyer.bill(asked);
  }

  void fetch(String tradeNo, URI resource) {
    var proof = expect(200, "proof", buyer.payment(tradeNo)).path("proof");
    var delivered = expect(200, "deliver", buyer.showProof(resource, proof));
    if (delivered.isEmpty()) {
      throw new FlowFailed("deliver", 200, "empty delivery");
    }
  }

  static JsonNode expect(int status, String step, Reply reply) {
    if (reply.status() != status) {
      throw new FlowFailed(step, reply.status(), reply.text());
    }
    return reply.json();
  }
}
