package org.actsandbox.merchants;

import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;

/**
 * Defines how a merchant bills and checks payment proofs: what the world chooses, and what a
 * defective merchant leaves out or changes.
 *
 * @param asksPaymentService whether the payment service is asked before a delivery (ACT A402-6);
 *     the proof's signature is verified in any case
 * @param billsRefusedProofs whether a refused proof is answered with a bill (ACT A402-1)
 * @param billChange changes a bill before it is signed; a correct merchant changes nothing
 */
public record GateRules(
    BooleanSupplier asksPaymentService,
    boolean billsRefusedProofs,
    UnaryOperator<Bill> billChange) {

  public GateRules(BooleanSupplier asksPaymentService, boolean billsRefusedProofs) {
    this(asksPaymentService, billsRefusedProofs, UnaryOperator.identity());
  }

  /** Returns the rules of a correct merchant. */
  public static GateRules of(boolean asksPaymentService) {
    return new GateRules(() -> asksPaymentService, true);
  }
}
