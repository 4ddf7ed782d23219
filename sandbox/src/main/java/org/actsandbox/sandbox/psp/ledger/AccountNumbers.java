package org.actsandbox.sandbox.psp.ledger;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.key.Principals;

/**
 * The account numbers. Locks are taken in their order; the principals' sort before the merchants',
 * so that a refused debit of a payment has touched nothing.
 */
public final class AccountNumbers {

  /** The wallet of a principal. */
  public static final String BALANCE = "balance";

  /** What a principal's card can still pay. */
  public static final String CARD = "card";

  /** Where money comes from: the one account that is negative. */
  public static final String OUTSIDE = "outside";

  private AccountNumbers() {}

  /**
   * The account of a principal: {@code balance}, {@code card}; further principals' are {@code
   * balance:lin}, which sorts where the first one's does.
   */
  public static String of(Did principal, String kind) {
    return principal.equals(Principals.FIRST) ? kind : kind + ":" + principal.name();
  }

  /** Which of its owner's accounts it is; of anybody else's, the number itself. */
  public static String kind(String accountNo) {
    int owner = accountNo.indexOf(':');
    return owner > 0 && (accountNo.startsWith(BALANCE) || accountNo.startsWith(CARD))
        ? accountNo.substring(0, owner)
        : accountNo;
  }

  /** What is set apart for an agent; sorts before everything it pays to. */
  public static String subAccount(String id) {
    return "agent:" + id;
  }

  /** What the payment service owes a merchant. */
  public static String receivable(Did merchant) {
    return "merchant:" + merchant.name();
  }
}
