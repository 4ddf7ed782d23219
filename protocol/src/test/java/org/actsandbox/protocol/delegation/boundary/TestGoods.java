package org.actsandbox.protocol.delegation.boundary;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** Provides the order of the ticket that {@code TestDelegations} authorizes. */
final class TestGoods {

  private TestGoods() {}

  /**
   * Returns the order lines with one change.
   *
   * @param field the changed field; the lines are unchanged for other names
   */
  static @Nullable List<Order.Line> changed(String field, @Nullable String value) {
    if (field.equals("goods")) {
      return null;
    }
    var newValue = String.valueOf(value);
    var facts =
        new LineFacts(
            field.equals("line.kind") ? MerchantKind.HOTEL : MerchantKind.TRAIN,
            List.of("G1204"),
            List.of("G"),
            field.equals("line.from")
                ? List.of(newValue)
                : List.of("Shanghai Hongqiao", "上海虹桥", "Shanghai", "上海"),
            field.equals("line.to")
                ? List.of(newValue)
                : List.of("Harbin West", "哈尔滨西", "Harbin", "哈尔滨"),
            null,
            LocalDate.parse(field.equals("line.date") ? newValue : "2026-01-20"),
            LocalTime.of(8, 0),
            LocalTime.of(20, 30),
            field.equals("line.class") ? newValue : "second",
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    var line =
        new Order.Line(
            "offer",
            "raileast.G1204",
            Text.untranslated("G1204"),
            field.equals("line.quantity") ? 2 : 1,
            field.equals("facts") ? null : facts);
    return field.equals("line.twice") ? List.of(line, line) : List.of(line);
  }
}
