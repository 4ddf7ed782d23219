package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;
import org.actsandbox.sandbox.psp.trade.Trades;

/**
 * A defect of the payment service: it answers a known request id with its payment, although the
 * request has changed.
 */
final class RequestIdReuse implements PspDefect {

  @Override
  public PaymentAdmission admission(PaymentAdmission standard, PspWorld world) {
    var trades = new Trades(world);
    return (body, caller) -> {
      try {
        return standard.take(body, caller);
      } catch (Refusal refusal) {
        if (refusal.problem() != Problem.DUPLICATE_REQUEST) {
          throw refusal;
        }
        return known(trades, body, caller, refusal);
      }
    };
  }

  private static PaymentAdmission.AdmittedPayment known(
      Trades trades, byte[] body, Did caller, Refusal refusal) {
    var request = JsonMessage.parse(body).bind(InstantPaymentRequest.class);
    return trades
        .findByRequest(caller, request.requestId())
        .map(trade -> new PaymentAdmission.AdmittedPayment(trade, false))
        .orElseThrow(() -> refusal);
  }
}
