package org.actsandbox.sandbox.external.record;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.verification.RecordVerifier;
import org.actsandbox.protocol.attestation.verification.VerificationFailure;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.external.ExternalOrders.SignedOrder;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes the records that a merchant from outside makes of its own events, and has them anchored
 * (ACT TSD-2, TSD-4). A record must agree with what the merchant signed before, so that it never
 * makes the evidence of a purchase contradict itself.
 */
final class RecordDeposit {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,120}");

  private final World world;
  private final TrustService trustService;
  private final RecordVerifier verifier;

  RecordDeposit(World world) {
    this.world = world;
    this.trustService = world.participant(TrustService.class);
    // The anchor comes after the deposit, so that a sound record fails at this step alone.
    this.verifier =
        new RecordVerifier(
            trustService.world(), (_, _) -> Optional.empty(), trustService.world().did());
  }

  /** Names a deposited record and its place on the chain. */
  record Anchored(String recordId, long height) {}

  /**
   * Stores and anchors a record. The same record again changes nothing.
   *
   * @throws Refusal {@code invalid_field}; {@code not_found} for a purchase that the merchant did
   *     not make; {@code key_forbidden} for the record of another participant; {@code
   *     illegal_transition} for a delivery that was not confirmed; {@code duplicate_request} for
   *     another record of the same event; {@code upstream_failed} if it is not anchored yet
   */
  Anchored take(JsonNode body, Did holder) {
    var record = sound(body);
    requireOwn(record, holder);
    switch (record.eventType()) {
      case CART_CONFIRMED -> {
        var signed = requireCart(record, holder);
        requireFlow(record, PurchaseFlow.of(signed.order()));
        requireConfirmed(record, signed);
      }
      case FULFILLMENT_COMPLETED -> {
        requireFlow(record, flow(record, holder));
        requireDelivered(record, holder);
      }
      default ->
          throw FieldChecks.invalid(
              "event_type",
              EventType.CART_CONFIRMED.code() + " or " + EventType.FULFILLMENT_COMPLETED.code(),
              record.eventType().code());
    }
    long height =
        trustService
            .recorder()
            .deposit(holder, record)
            .orElseThrow(
                () ->
                    new Refusal(Problem.UPSTREAM_FAILED, "the chain does not answer")
                        .remedy("Send the same record again."));
    return new Anchored(record.recordId(), height);
  }

  private OffChainRecord sound(JsonNode body) {
    return switch (RecordCodec.read(body)) {
      case RecordCodec.ReadResult.Malformed(var why) ->
          throw new Refusal(Problem.INVALID_FIELD, why).at("body").expected("a record (TSD-2)");
      case RecordCodec.ReadResult.WellFormed(var record) -> {
        var verification = verifier.verify(record);
        if (verification.reason() != VerificationFailure.NOT_ON_CHAIN) {
          throw new Refusal(Problem.INVALID_FIELD, "the record does not verify")
              .at("body")
              .expected("a hash and signatures that verify with keys of its business time")
              .observed(String.valueOf(verification.detail()));
        }
        yield record;
      }
    };
  }

  private static void requireOwn(OffChainRecord record, Did holder) {
    var reporter = record.participants().getFirst();
    if (!reporter.participantId().equals(holder)) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "a participant may only deposit its own records")
          .at("participants[0].participant_id")
          .expected(holder.value())
          .observed(reporter.participantId().value());
    }
    requireSame("participants[0].role", Party.Role.MERCHANT.name(), reporter.role().name());
    // One id for each event of an order: two records of one event would contradict each other, and
    // the prefix keeps the ids of other participants free.
    var id = recordId(holder, record.eventType(), String.valueOf(record.orderNo()));
    requireSame("record_id", id, record.recordId());
    if (!ID.matcher(id).matches()) {
      throw FieldChecks.invalid("order_no", "letters, digits and . _ ~ -", record.orderNo());
    }
  }

  /** Returns the id that the record of an event has, such as {@code tea-shop.cart.T-1}. */
  private static String recordId(Did holder, EventType type, String orderNo) {
    var event = type == EventType.CART_CONFIRMED ? "cart" : "delivery";
    return holder.name() + "." + event + "." + orderNo;
  }

  private Optional<SignedOrder> order(OffChainRecord record, Did holder) {
    return Optional.ofNullable(record.orderNo())
        .flatMap(orderNo -> world.externalMerchants().orders().signed(holder, orderNo));
  }

  private SignedOrder requireCart(OffChainRecord record, Did holder) {
    return order(record, holder)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no order of this merchant has that number")
                    .at("order_no")
                    .expected("an order that the merchant confirmed through its address here")
                    .observed(String.valueOf(record.orderNo()))
                    .remedy("What is sold without a cart has a record of its delivery alone."));
  }

  /** Holds what all records of a purchase state alike. */
  private record PurchaseFlow(
      String intentId, @Nullable String delegationId, String total, String currency) {

    static PurchaseFlow of(Order order) {
      return new PurchaseFlow(
          order.intentId(), order.delegationId(), order.total(), order.currency());
    }
  }

  /** Returns what the merchant signed in its order; without a cart, what was paid. */
  private PurchaseFlow flow(OffChainRecord record, Did holder) {
    return order(record, holder)
        .map(signed -> PurchaseFlow.of(signed.order()))
        .or(
            () ->
                world
                    .externalMerchants()
                    .orders()
                    .find(holder, String.valueOf(record.orderNo()))
                    .map(PurchaseFlow::of))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no purchase at this merchant has that number")
                    .at("order_no")
                    .expected("order_no of a cart, or out_trade_no of a bill that was paid")
                    .observed(String.valueOf(record.orderNo())));
  }

  private static void requireFlow(OffChainRecord record, PurchaseFlow flow) {
    requireSame("intent_id", flow.intentId(), record.intentId());
    requireSame("delegation_id", flow.delegationId(), record.delegationId());
    requireSame("event_body.total", flow.total(), text(record, "total"));
    requireSame("event_body.currency", flow.currency(), text(record, "currency"));
  }

  private static void requireConfirmed(OffChainRecord record, SignedOrder signed) {
    var order = signed.order();
    var document = Json.parse(signed.document());
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(document));
    requireSame("event_body.order_digest", digest, text(record, "order_digest"));
    requireSame("event_body.kind", order.kind().code(), text(record, "kind"));
    var holdUntil = document.path("hold_until").asString("");
    requireSame("event_body.hold_until", holdUntil, text(record, "hold_until"));
    requireSame("business_time", order.confirmedAt().toString(), record.businessTime().toString());
    requireSame("trade_no", null, record.tradeNo());
  }

  private void requireDelivered(OffChainRecord record, Did holder) {
    var trade = trade(record, holder);
    var digest = trade.progress().deliveryDigest();
    if (digest == null) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "the delivery is not confirmed yet")
          .at("trade_no")
          .observed(trade.tradeNo())
          .remedy("Send POST /psp/fulfilments first, then the record.");
    }
    requireSame("event_body.delivery_digest", digest, text(record, "delivery_digest"));
    world
        .externalMerchants()
        .orders()
        .confirmation(holder, String.valueOf(record.orderNo()))
        .ifPresent(
            confirmation ->
                requireSame(
                    "business_time",
                    Instant.parse(Json.parse(confirmation).path("delivered_at").asString(""))
                        .toString(),
                    record.businessTime().toString()));
  }

  private Trade trade(OffChainRecord record, Did holder) {
    return world
        .participant(Psp.class)
        .payments()
        .paidTrade(holder, String.valueOf(record.orderNo()))
        .filter(each -> each.tradeNo().equals(record.tradeNo()))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no payment of the order has that number")
                    .at("trade_no")
                    .observed(String.valueOf(record.tradeNo())));
  }

  private static String text(OffChainRecord record, String field) {
    return record.eventBody().path(field).asString("");
  }

  private static void requireSame(
      String field, @Nullable String expected, @Nullable String observed) {
    if (!Objects.equals(expected, observed)) {
      throw FieldChecks.invalid(field, String.valueOf(expected), observed);
    }
  }
}
