package org.actsandbox.merchants.shelf;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The prices that staff moved in one world, in per cent of the listed price. */
public final class PriceAdjustments {

  private static final BigDecimal LOWEST = BigDecimal.valueOf(-90);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1000);

  /** Moves in force for some items; the move of one thing beats the move of its whole item. */
  public static final class ActiveAdjustments {

    private final Map<String, BigDecimal> percentByTarget;

    private ActiveAdjustments(Map<String, BigDecimal> percentByTarget) {
      this.percentByTarget = percentByTarget;
    }

    /** Nothing moved, the usual case: then nobody needs to name the thing. */
    public boolean isEmpty() {
      return percentByTarget.isEmpty();
    }

    /** The price in the currency's minor unit after the move, at least 1. */
    public long apply(String item, String thing, long listed) {
      var percent = percentByTarget.getOrDefault(thing, percentByTarget.get(item));
      if (percent == null) {
        return listed;
      }
      return BigDecimal.valueOf(listed)
          .multiply(BigDecimal.valueOf(100).add(percent))
          .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
          .max(BigDecimal.ONE)
          .longValueExact();
    }
  }

  private final JdbcClient jdbc;
  private final String partition;
  private final String merchant;
  private final String table;

  /**
   * @param table a table of (world, merchant, item, target, percent); a constant, never input
   */
  public PriceAdjustments(VerticalWorld world, String merchant, String table) {
    this.jdbc = world.jdbc();
    this.partition = world.partition();
    this.merchant = merchant;
    this.table = table;
  }

  /**
   * @param target the item itself, or one thing of it
   */
  public void adjust(String item, String target, BigDecimal percent) {
    if (percent.compareTo(LOWEST) < 0 || percent.compareTo(HIGHEST) > 0 || percent.scale() > 4) {
      throw new Refusal(Problem.INVALID_FIELD, "a price cannot move by that much")
          .at("percent")
          .expected("-90 to 1000 with at most 4 decimals")
          .observed(percent.toString());
    }
    // Insert first and then update, so that both databases agree without a vendor's upsert.
    jdbc.sql(
            "insert into "
                + table
                + " (world, merchant, item, target, percent) values (?, ?, ?, ?, ?)"
                + " on conflict do nothing")
        .params(partition, merchant, item, target, percent)
        .update();
    jdbc.sql(
            "update "
                + table
                + " set percent = ? where world = ? and merchant = ? and item = ? and target = ?")
        .params(percent, partition, merchant, item, target)
        .update();
  }

  public PriceAdjustments.ActiveAdjustments activeFor(Collection<String> items) {
    if (items.isEmpty()) {
      return new PriceAdjustments.ActiveAdjustments(Map.of());
    }
    var marks = String.join(", ", Collections.nCopies(items.size(), "?"));
    var moved = new HashMap<String, BigDecimal>();
    jdbc.sql(
            "select target, percent from "
                + table
                + " where world = ? and merchant = ? and item in ("
                + marks
                + ")")
        .params(List.of(partition, merchant))
        .params(List.copyOf(items))
        .query(
            row -> {
              moved.put(row.getString(1), row.getBigDecimal(2));
            });
    return new PriceAdjustments.ActiveAdjustments(moved);
  }
}
