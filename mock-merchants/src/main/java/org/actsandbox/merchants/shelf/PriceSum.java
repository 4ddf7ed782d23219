package org.actsandbox.merchants.shelf;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Offer.PriceLine;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * Adds up price lines in fen, so that the lines always sum to the total exactly; a discount is a
 * negative line.
 */
public final class PriceSum {

  private final List<PriceLine> lines = new ArrayList<>();
  private long fen;

  public PriceSum add(String type, Text label, long amountFen) {
    lines.add(new PriceLine(type, label, BigDecimal.valueOf(amountFen, 2).toPlainString()));
    fen = Math.addExact(fen, amountFen);
    return this;
  }

  public List<PriceLine> lines() {
    return List.copyOf(lines);
  }

  public long fen() {
    return fen;
  }

  public Money total() {
    return Money.fen(fen);
  }
}
