package org.actsandbox.sandbox.mutant.merchant;

import java.util.function.UnaryOperator;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mutant.MerchantDefect;
import tools.jackson.databind.node.ObjectNode;

/** A defect of a merchant: it accepts payment proofs by changed rules. */
record ChangedGateRules(UnaryOperator<GateRules> change) implements MerchantDefect {

  /**
   * Accepts a proof by its signature alone, even in a world in which merchants must ask the payment
   * service.
   */
  static ChangedGateRules withoutAsking() {
    return new ChangedGateRules(
        rules -> new GateRules(() -> false, rules.billsRefusedProofs(), rules.billChange()));
  }

  static ChangedGateRules withoutBills() {
    return new ChangedGateRules(
        rules -> new GateRules(rules.asksPaymentService(), false, rules.billChange()));
  }

  /** Changes one member of every bill and signs it all the same. */
  static ChangedGateRules withBills(String member, UnaryOperator<String> value) {
    UnaryOperator<Bill> change =
        bill -> {
          var json = (ObjectNode) Json.tree(bill);
          json.put(member, value.apply(json.path(member).asString("")));
          return Json.read(json, Bill.class);
        };
    return new ChangedGateRules(
        rules -> new GateRules(rules.asksPaymentService(), rules.billsRefusedProofs(), change));
  }

  @Override
  public MerchantWorld changeWorld(MerchantWorld honest) {
    return honest.withGateRules(change.apply(honest.gate()));
  }
}
