package org.actsandbox.sandbox.psp.ledger;

import org.actsandbox.protocol.identity.Did;

/**
 * The account numbers. Locks are taken in their order; the principal's sort before the merchants',
 * so that a refused debit of a payment has touched nothing.
 */
public final class Accounts {

  /** The principal's wallet. */
  public static final String BALANCE = "balance";

  /** What the principal's card can still pay. */
  public static final String CARD = "card";

  /** Where money comes from: the one account that is negative. */
  public static final String OUTSIDE = "outside";

  private Accounts() {}

  /** What is set apart for an agent; sorts before everything it pays to. */
  public static String subAccount(String id) {
    return "agent:" + id;
  }

  /** What the payment service owes a merchant. */
  public static String receivable(Did merchant) {
    return "merchant:" + merchant.name();
  }
}
