package org.actsandbox.sandbox.doctor.diagnosis;

/**
 * Limits one examination. The number of keys and texts depends on the message, and an answer has to
 * come within 100 ms.
 */
public final class ComparisonBudget {

  /** Ours: 256 verifications of Ed25519, at about 0.1 ms each. */
  private static final int MAX_VERIFICATIONS = 256;

  private static final int MEBIBYTE = 1024 * 1024;

  private final long maxTextBytes;
  private int verifications;
  private long textBytes;
  private int tried;
  private boolean complete = true;

  private ComparisonBudget(long maxTextBytes) {
    this.maxTextBytes = maxTextBytes;
  }

  /** Returns a budget for texts that are verified one by one; each costs its length twice. */
  public static ComparisonBudget ofVerifications() {
    return new ComparisonBudget(2L * MEBIBYTE);
  }

  /** Returns a budget for texts whose digest is compared. */
  public static ComparisonBudget ofDigests() {
    return new ComparisonBudget(5L * MEBIBYTE);
  }

  /** Takes one verification from the budget, and returns false if none is left. */
  boolean takeVerification() {
    if (verifications >= MAX_VERIFICATIONS) {
      complete = false;
      return false;
    }
    verifications++;
    tried++;
    return true;
  }

  /** Counts one comparison with a digest. */
  public void countHash() {
    tried++;
  }

  /** Takes a text of that length from the budget, and returns false if it is used up. */
  public boolean takeText(int bytes) {
    if (textBytes + bytes > maxTextBytes) {
      complete = false;
      return false;
    }
    textBytes += bytes;
    return true;
  }

  /** Returns how many pairs of a key and a text were compared. */
  public int tried() {
    return tried;
  }

  /** Returns false if a limit ended the search. */
  public boolean isComplete() {
    return complete;
  }
}
