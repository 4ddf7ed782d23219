package org.actsandbox.sandbox.alipay.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Opens payments that were asked for in Alipay's form, as rows of the payment service like every
 * other, and approves them at once where the world's policy says so.
 */
public final class AlipayPayments {

  private static final String METHOD = "ANY";

  private final World world;
  private final Psp psp;
  private final AlipayTrades trades;

  AlipayPayments(World world, Psp psp, AlipayTrades trades) {
    this.world = world;
    this.psp = psp;
    this.trades = trades;
  }

  /**
   * Represents what is to be paid, after it was checked.
   *
   * @param orderNo the seller's number, {@code out_trade_no}
   * @param content what makes another request with the same number another order
   * @param fingerprint the digest that stands in the place of the request's in ACT's proof
   * @param expiresAt the end of the time in which the buyer can pay
   */
  public record PaymentOrder(
      AlipayApp app,
      Did buyer,
      String orderNo,
      String resourceId,
      Money amount,
      String subject,
      JsonNode content,
      String fingerprint,
      Instant expiresAt) {}

  /**
   * Says which product the payment belongs to, and where the seller wants to hear of it.
   *
   * @param lenient whether verify takes any proof (AIP-181)
   */
  public record PaymentProduct(
      String code, boolean lenient, @Nullable String notifyUrl, @Nullable String returnUrl) {}

  /** Finds the newest instrument of the buyer with which the world's agent may pay the amount. */
  public Optional<Instrument> instrument(Did buyer, Money amount, Instant now) {
    return instrument(buyer, world.agent(), amount, now);
  }

  /** Finds the newest instrument of the buyer with which the agent may pay the amount. */
  Optional<Instrument> instrument(Did buyer, Did agent, Money amount, Instant now) {
    for (var each : psp.instruments().newest(buyer, agent, null).items()) {
      try {
        each.requireUsableBy(agent, now);
        each.requireCovers(amount);
        return Optional.of(each);
      } catch (Refusal unusable) {
        // The next one may be usable.
      }
    }
    return Optional.empty();
  }

  /** Finds the payment of this very order that waits or was made, however long ago. */
  public Optional<Trade> find(PaymentOrder order) {
    return psp.payments()
        .findOpen(bill(order))
        .filter(trade -> trade.digest().equals(digest(order)))
        .filter(trade -> trade.terms().principal().equals(order.buyer()));
  }

  private static String digest(PaymentOrder order) {
    return RequestFingerprint.digest(CanonicalJson.bytes(order.content()));
  }

  private static Trade.Bill bill(PaymentOrder order) {
    return new Trade.Bill(
        order.app().owner(),
        order.orderNo(),
        order.resourceId(),
        METHOD,
        RequestFingerprint.digest(order.fingerprint().getBytes(StandardCharsets.UTF_8)),
        null);
  }

  /**
   * Opens the payment, or finds that of the same order.
   *
   * @throws Refusal when the seller's number stands for another order
   */
  public Trade open(PaymentOrder order, Instrument instrument, PaymentProduct product) {
    var trade = trade(order, instrument);
    // The row comes first: a payment without it would be none of the gateway's. A row without a
    // payment, which a crash between the two leaves, is read by nothing.
    trades.add(
        new AlipayTrade(
            trade.tradeNo(),
            order.app().appId(),
            AlipayNumbers.account(world, order.buyer()),
            product.code(),
            product.lenient(),
            trades.proof(trade.tradeNo()),
            order.subject(),
            product.notifyUrl(),
            product.returnUrl()));
    try {
      var admitted = psp.opening().open(trade, request(order), null);
      if (!admitted.trade().tradeNo().equals(trade.tradeNo())) {
        trades.remove(trade.tradeNo());
      }
      return admitted.trade();
    } catch (Refusal taken) {
      trades.remove(trade.tradeNo());
      throw taken;
    }
  }

  private Trade trade(PaymentOrder order, Instrument instrument) {
    return new Trade(
        trades.newTradeNo(),
        digest(order),
        new Trade.PaymentTerms(
            requestId(order),
            world.agent(),
            order.buyer(),
            null,
            bill(order),
            order.amount(),
            instrument.ref(),
            instrument.account(),
            instrument.label(),
            order.subject(),
            null),
        world.clock().instant(),
        order.expiresAt(),
        Trade.Progress.waiting(order.amount()));
  }

  /** Returns the request's number: the same order of one buyer is one request. */
  private String requestId(PaymentOrder order) {
    var words = "request " + order.app().appId() + " " + order.orderNo() + " " + order.buyer();
    return "alipay-" + trades.proof(words).substring(0, 40);
  }

  private static String request(PaymentOrder order) {
    var request = Json.object();
    request.put("profile", "alipay");
    request.set("bill", order.content());
    return Json.write(request);
  }

  /**
   * Approves in the principal's place, with the PIN that the world began with. A principal that
   * chose another PIN decides itself.
   */
  public Trade approve(Trade trade) {
    var principal = new Caller(Role.PRINCIPAL, trade.terms().principal());
    try {
      var shown = psp.approvals().show(trade.tradeNo(), principal);
      return psp.approvals()
          .decide(
              trade.tradeNo(),
              new ApprovalRequest("APPROVE", shown.digest(), World.OPENING_PIN),
              principal);
    } catch (Refusal refusal) {
      world
          .journal()
          .note(
              new JournalNote(
                  World.PSP.value(),
                  JournalNote.Kind.DECISION,
                  JournalEvent.ALIPAY_REMARK,
                  Map.of(JournalIds.TRADE_NO, trade.tradeNo()),
                  Map.of("remark", "not approved automatically: " + refusal.detail())));
      return psp.payments().find(trade.tradeNo()).orElseThrow();
    }
  }
}
