package org.actsandbox.merchants;

import java.util.function.BooleanSupplier;

/**
 * Defines how a merchant checks payment proofs: what the world chooses, and what a defective
 * merchant leaves out.
 *
 * @param asksPaymentService whether the payment service is asked before a delivery (ACT A402-6);
 *     the proof's signature is verified in any case
 * @param billsRefusedProofs whether a refused proof is answered with a bill (ACT A402-1)
 */
public record GateRules(BooleanSupplier asksPaymentService, boolean billsRefusedProofs) {

  /** Returns the rules of a correct merchant. */
  public static GateRules of(boolean asksPaymentService) {
    return new GateRules(() -> asksPaymentService, true);
  }
}
