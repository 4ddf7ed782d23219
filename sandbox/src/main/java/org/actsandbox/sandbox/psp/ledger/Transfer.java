package org.actsandbox.sandbox.psp.ledger;

import java.time.Instant;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Represents a transfer of money from one account to another.
 *
 * @param transferNo the unique number of the transfer, which makes a second booking impossible
 */
public record Transfer(
    String transferNo,
    String from,
    String to,
    Money amount,
    @Nullable String tradeNo,
    Instant bookedAt) {

  public static Transfer payment(String tradeNo, String from, String to, Money amount, Instant at) {
    return new Transfer(paymentNo(tradeNo), from, to, amount, tradeNo, at);
  }

  public static Transfer refund(
      String refundNo, String tradeNo, String from, String to, Money amount, Instant at) {
    return new Transfer(refundNo(refundNo), from, to, amount, tradeNo, at);
  }

  public static Transfer opening(String account, Money amount, Instant at) {
    return new Transfer("opening " + account, AccountNumbers.OUTSIDE, account, amount, null, at);
  }

  public static Transfer topUp(String no, String from, String to, Money amount, Instant at) {
    return new Transfer("top_up " + no, from, to, amount, null, at);
  }

  /** Returns the transfer of the rest of a cancelled sub-account. */
  public static Transfer giveBack(String no, String from, String to, Money amount, Instant at) {
    return new Transfer("give_back " + no, from, to, amount, null, at);
  }

  static String paymentNo(String tradeNo) {
    return "payment " + tradeNo;
  }

  static String refundNo(String refundNo) {
    return "refund " + refundNo;
  }

  /** Returns the kind of a transfer: payment | refund | opening | top_up | give_back. */
  static String kind(String transferNo) {
    return transferNo.substring(0, transferNo.indexOf(' '));
  }
}
