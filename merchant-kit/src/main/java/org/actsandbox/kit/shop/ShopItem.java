package org.actsandbox.kit.shop;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Something that a shop sells, as it is now. The currency is CNY.
 *
 * @param id 1 to 40 of A-Z a-z 0-9 . _ -, such as {@code tea-1}
 * @param name for people; agents find the item by its words
 * @param category one word, such as {@code tea}
 * @param price decimal text with two places, for one piece
 * @param left how many can be sold now
 */
public record ShopItem(String id, String name, String category, String price, int left) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final Pattern PRICE = Pattern.compile("\\d{1,9}\\.\\d\\d");

  public ShopItem {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("an item's id has 1 to 40 of A-Z a-z 0-9 . _ -: " + id);
    }
    if (!PRICE.matcher(price).matches() || new BigDecimal(price).signum() == 0) {
      throw new IllegalArgumentException("a price is more than 0.00, with two places: " + price);
    }
  }

  /** Returns what this many pieces cost, as decimal text. */
  String total(int quantity) {
    return new BigDecimal(price).multiply(BigDecimal.valueOf(quantity)).toPlainString();
  }
}
