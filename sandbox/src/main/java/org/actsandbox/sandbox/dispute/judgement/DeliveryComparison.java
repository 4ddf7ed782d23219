package org.actsandbox.sandbox.dispute.judgement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;

/** Whether what was delivered is what was ordered. */
final class DeliveryComparison {

  private DeliveryComparison() {}

  /** Ordered and delivered, where they differ. */
  static Optional<Map<String, String>> difference(Order order, Delivery delivery) {
    boolean same =
        switch (delivery) {
          case Delivery.Train train ->
              order.lines().stream().allMatch(line -> begins(line, train.trainNo() + " "))
                  && train.seats().size() == quantity(order.lines());
          case Delivery.Hotel hotel ->
              order.lines().stream()
                  .allMatch(
                      line -> begins(line, hotel.hotel().en() + " · " + hotel.room().en() + " "));
          case Delivery.Shop shop -> same(order.lines(), shop.items());
          case Delivery.Service service ->
              order.lines().stream().allMatch(line -> line.itemId().equals(service.service()));
        };
    return same
        ? Optional.empty()
        : Optional.of(Map.of("ordered", ordered(order.lines()), "delivered", shown(delivery)));
  }

  private static boolean begins(Order.Line line, String title) {
    return line.title().en().startsWith(title);
  }

  private static boolean same(List<Order.Line> lines, List<Delivery.Item> items) {
    return lines.size() == items.size()
        && quantity(lines) == items.stream().mapToInt(Delivery.Item::quantity).sum()
        && lines.stream().allMatch(line -> items.stream().anyMatch(item -> same(line, item)));
  }

  private static boolean same(Order.Line line, Delivery.Item item) {
    return item.quantity() == line.quantity()
        && line.title().en().equals(item.product().en() + ", " + item.variant().en());
  }

  private static int quantity(List<Order.Line> lines) {
    return lines.stream().mapToInt(Order.Line::quantity).sum();
  }

  private static String ordered(List<Order.Line> lines) {
    return lines.stream()
        .map(line -> line.quantity() + " × " + line.title().en())
        .collect(Collectors.joining("; "));
  }

  private static String shown(Delivery delivery) {
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
