package org.actsandbox.merchants.shop;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.participant.NewestKeys;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the free units of a shop by variant. The seed gives the number; a row exists only where
 * orders or staff changed it.
 */
final class ShopStock {

  /** Represents the free units of some products, as read at one moment. */
  final class FreeUnits {

    private final Map<String, Integer> changed;

    private FreeUnits(Map<String, Integer> changed) {
      this.changed = changed;
    }

    int of(Product product, Variant variant) {
      var free = changed.get(product.key(variant));
      return free == null ? seeded(product.key(variant)) : free;
    }

    int ofAll(Product product) {
      return product.variants().stream().mapToInt(variant -> of(product, variant)).sum();
    }
  }

  private final JdbcClient jdbc;
  private final String partition;
  private final String merchant;
  private final SeededRandom seededRandom;

  /** Variants that have a row; one whose transaction was rolled back may have none. */
  private final NewestKeys changed = new NewestKeys(4_096);

  ShopStock(VerticalWorld world, String merchant, SeededRandom seededRandom) {
    this.jdbc = world.jdbc();
    this.partition = world.partition();
    this.merchant = merchant;
    this.seededRandom = seededRandom;
  }

  FreeUnits free(Collection<Product> products) {
    var changed = new HashMap<String, Integer>();
    if (products.isEmpty()) {
      return new FreeUnits(changed);
    }
    jdbc.sql(
            "select variant, free from shop_stock where (world, merchant, item) in ("
                + String.join(", ", Collections.nCopies(products.size(), "(?, ?, ?)"))
                + ")")
        .params(
            products.stream()
                .flatMap(product -> Stream.of(partition, merchant, product.id()))
                .toList())
        .query(
            row -> {
              changed.put(row.getString(1), row.getInt(2));
            });
    return new FreeUnits(changed);
  }

  /**
   * Takes units for an order inside the caller's transaction, which must roll back if a variant is
   * returned.
   *
   * @param wanted units by variant. They are locked in the order of the map, which is the same for
   *     every order, so that two carts never wait for each other
   * @return the variants of which too few are left, at most one
   */
  List<String> take(String orderNo, SortedMap<String, Integer> wanted) {
    for (var line : wanted.entrySet()) {
      var variant = line.getKey();
      int units = line.getValue();
      if (!takeUnits(variant, units)) {
        return List.of(variant);
      }
      jdbc.sql(
              """
              insert into shop_hold (world, merchant, order_no, variant, item, units)
              values (?, ?, ?, ?, ?, ?)
              """)
          .params(partition, merchant, orderNo, variant, item(variant), units)
          .update();
    }
    return List.of();
  }

  private boolean takeUnits(String variant, int units) {
    if (changed.contains(variant) && change(variant, -units)) {
      return true;
    }
    changed.add(variant);
    // Another order may have made the row since it was looked for, so its units are taken now.
    return takeFirst(variant, units) || change(variant, -units);
  }

  /** Takes units of a variant of which none was taken; false if it has a row, or too few units. */
  private boolean takeFirst(String variant, int units) {
    int left = seeded(variant) - units;
    return left >= 0 && add(variant, left);
  }

  /**
   * Gives all units of the order back. Only the caller that deletes a row gives its units back, so
   * that a second call changes nothing.
   */
  void release(String orderNo) {
    record Held(String variant, int units) {}
    var holds =
        jdbc.sql(
                """
                select variant, units from shop_hold
                where world = ? and merchant = ? and order_no = ? order by variant
                """)
            .params(partition, merchant, orderNo)
            .query((row, _) -> new Held(row.getString(1), row.getInt(2)))
            .list();
    for (Held held : holds) {
      int deleted =
          jdbc.sql(
                  """
                  delete from shop_hold
                  where world = ? and merchant = ? and order_no = ? and variant = ?
                  """)
              .params(partition, merchant, orderNo, held.variant())
              .update();
      if (deleted == 1) {
        change(held.variant(), held.units());
      }
    }
  }

  /** Sets the free units of a variant to exactly {@code left}. */
  void set(String variant, int left) {
    add(variant, left);
    jdbc.sql(
            """
            update shop_stock set free = ?
            where world = ? and merchant = ? and item = ? and variant = ?
            """)
        .params(left, partition, merchant, item(variant), variant)
        .update();
  }

  private boolean change(String variant, int by) {
    return jdbc.sql(
                """
                update shop_stock set free = free + ?
                where world = ? and merchant = ? and item = ? and variant = ? and free + ? >= 0
                """)
            .params(by, partition, merchant, item(variant), variant, by)
            .update()
        == 1;
  }

  private boolean add(String variant, int free) {
    return jdbc.sql(
                """
                insert into shop_stock (world, merchant, item, variant, free)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(partition, merchant, item(variant), variant, free)
            .update()
        == 1;
  }

  /**
   * Returns the free units at the start of the world: 3 % of the variants have none, 7 % have one
   * to three.
   */
  private int seeded(String variant) {
    int percent = seededRandom.below("stock" + variant, 100);
    if (percent < 3) {
      return 0;
    }
    return percent < 10
        ? seededRandom.between("few" + variant, 1, 3)
        : seededRandom.between("many" + variant, 8, 120);
  }

  private static String item(String variant) {
    return variant.substring(0, variant.indexOf('.'));
  }
}
