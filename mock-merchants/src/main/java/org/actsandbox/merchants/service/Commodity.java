package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a commodity that the market quotes.
 *
 * @param unit the unit that the price is for
 * @param base the US dollars around which the price moves
 * @param swing how far the price moves over the years, in percent
 */
record Commodity(String symbol, Text name, Text unit, BigDecimal base, int swing) {

  /** All commodities; they are the same in every world. */
  static final List<Commodity> ALL =
      DataFileReader.read(Commodity.class, "commodities.txt").stream().map(Commodity::of).toList();

  static Optional<Commodity> of(String symbol) {
    return ALL.stream().filter(each -> each.symbol.equals(symbol)).findFirst();
  }

  private static Commodity of(String[] row) {
    return new Commodity(
        row[0],
        DataFileReader.text(row[1]),
        DataFileReader.text(row[2]),
        new BigDecimal(row[3]),
        Integer.parseInt(row[4]));
  }
}
