package org.actsandbox.sandbox.psp.ledger;

import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.key.Principals;

/**
 * Builds account numbers. Locks are taken in their order; the principals' sort before the
 * merchants', so that a refused debit of a payment has touched nothing.
 */
public final class AccountNumbers {

  /** The wallet of a principal. */
  public static final String BALANCE = "balance";

  /** The credit that is left on a principal's card. */
  public static final String CARD = "card";

  /** The source of all money: the only account with a negative balance. */
  public static final String OUTSIDE = "outside";

  private AccountNumbers() {}

  /**
   * Returns the account of a principal: {@code balance} or {@code card} for the first one, {@code
   * balance:lin} for others, which sorts in the same place.
   */
  public static String of(Did principal, String kind) {
    return principal.equals(Principals.FIRST) ? kind : kind + ":" + principal.name();
  }

  /** Returns the kind of a principal's account; for other accounts the number itself. */
  public static String kind(String accountNo) {
    int owner = accountNo.indexOf(':');
    return owner > 0 && (accountNo.startsWith(BALANCE) || accountNo.startsWith(CARD))
        ? accountNo.substring(0, owner)
        : accountNo;
  }

  /**
   * Returns the account of an agent's sub-account; it sorts before every account that it pays to.
   */
  public static String subAccount(String id) {
    return "agent:" + id;
  }

  /** Returns the account of the money that the payment service owes a merchant. */
  public static String receivable(Did merchant) {
    return "merchant:" + merchant.name();
  }
}
