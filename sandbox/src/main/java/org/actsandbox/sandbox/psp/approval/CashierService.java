package org.actsandbox.sandbox.psp.approval;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.trade.Trade;

/**
 * Shows payments to the principal and takes its decisions; mutants replace it, {@link Approvals} is
 * the standard implementation.
 */
public interface CashierService {

  /**
   * Lets only the principal in.
   *
   * @throws Refusal {@code key_forbidden}, {@code key_missing}
   */
  void admit(Caller caller);

  /**
   * @throws Refusal {@code not_found}, also for another principal's payment
   */
  Cashier.View show(String tradeNo, Caller caller);

  /**
   * @throws Refusal {@code not_found} as before, {@code approval_mismatch}, {@code pin_wrong},
   *     {@code pin_locked}, {@code confirmation_timed_out}, {@code payment_closed}
   */
  Trade decide(String tradeNo, ApprovalRequest request, Caller caller);
}
