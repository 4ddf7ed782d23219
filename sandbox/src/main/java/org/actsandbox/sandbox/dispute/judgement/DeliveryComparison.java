package org.actsandbox.sandbox.dispute.judgement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;

/** Compares what was delivered with what was ordered. */
final class DeliveryComparison {

  private DeliveryComparison() {}

  /** Returns descriptions of order and delivery if they differ; empty if they are the same. */
  static Optional<Map<String, String>> difference(Order order, Delivery delivery) {
    boolean same =
        switch (delivery) {
          case Delivery.Train train ->
              order.lines().stream().allMatch(line -> titleStartsWith(line, train.trainNo() + " "))
                  && train.seats().size() == quantity(order.lines());
          case Delivery.Hotel hotel ->
              order.lines().stream()
                  .allMatch(
                      line ->
                          titleStartsWith(
                              line, hotel.hotel().en() + " · " + hotel.room().en() + " "));
          case Delivery.Shop shop -> isSame(order.lines(), shop.items());
          case Delivery.Service service ->
              order.lines().stream().allMatch(line -> line.itemId().equals(service.service()));
        };
    return same
        ? Optional.empty()
        : Optional.of(Map.of("ordered", describe(order.lines()), "delivered", describe(delivery)));
  }

  private static boolean titleStartsWith(Order.Line line, String title) {
    return line.title().en().startsWith(title);
  }

  private static boolean isSame(List<Order.Line> lines, List<Delivery.Item> items) {
    return lines.size() == items.size()
        && quantity(lines) == items.stream().mapToInt(Delivery.Item::quantity).sum()
        && lines.stream().allMatch(line -> items.stream().anyMatch(item -> isSame(line, item)));
  }

  /** A title without a variant was ordered in any variant. */
  private static boolean isSame(Order.Line line, Delivery.Item item) {
    var ordered = line.title().en();
    var product = item.product().en();
    return item.quantity() == line.quantity()
        && (ordered.equals(product) || ordered.equals(product + ", " + item.variant().en()));
  }

  private static int quantity(List<Order.Line> lines) {
    return lines.stream().mapToInt(Order.Line::quantity).sum();
  }

  private static String describe(List<Order.Line> lines) {
    return lines.stream()
        .map(line -> line.quantity() + " × " + line.title().en())
        .collect(Collectors.joining("; "));
  }

  private static String describe(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Train train -> train.seats().size() + " × " + train.trainNo();
      case Delivery.Hotel hotel -> hotel.hotel().en() + " · " + hotel.room().en();
      case Delivery.Shop shop ->
          shop.items().stream()
              .map(
                  item ->
                      "%d × %s, %s"
                          .formatted(item.quantity(), item.product().en(), item.variant().en()))
              .collect(Collectors.joining("; "));
      case Delivery.Service service -> service.name().en();
    };
  }
}
