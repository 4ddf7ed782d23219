package org.actsandbox.sandbox.psp.approval;

import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalContent;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.psp.Payee;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.PinState;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;

/** What the cashier shows: exactly what will be signed. */
public final class Cashier {

  private final PspWorld world;

  public Cashier(PspWorld world) {
    this.world = world;
  }

  /**
   * @param digest to send back with the decision
   * @param status as it stands; only a waiting payment takes a decision
   */
  public record View(
      ApprovalContent content,
      String digest,
      PaymentStatus status,
      @Nullable String description,
      int pinAttemptsLeft,
      @Nullable Long pinLockedMinutes) {}

  View show(Trade trade, PinState pin) {
    var content = content(trade);
    return new View(
        content,
        digest(content),
        trade.now().status(),
        trade.asked().description(),
        pin.attemptsLeft(),
        pin.lockedMinutes());
  }

  String digest(Trade trade) {
    return digest(content(trade));
  }

  /** What was shown, also after the decision. */
  public ApprovalContent content(Trade trade) {
    var paymentTerms = trade.asked();
    var payee = paymentTerms.bill().payee();
    return new ApprovalContent(
        trade.tradeNo(),
        payee.value(),
        world.payees().apply(payee).map(Payee::name).orElse(payee.name()),
        paymentTerms.amount().decimal(),
        paymentTerms.amount().currency().getCurrencyCode(),
        paymentTerms.bill().orderNo(),
        paymentTerms.bill().resourceId(),
        paymentTerms.label(),
        paymentTerms.agent().value(),
        trade.expiresAt());
  }

  private static String digest(ApprovalContent content) {
    return RequestFingerprint.digest(CanonicalJson.bytes(Json.tree(content)));
  }
}
