package org.actsandbox.merchants;

import java.util.List;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.actsandbox.protocol.money.Money;

/**
 * Decides what a merchant asks about the credit behind a buyer, and what it makes of the answer
 * (ACT CRD-10). Defective merchants override it.
 */
public interface DepositRules {

  DepositRules STANDARD = new DepositRules() {};

  /** Names what the merchant asks for: no more than the decision needs. */
  default List<String> items() {
    return List.of("associatedCreditValue", "mappingPolicy");
  }

  /** Tells whether a seller of services serves a buyer after the answer; only after a PASS. */
  default boolean isServed(CreditResult result) {
    return result == CreditResult.PASS;
  }

  /**
   * Returns what is still taken of a full deposit. Only a PASS lowers it, by the limit that the
   * credit service gave the agent; without evidence, and while a person still has to look, all of
   * it is taken.
   */
  default Money taken(Money full, CreditResult result, Money limit) {
    return switch (result) {
      case PASS -> limit.moreThan(full) ? Money.zero(full.currency()) : full.minus(limit);
      case FAIL, INCONCLUSIVE, REVIEW_REQUIRED -> full;
    };
  }
}
