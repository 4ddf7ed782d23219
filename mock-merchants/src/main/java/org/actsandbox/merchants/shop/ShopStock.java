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
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A shop's free units by variant. The seed says how many there are; a row exists only where orders
 * or staff changed that.
 */
final class ShopStock {

  /** Free units of some products, as they were when asked. */
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

  ShopStock(VerticalWorld world, String merchant, SeededRandom seededRandom) {
    this.jdbc = world.jdbc();
    this.partition = world.partition();
    this.merchant = merchant;
    this.seededRandom = seededRandom;
  }

  ShopStock.FreeUnits free(Collection<Product> products) {
    var changed = new HashMap<String, Integer>();
    if (products.isEmpty()) {
      return new ShopStock.FreeUnits(changed);
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
    return new ShopStock.FreeUnits(changed);
  }

  /**
   * Takes units for an order, inside the caller's transaction, which must roll back when one is
   * refused.
   *
   * @param wanted units by variant; its order is the order of locking, the same for every order, so
   *     that two carts never wait for each other in a circle
   * @return the variants there are too few of, at most one
   */
  List<String> take(String orderNo, SortedMap<String, Integer> wanted) {
    for (var line : wanted.entrySet()) {
      var variant = line.getKey();
      int units = line.getValue();
      if (!change(variant, -units)) {
        // No row yet, or too few left: the update after the insert tells the two apart.
        addSeeded(variant);
        if (!change(variant, -units)) {
          return List.of(variant);
        }
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

  /**
   * Gives everything of the order back; whoever deletes the row gives it back, so twice is once.
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

  /** Exactly {@code left} units stay free. */
  void set(String variant, int left) {
    addSeeded(variant);
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

  private void addSeeded(String variant) {
    jdbc.sql(
            """
            insert into shop_stock (world, merchant, item, variant, free)
            values (?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(partition, merchant, item(variant), variant, seeded(variant))
        .update();
  }

  /** Three variants in a hundred are gone from the start, seven are down to the last three. */
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
