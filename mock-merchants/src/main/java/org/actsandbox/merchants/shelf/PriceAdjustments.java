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

/** Stores the price changes that staff made in one world, in percent of the listed price. */
public final class PriceAdjustments {

  private static final BigDecimal LOWEST = BigDecimal.valueOf(-90);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1000);

  /**
   * Represents the price changes in force for some items; the change of a part, such as a variant,
   * beats the change of its whole item.
   */
  public static final class ActiveAdjustments {

    private final Map<String, BigDecimal> percentByTarget;

    private ActiveAdjustments(Map<String, BigDecimal> percentByTarget) {
      this.percentByTarget = percentByTarget;
    }

    /**
     * Says whether no price has changed, which is the usual case and saves the work of naming the
     * parts.
     */
    public boolean isEmpty() {
      return percentByTarget.isEmpty();
    }

    /**
     * Returns the changed price in the currency's minor unit, at least 1.
     *
     * @param part the id of a part of the item, such as a variant
     */
    public long apply(String item, String part, long listed) {
      var percent = percentByTarget.getOrDefault(part, percentByTarget.get(item));
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
   * @param table the name of a table of (world, merchant, item, target, percent); a constant, never
   *     input
   */
  public PriceAdjustments(VerticalWorld world, String merchant, String table) {
    this.jdbc = world.jdbc();
    this.partition = world.partition();
    this.merchant = merchant;
    this.table = table;
  }

  /**
   * Changes a price.
   *
   * @param target the item itself, or a part of it
   * @throws Refusal {@code invalid_field} for a percentage out of range
   */
  public void adjust(String item, String target, BigDecimal percent) {
    if (percent.compareTo(LOWEST) < 0 || percent.compareTo(HIGHEST) > 0 || percent.scale() > 4) {
      throw new Refusal(Problem.INVALID_FIELD, "a price cannot move by that much")
          .at("percent")
          .expected("-90 to 1000 with at most 4 decimals")
          .observed(percent.toString());
    }
    // Insert and then update works on both databases, without the upsert of one vendor.
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
    var placeholders = String.join(", ", Collections.nCopies(items.size(), "?"));
    var percentByTarget = new HashMap<String, BigDecimal>();
    jdbc.sql(
            "select target, percent from "
                + table
                + " where world = ? and merchant = ? and item in ("
                + placeholders
                + ")")
        .params(List.of(partition, merchant))
        .params(List.copyOf(items))
        .query(
            row -> {
              percentByTarget.put(row.getString(1), row.getBigDecimal(2));
            });
    return new PriceAdjustments.ActiveAdjustments(percentByTarget);
  }
}
