package org.actsandbox.merchants.gate;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.order.ConfirmationDigest;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.ConfirmationLinks;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.a402.PaymentNeeded.CommerceConfirmation;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Issues and finds the bills of orders, which are added and never rewritten (ACT A402-11). */
final class OrderBills {

  /**
   * Ours: a buyer needs one bill or two; a request for many different bills of one order is a
   * probe, not a purchase.
   */
  static final int MAX_PER_ORDER = 16;

  /**
   * A bill promises that a repeated proof is recognized for this time. One day is far longer than
   * any hold.
   */
  static final int REPLAY_WINDOW_SECONDS = 86_400;

  private final MerchantContext merchantContext;
  private final Orders orders;

  OrderBills(MerchantContext merchantContext, Orders orders) {
    this.merchantContext = merchantContext;
    this.orders = orders;
  }

  /**
   * Represents a bill that was issued.
   *
   * @param header the {@code Payment-Needed} value as it was issued
   */
  private record Issued(String fingerprint, Instant payBefore, String header) {}

  /**
   * Returns the bill that answers a request without a proof: of an open order the bill of this very
   * request that can still be paid, issued now if there is none. A paid order gets no new bill; its
   * old one says what the proof must be for.
   *
   * @throws Refusal {@code rate_limited} when the order has too many bills; {@code not_found} when
   *     the order is for another resource
   */
  String paymentNeeded(StoredOrder order, ResourceRequest request, Instant now) {
    checkResource(order, request);
    var issued = issued(order.orderNo());
    var payableBill = payableBill(issued, request, now);
    if (payableBill.isPresent()) {
      return payableBill.get();
    }
    if (!order.isPayable(now)) {
      return billOfPaidOrder(order, issued, request, now);
    }
    if (issued.size() >= MAX_PER_ORDER) {
      throw new Refusal(Problem.RATE_LIMITED, "this order has too many bills")
          .expected("one way to ask for the resource")
          .remedy("Send the request exactly as the first bill's fingerprint covers it.");
    }
    return issue(order, issued, request, order.holdUntil(), now)
        // Another request came at the same moment: both get the bill that was first.
        .orElseGet(() -> paymentNeeded(order, request, now));
  }

  /**
   * Returns the bill that answers a refused proof (A402-1), in every state of the order
   * (docs/method.md has the table). It never asks for a second payment: for a closed order it is a
   * bill that can no longer be paid, and a new one if the last bill still could be paid (A402-11).
   *
   * @throws Refusal {@code not_found} when the order is for another resource
   */
  String afterRefusal(StoredOrder order, ResourceRequest request, Instant now) {
    checkResource(order, request);
    var issued = issued(order.orderNo());
    if (order.isPaid()) {
      return billOfPaidOrder(order, issued, request, now);
    }
    if (!order.isPayable(now)) {
      return expiredBill(order, issued, request, now);
    }
    var payableBill = payableBill(issued, request, now);
    if (payableBill.isPresent()) {
      return payableBill.get();
    }
    return issued.size() >= MAX_PER_ORDER
        ? issued.getLast().header()
        : issue(order, issued, request, order.holdUntil(), now)
            .orElseGet(() -> afterRefusal(order, request, now));
  }

  private static void checkResource(StoredOrder order, ResourceRequest request) {
    if (!order.confirmed().resourceId().equals(request.resourceId())) {
      throw new Refusal(Problem.NOT_FOUND, "the order is for another resource")
          .at("resource_id")
          .expected(order.confirmed().resourceId())
          .observed(request.resourceId());
    }
  }

  /**
   * Returns the bill of this very request, or else the last one; a bill is issued only if the order
   * never had one.
   */
  private String billOfPaidOrder(
      StoredOrder order, List<Issued> issued, ResourceRequest request, Instant now) {
    return issued.stream()
        .filter(bill -> bill.fingerprint().equals(request.fingerprint()))
        .reduce((_, later) -> later)
        .or(() -> issued.isEmpty() ? Optional.empty() : Optional.of(issued.getLast()))
        .map(Issued::header)
        .or(() -> issue(order, issued, request, order.holdUntil(), now))
        .orElseGet(() -> billOfPaidOrder(order, issued(order.orderNo()), request, now));
  }

