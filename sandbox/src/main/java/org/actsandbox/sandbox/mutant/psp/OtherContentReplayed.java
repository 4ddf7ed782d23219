package org.actsandbox.sandbox.mutant.psp;

import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.payment.InstantPaymentRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.payment.Admission;
import org.actsandbox.sandbox.psp.payment.Trades;

/** A known request id is answered with its payment, whatever the request says now. */
final class OtherContentReplayed implements PspDefect {

  @Override
  public Admission admission(Admission standard, PspWorld world) {
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

  private static Admission.Taken known(Trades trades, byte[] body, Did caller, Refusal refusal) {
    var request = Message.parse(body).bind(InstantPaymentRequest.class);
    return trades
        .byRequest(caller, request.requestId())
        .map(trade -> new Admission.Taken(trade, false))
        .orElseThrow(() -> refusal);
  }
}
