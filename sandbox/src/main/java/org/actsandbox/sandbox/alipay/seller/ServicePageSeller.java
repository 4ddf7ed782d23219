package org.actsandbox.sandbox.alipay.seller;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.alipay.client.GatewayClient.UnansweredException;
import org.actsandbox.alipay.client.PayPerUseCalls;
import org.actsandbox.alipay.client.PresentedProof;
import org.actsandbox.alipay.client.ProofRefusedException;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.seller.PageOrders.PageDelivery;
import org.actsandbox.sandbox.alipay.seller.PageOrders.PageOrder;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sells the services of one merchant in Alipay's profile: it bills, verifies the proof at the
 * gateway, compares everything that the documents ask for, delivers once, and confirms before it
 * answers 200 (AIP-12, AIP-25, AIP-288).
 */
final class ServicePageSeller {

  /** Is the time that all public demos give (AIP-141). */
  private static final Duration PAYABLE = Duration.ofMinutes(30);

  private static final int RETRY_AFTER_SECONDS = 3;

  private final World world;
  private final Merchant merchant;
  private final InstantSource clock;
  private final SellerApplication application;
  private final PayPerUseCalls gateway;
  private final PageOrders orders;

  ServicePageSeller(
      World world,
      Merchant merchant,
      SellerApplication application,
      PayPerUseCalls gateway,
      PageOrders orders) {
    this.world = world;
    this.merchant = merchant;
    this.clock = world.participantClock(merchant.profile().did());
    this.application = application;
    this.gateway = gateway;
    this.orders = orders;
  }

  /** Represents what is asked for: a service, and its input as canonical JSON. */
  private record PageRequest(String service, JsonNode input, String text) {

    static PageRequest of(String service, JsonNode input) {
      return new PageRequest(
          service, input, new String(CanonicalJson.bytes(input), StandardCharsets.UTF_8));
    }

    String resourceId() {
      return "/alipay/" + service;
    }

    boolean isFor(PageOrder order) {
      return order.service().equals(service) && order.input().equals(text);
    }
  }

  /**
   * Answers a request for a service.
   *
   * @param proof the value of {@code Payment-Proof}, null if there is none
   * @throws Refusal for a service or an input that cannot be sold
   */
  ServicePageAnswer answer(String service, JsonNode input, @Nullable String proof) {
    var request = PageRequest.of(service, input);
    if (proof == null || proof.isBlank()) {
      return billed(request, "Payment-Needed", "Payment is needed for this service.");
    }
    try {
      return delivered(request, proof);
    } catch (ProofRefusedException refused) {
      note(
          JournalNote.Kind.REFUSAL,
          JournalEvent.PROOF_REFUSED,
          Map.of(),
          Map.of("code", refused.code(), "why", String.valueOf(refused.getMessage())));
      return billed(request, refused.code(), String.valueOf(refused.getMessage()));
    } catch (UnansweredException unknown) {
      note(
          JournalNote.Kind.REFUSAL,
          JournalEvent.PROOF_UNVERIFIED,
          Map.of(),
          Map.of("code", "VERIFY_FAILED", "why", String.valueOf(unknown.getMessage())));
      return failed(503, "VERIFY_FAILED", String.valueOf(unknown.getMessage()));
    }
  }

  private ServicePageAnswer billed(PageRequest request, String code, String message) {
    var offer = merchant.servicePages().offer(request.service(), request.input());
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var payBefore = now.plus(PAYABLE);
    var order =
        new PageOrder(
            world.ids().next("P"), request.service(), request.text(), offer.total(), now, null);
    var app = application.get();
    var seller = app.app().account();
    var bill =
        new AlipayBill(
                new AlipayBill.BillOrder(
                    order.orderNo(),
                    order.amount(),
                    offer.currency(),
                    request.resourceId(),
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(payBefore.atZone(World.ZONE)),
                    null,
                    null,
                    seller),
                new AlipayBill.BillSeller(
                    merchant.profile().name().zh(),
                    seller,
                    app.app().appId(),
                    offer.title().zh(),
                    "seller_id",
                    AlipayBill.SANDBOX_SERVICE))
            .signed(app.key());
    orders.add(order, payBefore);
    note(
        JournalNote.Kind.STATE,
        JournalEvent.BILL_ISSUED,
        Map.of(JournalIds.ORDER_NO, order.orderNo()),
        Map.of("amount", order.amount()));
    var body = Json.object().put("code", code).put("message", message);
    body.put("out_trade_no", order.orderNo()).put("amount", order.amount());
    body.put("currency", offer.currency()).put("goods_name", offer.title().zh());
    return new ServicePageAnswer(402, bill.encode(), null, null, body);
  }

