package org.actsandbox.scenarios.load;

import static org.actsandbox.scenarios.load.LoadPurchase.expect;
import static org.actsandbox.scenarios.load.LoadPurchase.member;

import java.util.List;
import java.util.Random;
import org.actsandbox.client.PurchaseClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the eight requests of one instant purchase (L1): intent, cart, 402, payment request,
 * cashier, the principal's approval, proof and delivery. Each answer is checked.
 */
final class PurchaseSteps {

  private static final int OFFERS = 10;

  private final PurchaseClient purchaseClient;
  private final LoadNeeds loadNeeds;

  PurchaseSteps(PurchaseClient purchaseClient, LoadNeeds loadNeeds) {
    this.purchaseClient = purchaseClient;
    this.loadNeeds = loadNeeds;
  }

  List<LoadPurchase.Step> all() {
    return List.of(
        intent(),
        cart(),
        bill(),
        new LoadPurchase.Step(
            "pay",
            loadPurchase ->
                loadPurchase.keep(
                    "payment",
                    purchaseClient.signed(
                        purchaseClient.payment(loadPurchase.id(), loadPurchase.kept("bill")))),
            loadPurchase ->
                loadPurchase.keep(
                    "trade_no",
                    member(
                        201,
                        "pay",
                        purchaseClient.sendPayment(loadPurchase.message("payment")),
                        "trade_no"))),
        LoadPurchase.Step.of(
            "cashier",
            loadPurchase ->
                loadPurchase.keep(
                    "digest",
                    member(
                        200,
                        "cashier",
                        purchaseClient.cashier(loadPurchase.text("trade_no")),
                        "digest"))),
        LoadPurchase.Step.of(
            "approve",
            loadPurchase -> {
              var answer =
                  purchaseClient.approve(
                      loadPurchase.text("trade_no"),
                      loadPurchase.text("digest"),
                      PurchaseClient.DEMO_PIN);
              if (!member(200, "approve", answer, "status").equals("paid")) {
                throw new LoadPurchaseFailed("approve", 200, answer.text());
              }
            }),
        proof(),
        deliver());
  }

  LoadNeeds.MerchantNeed merchantNeed(LoadPurchase loadPurchase) {
    return loadNeeds.of(loadPurchase.number());
  }

  LoadPurchase.Step intent() {
    return new LoadPurchase.Step(
        "intent",
        loadPurchase ->
            loadPurchase.keep(
                "intent",
                purchaseClient.signed(
                    purchaseClient.intent(
                        loadPurchase.id(), loadNeeds.of(loadPurchase.number()).need(), OFFERS))),
        loadPurchase -> {
          var merchant = loadNeeds.of(loadPurchase.number()).merchant();
          var offers =
              expect(
                      200,
                      "intent",
                      purchaseClient.sendIntent(merchant, loadPurchase.message("intent")))
                  .path("offers");
          if (offers.isEmpty()) {
            throw new LoadPurchaseFailed("intent", 200, "no offers");
          }
          loadPurchase.keep(
              "offer", offers.path(new Random(loadPurchase.number()).nextInt(offers.size())));
        });
  }

  LoadPurchase.Step cart() {
    return new LoadPurchase.Step(
        "cart",
        loadPurchase -> loadPurchase.keep("cart", purchaseClient.signed(cart(loadPurchase))),
        loadPurchase -> {
          var merchant = loadNeeds.of(loadPurchase.number()).merchant();
          var order = purchaseClient.sendCart(merchant, loadPurchase.message("cart"));
          loadPurchase.keep("order", order);
          loadPurchase.resource(member(201, "cart", order, "resource_url"));
        });
  }

  /** Builds the cart; it names the delegation that pays for it if an earlier step got one. */
  private ObjectNode cart(LoadPurchase loadPurchase) {
    var cart = purchaseClient.cart(loadPurchase.id(), loadPurchase.kept("offer"));
    loadPurchase.find("delegation_id").ifPresent(id -> cart.set("delegation_id", id));
    return cart;
  }

  LoadPurchase.Step bill() {
    return LoadPurchase.Step.of(
        "bill",
        loadPurchase -> {
          var answer = purchaseClient.askForResource(loadPurchase.resource());
          expect(402, "bill", answer);
          loadPurchase.keep("bill", PurchaseClient.bill(answer));
        });
  }

  LoadPurchase.Step proof() {
    return LoadPurchase.Step.of(
        "proof",
        loadPurchase ->
            loadPurchase.keep(
                "proof",
                expect(200, "proof", purchaseClient.payment(loadPurchase.text("trade_no")))
                    .path("proof")));
  }

  LoadPurchase.Step deliver() {
    return LoadPurchase.Step.of(
        "deliver",
        loadPurchase -> {
          var delivered =
              expect(
                  200,
                  "deliver",
                  purchaseClient.sendProof(loadPurchase.resource(), loadPurchase.kept("proof")));
          if (delivered.isEmpty()) {
            throw new LoadPurchaseFailed("deliver", 200, "empty delivery");
          }
        });
  }
}
