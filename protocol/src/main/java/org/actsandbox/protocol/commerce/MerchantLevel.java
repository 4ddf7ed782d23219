package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists how much of the protocol a merchant from outside speaks; each level includes the former.
 */
public enum MerchantLevel {
  /** One paid resource behind 402. */
  GATE,
  /** Carts, orders, their paid resources, cancellation and refund. */
  ORDER,
  /** Agent card, payment capability, catalog and intents as well, so that agents find the goods. */
  SHOP;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the level with this code. */
  public static Optional<MerchantLevel> find(String code) {
    return Stream.of(values()).filter(level -> level.code().equals(code)).findFirst();
  }

  /** Returns whether this level includes the other. */
  public boolean includes(MerchantLevel other) {
    return compareTo(other) >= 0;
  }
}
