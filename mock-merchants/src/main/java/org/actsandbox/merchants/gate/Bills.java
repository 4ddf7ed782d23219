package org.actsandbox.merchants.gate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.a402.PaymentNeeded.CommerceConfirmation;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;

/** The bills of orders: added, never rewritten (ACT A402-11). */
final class Bills {

  /** Ours: more ways to ask for one resource are a probe, not a purchase. */
  static final int PER_ORDER = 16;

  /** How long a proof is known again; one day is far beyond any hold. */
  static final int REPLAY_WINDOW_SECONDS = 86_400;

  private final Outlet outlet;

  Bills(Outlet outlet) {
    this.outlet = outlet;
  }

  /**
   * @param header the {@code Payment-Needed} value as it was issued
   */
  private record Issued(String fingerprint, Instant payBefore, String header) {}

  /**
   * The live bill for this very request, issued now if there is none. A paid order gets no new one:
   * its last bill says what the proof must be for.
   *
   * @throws Refusal {@code rate_limited} when the order has too many bills; {@code not_found} when
   *     the order is for another resource
   */
  Optional<String> header(StoredOrder order, ResourceRequest request, Instant now) {
    if (!order.confirmed().resourceId().equals(request.resourceId())) {
      throw new Refusal(Problem.NOT_FOUND, "the order is for another resource")
          .at("resource_id")
          .expected(order.confirmed().resourceId())
          .observed(request.resourceId());
    }
    var issued = issued(order.orderNo());
    var live = live(issued, request, now);
    if (live.isPresent()) {
      return live;
    }
    if (!order.isPayable(now)) {
      return issued.isEmpty() ? Optional.empty() : Optional.of(issued.getLast().header());
    }
    if (issued.size() >= PER_ORDER) {
      throw new Refusal(Problem.RATE_LIMITED, "this order has too many bills")
          .expected("one way to ask for the resource")
          .remedy("Send the request exactly as the first bill's fingerprint covers it.");
    }
    var header = Headers.encode(new PaymentNeeded(sign(order, request), method()));
    if (add(order, issued.size() + 1, request, header, now)) {
      outlet.note(
          ActComponent.PSD_PAY_A402,
          "bill-issued",
          order.ids(),
          Map.of("amount", order.total().decimal()));
      return Optional.of(header);
    }
    // Somebody asked at the same moment: both get the bill that was first.
    return header(order, request, now);
  }

  private static Optional<String> live(List<Issued> issued, ResourceRequest request, Instant now) {
    return issued.stream()
        .filter(bill -> bill.fingerprint().equals(request.fingerprint()))
        .filter(bill -> now.isBefore(bill.payBefore()))
        .map(Issued::header)
        .findFirst();
  }

  private Bill sign(StoredOrder order, ResourceRequest request) {
    return new Bill(
            PaymentNeeded.METHOD_ID,
            PaymentNeeded.METHOD_VERSION,
            order.orderNo(),
            order.total().decimal(),
            order.total().currency().getCurrencyCode(),
            order.confirmed().resourceId(),
            order.holdUntil(),
            outlet.did().value(),
            order.agentId(),
            request.method(),
            request.fingerprint(),
            request.idempotencyKey(),
            REPLAY_WINDOW_SECONDS,
            new CommerceConfirmation(
                order.orderNo(),
                Fingerprint.digest(Canonical.bytes(Json.parse(order.confirmation()))),
                outlet.identity().at("/orders/" + order.orderNo())),
            null,
            null,
            null)
        .signedBy(outlet.identity().signer());
  }

  private Map<String, Object> method() {
    var psp = outlet.world().psp();
    return Map.of(
        "psp_id", psp.did().value(),
        "endpoint", psp.paymentsEndpoint().toString(),
        "method_schema_url", psp.methodSchema().toString(),
        "sandbox", true);
  }

  private List<Issued> issued(String orderNo) {
    return outlet
        .world()
        .jdbc()
        .sql(
            """
            select request_fingerprint, pay_before, header from merchant_bill
            where world = ? and merchant = ? and order_no = ? order by bill_no
            """)
        .params(outlet.partition(), outlet.id(), orderNo)
        .query(
            (row, _) ->
                new Issued(
                    row.getString(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3)))
        .list();
  }

  private boolean add(
      StoredOrder order, int billNo, ResourceRequest request, String header, Instant now) {
    return outlet
            .world()
            .jdbc()
            .sql(
                """
                insert into merchant_bill
                  (world, merchant, order_no, bill_no, request_fingerprint, pay_before, header,
                   issued_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                outlet.partition(),
                outlet.id(),
                order.orderNo(),
                billNo,
                request.fingerprint(),
                order.holdUntil().atOffset(ZoneOffset.UTC),
                header,
                now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }
}