  private String expiredBill(
      StoredOrder order, List<Issued> issued, ResourceRequest request, Instant now) {
    if (!issued.isEmpty() && !now.isBefore(issued.getLast().payBefore())) {
      return issued.getLast().header();
    }
    return issue(order, issued, request, now, now)
        .orElseGet(() -> expiredBill(order, issued(order.orderNo()), request, now));
  }

  /** Issues a bill; empty when another request issued one with the same number first. */
  private Optional<String> issue(
      StoredOrder order,
      List<Issued> issued,
      ResourceRequest request,
      Instant payBefore,
      Instant now) {
    var bill = sign(order, request, payBefore);
    var header =
        A402Headers.encode(
            new PaymentNeeded(
                bill.message(),
                MethodLayer.signed(
                    bill.form().bytes(), method(), merchantContext.world().signer())));
    var next = new Issued(request.fingerprint(), payBefore, header);
    if (!add(order, issued.size() + 1, next, now)) {
      return Optional.empty();
    }
    merchantContext.note(
        JournalEvent.BILL_ISSUED, order.ids(), Map.of("amount", order.total().decimal()));
    return Optional.of(header);
  }

  private static Optional<String> payableBill(
      List<Issued> issued, ResourceRequest request, Instant now) {
    return issued.stream()
        .filter(bill -> bill.fingerprint().equals(request.fingerprint()))
        .filter(bill -> now.isBefore(bill.payBefore()))
        .map(Issued::header)
        .findFirst();
  }

  private SignedJson.Signed<Bill> sign(
      StoredOrder order, ResourceRequest request, Instant payBefore) {
    var bill =
        new Bill(
            PaymentNeeded.METHOD_ID,
            PaymentNeeded.METHOD_VERSION,
            order.orderNo(),
            order.total().decimal(),
            order.total().currency().getCurrencyCode(),
            order.confirmed().resourceId(),
            payBefore,
            merchantContext.did().value(),
            order.agentId(),
            request.method(),
            request.fingerprint(),
            request.idempotencyKey(),
            REPLAY_WINDOW_SECONDS,
            new CommerceConfirmation(
                order.orderNo(),
                ConfirmationDigest.of(order.confirmation()),
                ConfirmationLinks.at(
                    merchantContext.identity().at("/orders/" + order.orderNo()),
                    order.confirmed().intentId(),
                    order.confirmed().delegationId())),
            null,
            null,
            null);
    var world = merchantContext.world();
    return world.gate().billChange().apply(bill).signedBy(world.signer());
  }

  private Map<String, Object> method() {
    var psp = merchantContext.world().psp();
    return Map.of(
        "psp_id", psp.did().value(),
        "endpoint", psp.paymentsEndpoint().toString(),
        "method_schema_url", psp.methodSchema().toString(),
        "sandbox", true);
  }

  private List<Issued> issued(String orderNo) {
    if (orders.startsBilling(orderNo)) {
      return List.of();
    }
    return merchantContext
        .world()
        .jdbc()
        .sql(
            """
            select request_fingerprint, pay_before, header from merchant_bill
            where world = ? and merchant = ? and order_no = ? order by bill_no
            """)
        .params(merchantContext.partition(), merchantContext.id(), orderNo)
        .query(
            (row, _) -> new Issued(row.getString(1), TimeColumns.instant(row, 2), row.getString(3)))
        .list();
  }

  private boolean add(StoredOrder order, int billNo, Issued bill, Instant now) {
    return merchantContext
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
                merchantContext.partition(),
                merchantContext.id(),
                order.orderNo(),
                billNo,
                bill.fingerprint(),
                utc(bill.payBefore()),
                bill.header(),
                utc(now))
            .update()
        == 1;
  }
}
