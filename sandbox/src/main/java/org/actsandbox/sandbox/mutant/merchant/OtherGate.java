package org.actsandbox.sandbox.mutant.merchant;

import java.util.function.UnaryOperator;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** Takes payment proofs by rules of its own. */
record OtherGate(UnaryOperator<GateRules> change) implements MerchantDefect {

  /** It relies on the signature alone, also in a world that chose to ask. */
  static OtherGate withoutAsking() {
    return new OtherGate(rules -> new GateRules(() -> false, rules.billsRefusedProofs()));
  }

  static OtherGate withoutBills() {
    return new OtherGate(rules -> new GateRules(rules.asksPaymentService(), false));
  }

  @Override
  public MerchantWorld surroundings(MerchantWorld honest) {
    return honest.taking(change.apply(honest.gate()));
  }
}
