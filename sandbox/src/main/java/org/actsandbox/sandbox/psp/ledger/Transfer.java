package org.actsandbox.sandbox.psp.ledger;

import java.time.Instant;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Money from one account to another.
 *
 * @param transferNo names the transfer once and for all: booked twice is impossible
 */
public record Transfer(
    String transferNo,
    String from,
    String to,
    Money amount,
    @Nullable String tradeNo,
    Instant bookedAt) {

  public static Transfer payment(String tradeNo, String from, String to, Money amount, Instant at) {
    return new Transfer("payment " + tradeNo, from, to, amount, tradeNo, at);
  }

  public static Transfer refund(
      String refundNo, String tradeNo, String from, String to, Money amount, Instant at) {
    return new Transfer("refund " + refundNo, from, to, amount, tradeNo, at);
  }

  public static Transfer opening(String account, Money amount, Instant at) {
    return new Transfer("opening " + account, Accounts.OUTSIDE, account, amount, null, at);
  }

  /** What kind of transfer this is: {@code payment}, {@code refund} or {@code opening}. */
  static String kind(String transferNo) {
    return transferNo.substring(0, transferNo.indexOf(' '));
  }
}
