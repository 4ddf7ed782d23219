package org.actsandbox.sandbox.mutant.merchant;

import java.util.function.UnaryOperator;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** A defect of a merchant: it accepts payment proofs by changed rules. */
record ChangedGateRules(UnaryOperator<GateRules> change) implements MerchantDefect {

  /**
   * Accepts a proof by its signature alone, even in a world in which merchants must ask the payment
   * service.
   */
  static ChangedGateRules withoutAsking() {
    return new ChangedGateRules(rules -> new GateRules(() -> false, rules.billsRefusedProofs()));
  }

  static ChangedGateRules withoutBills() {
    return new ChangedGateRules(rules -> new GateRules(rules.asksPaymentService(), false));
  }

  @Override
  public MerchantWorld changeWorld(MerchantWorld honest) {
    return honest.withGateRules(change.apply(honest.gate()));
  }
}
