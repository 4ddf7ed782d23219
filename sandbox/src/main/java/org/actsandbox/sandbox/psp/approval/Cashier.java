package org.actsandbox.sandbox.psp.approval;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

/** Builds what the cashier shows, which is exactly what the principal will sign. */
public final class Cashier {

  private static final int MAX_DIGESTS = 256;

  private final PspWorld world;
  private final Map<ApprovalContent, String> digests = new ConcurrentHashMap<>();

  public Cashier(PspWorld world) {
    this.world = world;
  }

  /**
   * Represents what the cashier shows.
   *
   * @param digest the digest of the content, which the decision sends back
   * @param status the payment's current status; only a waiting payment accepts a decision
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
        trade.progress().status(),
        trade.terms().description(),
        pin.attemptsLeft(),
        pin.lockedMinutes());
  }

  String digest(Trade trade) {
    return digest(content(trade));
  }

  /** Returns the content that the cashier shows or has shown, also after the decision. */
  public ApprovalContent content(Trade trade) {
    var paymentTerms = trade.terms();
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

  /** Remembers the digest of a content, which is shown, sent back and compared in a row. */
  private String digest(ApprovalContent content) {
    var known = digests.get(content);
    if (known != null) {
      return known;
    }
    if (digests.size() >= MAX_DIGESTS) {
      digests.clear();
    }
    var digest = computed(content);
    digests.put(content, digest);
    return digest;
  }

  private static String computed(ApprovalContent content) {
    return RequestFingerprint.digest(CanonicalJson.bytes(Json.tree(content)));
  }
}
