package org.actsandbox.scenarios.check.model;

/** Lists how much of a merchant is checked, each level with all before it. */
public enum CheckLevel {
  /** One paid resource behind 402. */
  GATE,
  /** Also carts, orders, cancellation and notifications. */
  ORDER,
  /** Also the card, negotiation, catalog and intents. */
  SHOP;

  public boolean includes(CheckLevel other) {
    return other.compareTo(this) <= 0;
  }

  /** Returns the word of the command line, such as {@code gate}. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
