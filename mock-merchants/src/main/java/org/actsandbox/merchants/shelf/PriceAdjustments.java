package org.actsandbox.merchants.shelf;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.participant.RowExistence;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the price changes that staff made in one world, in percent of the listed price. */
public final class PriceAdjustments {

  /**
   * Represents the price changes in force for some items; the change of a part, such as a variant,
   * beats the change of its whole item.
   */
  public static final class ActiveAdjustments {

    private final Map<String, PriceChange> changeByTarget;

    private ActiveAdjustments(Map<String, PriceChange> changeByTarget) {
      this.changeByTarget = changeByTarget;
    }

    /**
     * Says whether no price has changed, which is the usual case and saves the work of naming the
     * parts.
     */
    public boolean isEmpty() {
      return changeByTarget.isEmpty();
    }

    /**
     * Returns the changed price in the currency's minor unit, at least 1.
     *
     * @param part the id of a part of the item, such as a variant
     */
    public long apply(String item, String part, long listed) {
      var change = changeByTarget.getOrDefault(part, changeByTarget.get(item));
      return change == null ? listed : change.applyTo(listed);
    }
  }

  private final JdbcClient jdbc;
  private final String partition;
  private final String merchant;
  private final String table;
  private final RowExistence changes = new RowExistence();

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
   */
  public void adjust(String item, String target, PriceChange change) {
    changes.beforeAdding();
    // Insert and then update works on both databases, without the upsert of one vendor.
    jdbc.sql(
            "insert into "
                + table
                + " (world, merchant, item, target, percent) values (?, ?, ?, ?, ?)"
                + " on conflict do nothing")
        .params(partition, merchant, item, target, change.percent())
        .update();
    jdbc.sql(
            "update "
                + table
                + " set percent = ? where world = ? and merchant = ? and item = ? and target = ?")
        .params(change.percent(), partition, merchant, item, target)
        .update();
  }

  private boolean anyChange() {
    return jdbc.sql(
            "select target from "
                + table
                + " where world = ? and merchant = ? order by world, merchant, item, target limit 1")
        .params(partition, merchant)
        .query(String.class)
        .optional()
        .isPresent();
  }

  public PriceAdjustments.ActiveAdjustments activeFor(Collection<String> items) {
    if (items.isEmpty() || !changes.isPossible(this::anyChange)) {
      return new PriceAdjustments.ActiveAdjustments(Map.of());
    }
    var placeholders = String.join(", ", Collections.nCopies(items.size(), "?"));
    var changeByTarget = new HashMap<String, PriceChange>();
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
              changeByTarget.put(row.getString(1), PriceChange.of(row.getBigDecimal(2)));
            });
    return new PriceAdjustments.ActiveAdjustments(changeByTarget);
  }
}