  private ServicePageAnswer delivered(PageRequest request, String header)
      throws ProofRefusedException, UnansweredException {
    var proof = PresentedProof.read(header);
    var tradeNo = proof.tradeNo();
    var digest = proof.digest();
    var earlier = orders.findByTrade(tradeNo);
    if (earlier.isPresent()) {
      return repeated(request, earlier.get(), digest);
    }
    PageOrder order;
    try {
      order = verified(request, proof);
    } catch (ProofRefusedException refused) {
      // The same proof came twice at once, and the other request has used it up meanwhile.
      var meanwhile = orders.findByTrade(tradeNo);
      if (meanwhile.isPresent()) {
        return repeated(request, meanwhile.get(), digest);
      }
      throw refused;
    }
    var content =
        merchant.servicePages().result(order.service(), request.input(), order.receivedAt());
    var delivery = new PageDelivery(tradeNo, digest, Json.write(content), false);
    if (!orders.deliver(order.orderNo(), delivery)) {
      // The same proof came twice at the same moment, or another trade paid for the order.
      return repeated(request, orders.find(order.orderNo()).orElseThrow(), digest);
    }
    var ids = Map.of(JournalIds.ORDER_NO, order.orderNo(), JournalIds.TRADE_NO, tradeNo);
    note(
        JournalNote.Kind.STATE, JournalEvent.PROOF_ACCEPTED, ids, Map.of("amount", order.amount()));
    note(JournalNote.Kind.STATE, JournalEvent.DELIVERED, ids, Map.of());
    return confirmed(request, order, delivery, false);
  }

  /** Gives the stored delivery again to the proof and the request that it was made for. */
  private ServicePageAnswer repeated(PageRequest request, PageOrder order, String digest)
      throws ProofRefusedException, UnansweredException {
    var delivery = Objects.requireNonNull(order.delivered());
    if (!delivery.proofDigest().equals(digest)) {
      throw new ProofRefusedException(
          "INVALID_PAYMENT_PROOF", "Another proof paid for this order.");
    }
    requireRequest(request, order);
    return confirmed(request, order, delivery, true);
  }

  private PageOrder verified(PageRequest request, PresentedProof proof)
      throws ProofRefusedException, UnansweredException {
    var payment = gateway.verify(application.get().caller(), proof);
    var order =
        orders
            .find(payment.outTradeNo())
            .orElseThrow(
                () ->
                    new ProofRefusedException(
                        "ORDER_NOT_FOUND", "The proof is for no order of ours."));
    if (!payment.amount().equals(order.amount())) {
      throw new ProofRefusedException("AMOUNT_MISMATCH", "The payment has another amount.");
    }
    if (!payment.resourceId().equals(request.resourceId())) {
      throw new ProofRefusedException(
          "RESOURCE_ID_MISMATCH", "The payment is for another service.");
    }
    requireRequest(request, order);
    return order;
  }

  private static void requireRequest(PageRequest request, PageOrder order)
      throws ProofRefusedException {
    if (!request.isFor(order)) {
      throw new ProofRefusedException("RESOURCE_ID_MISMATCH", "The order was for another input.");
    }
  }

  private ServicePageAnswer confirmed(
      PageRequest request, PageOrder order, PageDelivery delivery, boolean repeated)
      throws UnansweredException {
    if (!delivery.confirmed()) {
      var refusal = gateway.confirm(application.get().caller(), delivery.tradeNo());
      if (refusal != null) {
        return failed(502, "FULFILLMENT_CONFIRM_FAILED", refusal);
      }
      orders.confirmed(order.orderNo());
    }
    var body = Json.object().put("resource_id", request.resourceId());
    body.set("content", Json.parse(delivery.content()));
    body.put("trade_no", delivery.tradeNo()).put("out_trade_no", order.orderNo());
    body.put("already_fulfilled", repeated).put("fulfillment_confirmed", true);
    var validation =
        new AlipayValidation(delivery.tradeNo(), order.orderNo(), true, request.resourceId());
    return new ServicePageAnswer(200, null, validation.encode(), null, body);
  }

  private static ServicePageAnswer failed(int status, String code, String message) {
    return new ServicePageAnswer(
        status,
        null,
        null,
        RETRY_AFTER_SECONDS,
        Json.object().put("code", code).put("message", message));
  }

  private void note(
      JournalNote.Kind kind, JournalEvent event, Map<String, String> ids, Map<String, ?> data) {
    world.journal().note(new JournalNote(merchant.profile().did().value(), kind, event, ids, data));
  }
}
