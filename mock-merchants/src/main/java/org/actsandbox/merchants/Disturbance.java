package org.actsandbox.merchants;

import java.math.BigDecimal;

/** A change from outside an order: prices move, somebody else buys, staff restocks. */
public sealed interface Disturbance {

  /** Offer id, or item id for all its offers. */
  String target();

  /**
   * @param percent +10 makes it ten percent dearer, -5 five percent cheaper; replaces an earlier
   *     move
   */
  record PriceMoved(String target, BigDecimal percent) implements Disturbance {}

  /** Everything that is left of it is gone. */
  record SoldOut(String target) implements Disturbance {}

  /** Exactly {@code left} units stay free, where the kind can do that. */
  record StockSet(String target, int left) implements Disturbance {}
}
