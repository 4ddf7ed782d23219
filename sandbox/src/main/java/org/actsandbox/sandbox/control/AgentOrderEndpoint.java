package org.actsandbox.sandbox.control;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.merchants.order.OrderQueries;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.external.order.ExternalOrderStates;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists an agent's orders at all merchants of a world. No participant knows them all, so the
 * sandbox asks each merchant for what the agent could ask it for, and adds the orders that
 * merchants from outside confirmed.
 */
@RestController
class AgentOrderEndpoint {

  private static final Comparator<Order> NEWEST =
      Comparator.comparing(Order::confirmedAt).thenComparing(Order::orderNo).reversed();

  @EndpointSummary("List an agent's own orders at all merchants")
  @GetMapping("/w/{world}/orders")
  Page<Order> orders(
      World world,
      @AllowedRoles(Role.AGENT) Caller caller,
      @RequestParam(required = false) @Nullable String merchant,
      @RequestParam(required = false) @Nullable OrderStatus status,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    OrderQueries.checkLimit(limit);
    var filter = new OrderFilter(caller.did().orElseThrow(), status);
    var merchants = world.participant(Merchants.class);
    var pages =
        Stream.concat(
                selected(world, merchant).stream()
                    .map(id -> merchants.get(id).orders().newest(filter, cursor, limit)),
                Stream.of(new ExternalOrderStates(world).newest(filter, merchant, cursor, limit)))
            .toList();
    var all = pages.stream().flatMap(page -> page.items().stream()).sorted(NEWEST).toList();
    var shown = all.subList(0, Math.min(limit, all.size()));
    boolean hasMore =
        all.size() > shown.size() || pages.stream().anyMatch(page -> page.next() != null);
    return new Page<>(shown, hasMore ? OrderQueries.cursorAfter(shown.getLast()) : null);
  }

  private static List<String> selected(World world, @Nullable String merchant) {
    var here = world.settings().roster().stream().map(MerchantProfile::id).toList();
    if (merchant == null) {
      return here;
    }
    if (world.externalMerchants().get(merchant).isPresent()) {
      return List.of();
    }
    if (!here.contains(merchant)) {
      throw Merchants.notFound(merchant, here);
    }
    return List.of(merchant);
  }
}
