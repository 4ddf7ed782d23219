package org.actsandbox.sandbox.psp.payment;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.trade.Trade;

/**
 * Takes a payment request to the cashier; mutants replace it, {@link InstantPayments} is the
 * standard implementation.
 */
@FunctionalInterface
public interface PaymentAdmission {

  /**
   * Represents the trade of an accepted request, and whether it is a new one.
   *
   * @param fresh false when this repeats a request that was answered before
   */
  record AdmittedPayment(Trade trade, boolean fresh) {}

  /**
   * @param caller the agent that the request's key belongs to
   * @throws Refusal for the first {@link PaymentRule} that is broken
   */
  PaymentAdmission.AdmittedPayment take(byte[] body, Did caller);
}
