package org.actsandbox.merchants;

/**
 * Represents a change of stock or prices that no order of the world causes: prices move, other
 * buyers buy, staff restocks.
 */
public sealed interface Disturbance {

  /** Returns an offer id, or an item id for all offers of the item. */
  String target();

  /**
   * Changes the price of the target.
   *
   * @param change the change of the listed price; it replaces an earlier one of the same target
   */
  record PriceMoved(String target, PriceChange change) implements Disturbance {}

  /** Sells all that is left of the target. */
  record SoldOut(String target) implements Disturbance {}

  /** Leaves exactly {@code left} units free, if the kind of merchant can do that. */
  record StockSet(String target, int left) implements Disturbance {}
}
