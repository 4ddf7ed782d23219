package org.actsandbox.sandbox.psp.payment;

import java.time.Duration;
import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;

/** Runs the checks that every payment request passes, with or without a delegation. */
public final class PaymentRequestChecks {

  private static final Duration TIME_WINDOW = Duration.ofMinutes(5);

  private PaymentRequestChecks() {}

  /**
   * @throws Refusal {@code expired_request}
   */
  public static void requireFresh(String field, Instant timestamp, Instant now) {
    if (Duration.between(timestamp, now).abs().compareTo(TIME_WINDOW) > 0) {
      throw new Refusal(Problem.EXPIRED_REQUEST, "the request is outside the time window")
          .at(field)
          .expected("within " + TIME_WINDOW + " of " + now)
          .observed(timestamp.toString())
          .remedy("Sign the request again with the current time.");
    }
  }

  /**
   * Returns the earlier payment when the same request is repeated.
   *
   * @throws Refusal {@code duplicate_request} for another request with the same id
   */
  public static PaymentAdmission.AdmittedPayment replay(Trade known, String digest) {
    if (known.digest().equals(digest)) {
      return new PaymentAdmission.AdmittedPayment(known, false);
    }
    throw new Refusal(Problem.DUPLICATE_REQUEST, "the request id stands for another request")
        .at("request_id")
        .observed(known.terms().requestId())
        .remedy("Use a new request id for new content.");
  }

  /**
   * @throws Refusal {@code signature_invalid}, {@code key_forbidden}
   */
  public static void requireAgent(String agentId, Did signer, Did caller) {
    requireSigner(agentId, signer);
    requireOwnKey(agentId, caller);
  }

  static void requireSigner(String agentId, Did signer) {
    if (!signer.value().equals(agentId)) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the agent itself must sign the request")
          .at("signer_id")
          .expected(agentId)
          .observed(signer.value());
    }
  }

  static void requireOwnKey(String agentId, Did caller) {
    if (!agentId.equals(caller.value())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "the key belongs to another agent")
          .at("agent_id")
          .expected(caller.value())
          .observed(agentId);
    }
  }

  /**
   * @throws Refusal {@code payee_unknown}
   */
  public static Did requirePayee(PspWorld world, String payee) {
    var did = FieldChecks.did("payee", payee);
    if (world.payees().apply(did).isEmpty()) {
      throw new Refusal(Problem.PAYEE_UNKNOWN, "the payee has no account here")
          .at("payee")
          .observed(payee);
    }
    return did;
  }

  /** Returns the refusal of a second payment for an order with an open or completed one. */
  public static Refusal orderTaken(Trade open) {
    return open.isWaiting()
        ? new Refusal(Problem.DUPLICATE_REQUEST, "a payment of this order waits for approval")
            .at("merchant_order_no")
            .observed(open.tradeNo())
            .remedy("Query or close payment " + open.tradeNo() + ".")
        : new Refusal(Problem.PAYMENT_CLOSED, "the order is paid already")
            .at("merchant_order_no")
            .observed(open.tradeNo())
            .remedy("Query payment " + open.tradeNo() + " for its proof.");
  }
}
