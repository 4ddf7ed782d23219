package org.actsandbox.sandbox.external.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Lists what discovery can find, so that programs and pages need not read the sentences. */
public enum DiscoveryCode {
  OK,
  /** Nothing came back over HTTP. */
  NO_ANSWER,
  /** The answer is no JSON object, or has another status than 200. */
  NOT_JSON,
  /** The document names another participant. */
  OTHER_DID,
  /** The card names another kind of goods. */
  OTHER_KIND,
  /** The card names no way to agree on a payment method. */
  NO_NEGOTIATION,
  /** An address leads to another server than the merchant's own. */
  FOREIGN_ADDRESS,
  /** The capability lacks this world's payment service. */
  NO_PAYMENT_SERVICE,
  /** The document is not there, and the level does not need it. */
  NOT_PUBLISHED,
  EMPTY_CATALOG,
  /** A catalog entry lacks a member of CID-1. */
  INCOMPLETE_ENTRY,
  /** The paid resource did not answer 402. */
  NO_402,
  /** The answer 402 has no bill that can be read. */
  NO_BILL,
  BILL_SIGNATURE,
  /** There is no card that could name a way to agree on a payment method. */
  NO_CARD,
  /** It was not looked at, because something before it failed. */
  NOT_REACHED,
  /** A bill follows from a cart at this level. */
  AFTER_CART,
  /** The merchant did not take its settings. */
  SETTINGS_REFUSED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
