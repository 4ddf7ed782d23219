package org.actsandbox.web.console.external;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists the steps of a first integration, in the order in which a merchant comes to them. */
enum FirstSaleStep {
  /** The merchant answers at its address. */
  REACHABLE,
  /** Its agent card names it, its kind and its way to negotiate. */
  CARD,
  OFFER,
  CART,
  /** It answered 402. */
  BILL,
  /** It asked the payment service about a proof, which holds. */
  PROOF,
  /** What was billed before is delivered. */
  DELIVERY,
  NOTIFICATION,
  /** A check of the merchant came to its end. */
  REPORT;

  private static final List<FirstSaleStep> OF_SHOP = List.of(CARD, OFFER);

  /** Returns the steps of a merchant at a level: gate | order | shop. */
  static List<FirstSaleStep> of(String level, String kind) {
    boolean carts = !level.equals("gate") && !kind.equals("service");
    return Stream.of(values())
        .filter(step -> step != CART || carts)
        .filter(step -> step != OFFER || carts)
        .filter(step -> !OF_SHOP.contains(step) || level.equals("shop"))
        .toList();
  }

  /** Returns the word in message keys and in ids of elements. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
