package org.actsandbox.sandbox.mutant.merchant;

import java.util.List;
import org.actsandbox.merchants.DepositRules;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.mutant.MerchantDefect;

/** A defect of a merchant: it makes something else of an answer about credit, or asks for more. */
record ChangedDepositRules(DepositRules rules) implements MerchantDefect {

  static ChangedDepositRules withoutPass() {
    return new ChangedDepositRules(
        new DepositRules() {
          @Override
          public Money taken(Money full, CreditResult result, Money limit) {
            return Money.zero(full.currency());
          }
        });
  }

  static ChangedDepositRules despitePass() {
    return new ChangedDepositRules(
        new DepositRules() {
          @Override
          public Money taken(Money full, CreditResult result, Money limit) {
            return full;
          }
        });
  }

  static ChangedDepositRules askingForMore() {
    return new ChangedDepositRules(
        new DepositRules() {
          @Override
          public List<String> items() {
            return List.of("associatedCreditValue", "mappingPolicy", "subjectCreditAssertionValid");
          }
        });
  }

  static ChangedDepositRules servingStrangers() {
    return new ChangedDepositRules(
        new DepositRules() {
          @Override
          public boolean isServed(CreditResult result) {
            return true;
          }
        });
  }

  @Override
  public MerchantWorld changeWorld(MerchantWorld honest) {
    return honest.withDepositRules(rules);
  }
}
