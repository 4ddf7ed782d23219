package org.actsandbox.sandbox.mutant.merchant;

import java.util.function.UnaryOperator;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** Takes payment proofs by rules of its own. */
record ChangedGateRules(UnaryOperator<GateRules> change) implements MerchantDefect {

  /** It relies on the signature alone, also in a world that chose to ask. */
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
