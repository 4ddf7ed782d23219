package org.actsandbox.web.console.attack;

import java.util.Locale;

/**
 * Is an attempt against the principal, as the journal recorded it.
 *
 * @param seq number of the first entry that shows it
 * @param by DID of the participant that tried it
 * @param quote hostile text, the prices, or the code of the refusal
 * @param payee DID of the party that would have got the money
 * @param pieces number of pieces that a text tells the agent to buy; 0 for none
 * @param stake decimal amount in yuan that would have been lost; empty if the message names none
 */
public record Attempt(
    long seq, Kind kind, String by, String quote, String payee, int pieces, String stake) {

  /** Says what was tried. */
  public enum Kind {
    /** A text gives the agent orders. */
    INSTRUCTION,
    /** The cart costs more than the offer. */
    DEARER_CART,
    /** A payment is asked for that the payment service refuses. */
    REFUSED_PAYMENT;

    /** Returns the last part of its message keys. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean isLike(Attempt other) {
    return kind == other.kind && by.equals(other.by) && quote.equals(other.quote);
  }
}
