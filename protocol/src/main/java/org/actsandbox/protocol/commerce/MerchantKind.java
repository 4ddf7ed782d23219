package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists the kinds of merchants of the sandbox with what others decide by the kind; on the wire in
 * lower case.
 */
public enum MerchantKind {
  TRAIN("R", true, true),
  HOTEL("H", true, true),
  SHOP("S", true, false),
  /** Seller agents sell data and work, which are paid per request over HTTP 402. */
  SERVICE("V", false, false);

  /** The kinds of merchants that answer intents with offers; services are requested directly. */
  public static final Set<MerchantKind> WITH_OFFERS =
      Arrays.stream(values())
          .filter(MerchantKind::hasOffers)
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toCollection(() -> EnumSet.noneOf(MerchantKind.class)),
                  Collections::unmodifiableSet));

  private final String orderPrefix;
  private final boolean hasOffers;
  private final boolean isTravel;

  MerchantKind(String orderPrefix, boolean hasOffers, boolean isTravel) {
    this.orderPrefix = orderPrefix;
    this.hasOffers = hasOffers;
    this.isTravel = isTravel;
  }

  /** Returns the letter with which the numbers of its orders begin. */
  public String orderPrefix() {
    return orderPrefix;
  }

  /** Tells whether it answers intents with offers and confirms carts. */
  public boolean hasOffers() {
    return hasOffers;
  }

  /** Tells whether what it sells is part of a journey, so that it learns who travels where. */
  public boolean isTravel() {
    return isTravel;
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the kind with a code; empty for one that the sandbox does not know. */
  public static Optional<MerchantKind> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
