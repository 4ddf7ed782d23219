package org.actsandbox.sandbox.psp.payment;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.trade.Trade;

/** The way of a payment request to the cashier. */
@FunctionalInterface
public interface PaymentAdmission {

  /**
   * @param fresh false when the same request was answered before
   */
  record AdmittedPayment(Trade trade, boolean fresh) {}

  /**
   * @param caller whose key was shown
   * @throws Refusal of the first {@link PaymentRule} that is broken
   */
  PaymentAdmission.AdmittedPayment take(byte[] body, Did caller);
}
