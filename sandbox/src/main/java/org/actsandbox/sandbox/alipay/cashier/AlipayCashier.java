package org.actsandbox.sandbox.alipay.cashier;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.cashier.BillAdmission.AdmittedBill;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.alipay.gateway.AlipayTrade;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.payment.InstantPayments;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;

/**
 * Takes a bill in Alipay's form from the buyer's side and opens a payment for it. The principal
 * decides at the world's cashier, or the world's policy decides at once (AIP-181 to AIP-185).
 */
public final class AlipayCashier {

  /**
   * How long a caller waits for the principal. The official buyer script gives up after a minute,
   * and does not ask again (AIP-172).
   */
  public static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final String NO_SIGNATURE = "-";

  private static final String METHOD = "ANY";

  private final AlipayGateway gateway;

  public AlipayCashier(AlipayGateway gateway) {
    this.gateway = gateway;
  }

  /**
   * Represents a payment that the cashier opened, or found open.
   *
   * @param proof what verify takes; only a paid payment has one
   */
  public record CashierResult(Trade trade, String proof) {

    public boolean paid() {
      return trade.progress().status() == PaymentStatus.PAID;
    }
  }

  /**
   * Opens the payment, or finds that of the same bill, and waits for the decision at most {@code
   * patience}.
   *
   * @throws BillRefusal when the bill is wrong or the principal declines
   */
  public CashierResult pay(CashierOrder order, Duration patience) {
    var bill = BillAdmission.admit(gateway, order);
    var trade = opened(bill, NO_SIGNATURE.equals(order.buyerSignature()));
    if (trade.isWaiting()) {
      trade = gateway.settings().approvesAutomatically() ? approved(trade) : trade;
    }
    if (trade.isWaiting() && !patience.isZero()) {
      gateway.psp().payments().get(trade.tradeNo(), new Caller(Role.OPERATOR, null), patience);
      trade = gateway.psp().payments().find(trade.tradeNo()).orElseThrow();
    }
    return result(trade);
  }

  private CashierResult result(Trade trade) {
    if (!trade.isWaiting() && trade.progress().status() != PaymentStatus.PAID) {
      var failure = trade.progress().failure();
      throw new BillRefusal(
          "protocol.outTradeNo",
          "的交易已关闭",
          "the payment ended: "
              + trade.progress().status().code()
              + (failure == null ? "" : ", " + failure.code())
              + "; a new order needs a new number");
    }
    return new CashierResult(trade, gateway.trades().proof(trade.tradeNo()));
  }

  private Trade opened(AdmittedBill bill, boolean lenient) {
    var trade = trade(bill);
    var trades = gateway.trades();
    // The row comes first: a payment without it would be none of the gateway's. A row without a
    // payment, which a crash between the two leaves, is read by nothing.
    trades.add(
        new AlipayTrade(
            trade.tradeNo(),
            bill.app().appId(),
            AlipayNumbers.account(gateway.world(), bill.buyer()),
            AlipayTrade.PAY_PER_USE,
            lenient,
            trades.proof(trade.tradeNo()),
            bill.goodsName(),
            null,
            null));
    try {
      var admitted = gateway.psp().opening().open(trade, request(bill), null);
      if (!admitted.trade().tradeNo().equals(trade.tradeNo())) {
        trades.remove(trade.tradeNo());
      }
      return admitted.trade();
    } catch (Refusal taken) {
      trades.remove(trade.tradeNo());
      throw new BillRefusal("protocol.outTradeNo", "重复", taken.detail());
    }
  }

  private Trade trade(AdmittedBill bill) {
    var world = gateway.world();
    var now = world.clock().instant();
    var latest = now.plus(InstantPayments.CASHIER_OPEN);
    var instrument = instrument(bill, now);
    return new Trade(
        gateway.trades().newTradeNo(),
        RequestFingerprint.digest(CanonicalJson.bytes(Json.tree(bill.bill()))),
        new Trade.PaymentTerms(
            requestId(bill),
            world.agent(),
            bill.buyer(),
            null,
            new Trade.Bill(
                bill.app().owner(),
                bill.orderNo(),
                bill.resourceId(),
                METHOD,
                RequestFingerprint.digest(
                    bill.bill().textToSign().getBytes(StandardCharsets.UTF_8)),
                null),
            bill.amount(),
            instrument.ref(),
            instrument.account(),
            instrument.label(),
            bill.goodsName(),
            null),
        now,
        bill.payBefore().isBefore(latest) ? bill.payBefore() : latest,
        Trade.Progress.waiting(bill.amount()));
  }

  /** Finds the newest instrument of the buyer that the world's agent may pay this with. */
  private Instrument instrument(AdmittedBill bill, Instant now) {
    var agent = gateway.world().agent();
    for (var each : gateway.psp().instruments().newest(bill.buyer(), agent, null).items()) {
      try {
        each.requireUsableBy(agent, now);
        each.requireCovers(bill.amount());
        return each;
      } catch (Refusal unusable) {
        // The next one may be usable.
      }
    }
    throw new BillRefusal(
        "protocol.buyerUniqueId", "没有可用的支付工具", "has no instrument that covers the amount");
  }

  /** Returns the request's number: the same bill of one buyer is one request. */
  private String requestId(AdmittedBill bill) {
    var words = "request " + bill.app().appId() + " " + bill.orderNo() + " " + bill.buyer();
    return "alipay-" + gateway.trades().proof(words).substring(0, 40);
  }

  private static String request(AdmittedBill bill) {
    var request = Json.object();
    request.put("profile", "alipay");
    request.set("bill", Json.tree(bill.bill()));
    return Json.write(request);
  }

  /**
   * Approves in the principal's place, with the PIN that the world began with. A principal that
   * chose another PIN decides itself.
   */
  private Trade approved(Trade trade) {
    var principal = new Caller(Role.PRINCIPAL, trade.terms().principal());
    var approvals = gateway.psp().approvals();
    try {
      var shown = approvals.show(trade.tradeNo(), principal);
      return approvals.decide(
          trade.tradeNo(),
          new ApprovalRequest("APPROVE", shown.digest(), World.OPENING_PIN),
          principal);
    } catch (Refusal refusal) {
      gateway
          .world()
          .journal()
          .note(
              new JournalNote(
                  World.PSP.value(),
                  JournalNote.Kind.DECISION,
                  JournalEvent.ALIPAY_REMARK,
                  Map.of(JournalIds.TRADE_NO, trade.tradeNo()),
                  Map.of("remark", "not approved automatically: " + refusal.detail())));
      return gateway.psp().payments().find(trade.tradeNo()).orElseThrow();
    }
  }
}
