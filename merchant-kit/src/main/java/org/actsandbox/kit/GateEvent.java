package org.actsandbox.kit;

import org.jspecify.annotations.Nullable;

/**
 * Tells what happened at a gate, for logs and journals.
 *
 * @param outTradeNo the merchant's number of the sale; null if it is not known
 * @param tradeNo the payment service's number of the trade; null before there is one
 * @param detail in words; shows no key and no proof
 */
public record GateEvent(
    Kind kind,
    String target,
    @Nullable String outTradeNo,
    @Nullable String tradeNo,
    String detail) {

  /** The kinds of events. */
  public enum Kind {
    /** A request without a proof was answered with a bill. */
    BILLED,
    /** A proof was refused, or could not be judged now. */
    REFUSED,
    /** A good proof got its delivery. */
    DELIVERED,
    /** A proof that was shown before got the same delivery again. */
    REPEATED,
    /** A good proof got nothing, because the resource failed; it may be shown again. */
    FAILED,
    /** The payment service was told of a delivery. */
    CONFIRMED,
    /** The payment service could not be told yet, or refused to be told. */
    UNCONFIRMED,
    /** The trust service has a record of the merchant. */
    RECORDED,
    /** A record could not be deposited yet, or was refused. */
    UNRECORDED
  }
}
