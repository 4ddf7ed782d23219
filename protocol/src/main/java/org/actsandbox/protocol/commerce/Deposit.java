package org.actsandbox.protocol.commerce;

import java.time.Instant;
import org.actsandbox.protocol.credit.code.CreditReason;
import org.actsandbox.protocol.credit.code.CreditResult;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Says what a merchant takes as a security, and the reason for the amount. It is part of the signed
 * order.
 *
 * @param amount decimal string: what the order's total includes of it
 * @param fullAmount decimal string: what is taken of a buyer without credit
 * @param returnedAt when an amount that was taken goes back
 * @param queryId the request id with which the merchant asked the verifier; absent if it did not
 * @param verificationRecordId the verifier's record; absent if it did not answer
 * @param result what the verifier answered, or {@code INCONCLUSIVE} if it did not answer
 * @param reason the decision in words
 */
public record Deposit(
    String amount,
    String fullAmount,
    Instant returnedAt,
    Decision decision,
    @Nullable String queryId,
    @Nullable String verificationRecordId,
    @Nullable CreditResult result,
    @Nullable CreditReason reasonCode,
    Text reason) {

  /** The purpose for which a deposit's queries are authorized. */
  public static final String PURPOSE = "HOTEL_DEPOSIT";

  /** The type of the price line of a deposit. */
  public static final String LINE = "deposit";

  /** Returns the amount as money of the order's currency. */
  public Money taken(String currency) {
    return Money.of(amount, currency);
  }

  /** Lists what a merchant makes of a deposit. */
  public enum Decision {
    TAKEN,
    LOWERED,
    WAIVED
  }
}
