package org.actsandbox.kit.shop;

import java.io.IOException;
import java.util.List;

/** The goods of a shop and their stock, which are the merchant's own. Many threads use it. */
public interface ShopGoods {

  /** Returns everything in the catalog, also what is sold out. */
  List<ShopItem> items();

  /**
   * Takes pieces out of the stock for an order.
   *
   * @return false if there are not as many left; nothing was taken then
   */
  boolean take(String itemId, int quantity);

  /** Puts pieces back that were taken for an order that ended before its delivery. */
  void putBack(String itemId, int quantity);

  /**
   * Sends off a paid order, once. The buyer gets the parcel's number.
   *
   * @return the number of the parcel
   * @throws IOException if it cannot be sent now: the buyer may show the same proof again
   */
  String send(SoldOrder order) throws IOException;
}
