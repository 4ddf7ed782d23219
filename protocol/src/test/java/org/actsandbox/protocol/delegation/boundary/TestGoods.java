package org.actsandbox.protocol.delegation.boundary;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** The ticket that {@code TestDelegations} is about, as a merchant signs it. */
final class TestGoods {

  private TestGoods() {}

  /** One thing changed, or nothing. */
  static @Nullable List<Order.Line> bent(String field, @Nullable String value) {
    if (field.equals("goods")) {
      return null;
    }
    var changed = String.valueOf(value);
    var facts =
        new LineFacts(
            field.equals("line.kind") ? Kind.HOTEL : Kind.TRAIN,
            List.of("G1204"),
            List.of("G"),
            field.equals("line.from")
                ? List.of(changed)
                : List.of("Shanghai Hongqiao", "上海虹桥", "Shanghai", "上海"),
            field.equals("line.to")
                ? List.of(changed)
                : List.of("Harbin West", "哈尔滨西", "Harbin", "哈尔滨"),
            null,
            LocalDate.parse(field.equals("line.date") ? changed : "2026-01-20"),
            LocalTime.of(8, 0),
            LocalTime.of(20, 30),
            field.equals("line.class") ? changed : "second",
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
            Text.same("G1204"),
            field.equals("line.quantity") ? 2 : 1,
            field.equals("facts") ? null : facts);
    return field.equals("line.twice") ? List.of(line, line) : List.of(line);
  }
}
