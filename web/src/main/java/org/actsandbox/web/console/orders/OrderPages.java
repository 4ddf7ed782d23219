package org.actsandbox.web.console.orders;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.merchants.Merchant;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Merchants;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.dispute.Views;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.disputes.DisputeForm;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Paging;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** The principal's orders at all merchants; one in full, and cancelling it. */
@Controller
@RequestMapping("/console/{world}/orders")
class OrderPages {

  private static final int PER_MERCHANT = 50;

  private final Surfaces surfaces;

  OrderPages(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  record Line(MerchantProfile merchant, Order order) {}

  /**
   * The newest of all merchants, or one merchant's page by page: every merchant keeps its own book.
   * Where there are several principals, those that the reader's payments name.
   */
  @GetMapping
  Rendering list(Visit visit) {
    var merchants = visit.world().part(Merchants.class);
    var only = visit.query("merchant");
    var page =
        visit
            .page("console/orders", "orders")
            .with("everybody", visit.isAboutEverybody())
            .with("profiles", profiles(merchants))
            .with("only", only == null ? "" : only);
    if (!visit.isAboutEverybody()) {
      var paid = visit.world().part(Psp.class).payments();
      var mine = paid.list(visit.you(), null, visit.query("cursor"));
      return page.with("lines", lines(merchants, mine.items(), only))
          .with("next", Paging.next(visit, mine.next()))
          .show();
    }
    if (only != null) {
      var merchant = merchants.get(only);
      var found = merchant.orderBook().newest(visit.query("cursor"), PER_MERCHANT);
      return page.with("lines", lines(merchant, found.items()))
          .with("next", Paging.next(visit, found.next()))
          .show();
    }
    var newest =
        merchants.all().stream()
            .flatMap(
                each -> lines(each, each.orderBook().newest(null, PER_MERCHANT).items()).stream())
            .sorted(Comparator.comparing((Line line) -> line.order().confirmedAt()).reversed())
            .limit(PER_MERCHANT)
            .toList();
    return page.with("lines", newest).show();
  }

  private static List<MerchantProfile> profiles(Merchants merchants) {
    return merchants.all().stream().map(Merchant::profile).toList();
  }

  private static List<Line> lines(
      Merchants merchants, List<Payment> payments, @Nullable String only) {
    return payments.stream()
        .flatMap(payment -> line(merchants, payment).stream())
        .filter(line -> only == null || line.merchant().id().equals(only))
        .distinct()
        .toList();
  }

  /** None for a payment to somebody who is no merchant here. */
  private static Optional<Line> line(Merchants merchants, Payment payment) {
    return merchants.all().stream()
        .filter(each -> each.profile().did().value().equals(payment.payee()))
        .findFirst()
        .map(each -> new Line(each.profile(), each.orderBook().get(payment.merchantOrderNo())));
  }

  private static List<Line> lines(Merchant merchant, List<Order> orders) {
    return orders.stream().map(order -> new Line(merchant.profile(), order)).toList();
  }

  @GetMapping("/{merchant}/{orderNo}")
  Rendering one(Visit visit, @PathVariable String merchant, @PathVariable String orderNo) {
    return one(visit, merchant, orderNo, DisputeForm.EMPTY);
  }

  private static Rendering one(Visit visit, String merchant, String orderNo, DisputeForm form) {
    var shop = visit.world().part(Merchants.class).get(merchant);
    var order = shop.orderBook().get(orderNo);
    var disputes = visit.world().part(Disputes.class).list(visit.you(), orderNo, null).items();
    var page =
        visit
            .page("console/order", "orders")
            .with("profile", shop.profile())
            .with("order", order)
            .with("cancellable", cancellable(order))
            .with("disputes", disputes)
            .with("disputable", isDisputable(order, disputes))
            .with("form", form)
            .with(
                "records",
                visit.world().part(Trust.class).records().of(RecordStore.By.ORDER, orderNo))
            .with("done", visit.query("done"));
    if (form.refused() != null) {
      page.status(422);
    }
    return page.show();
  }

  /** Whether the form is worth showing; the dispute service has the last word. */
  private static boolean isDisputable(Order order, List<Views.DisputeView> disputes) {
    boolean paid =
        order.status() == OrderStatus.PAID
            || order.status() == OrderStatus.DELIVERED
            || order.status() == OrderStatus.CANCELLED;
    return paid
        && order.tradeNo() != null
        && disputes.stream().allMatch(each -> each.state().isFinal());
  }

  /** Takes the same door as everybody else; nothing that was written is lost when it is refused. */
  @PostMapping("/{merchant}/{orderNo}/dispute")
  Rendering dispute(
      Visit visit, @PathVariable String merchant, @PathVariable String orderNo, FormFields fields) {
    var form = DisputeForm.of(fields);
    try {
      var opened =
          surfaces.post(
              visit.world(),
              visit.you(),
              "/trust/disputes",
              form.claim(orderNo, merchant, Objects.requireNonNullElse(fields.first("pin"), "")));
      return visit.redirect(
          visit.here() + "/disputes/" + opened.path("dispute_id").asString() + "?done=opened");
    } catch (Unexpected refusal) {
      if (refusal.status() >= 500) {
        throw refusal;
      }
      return one(visit, merchant, orderNo, form.refused(refusal.code(), refusal.finer("field")));
    }
  }

  /** What cancelling gives back; null where it cannot be cancelled. */
  private static @Nullable String cancellable(Order order) {
    if (order.status() == OrderStatus.HELD) {
      return "0.00";
    }
    var back = order.refundable();
    var open = order.status() == OrderStatus.PAID || order.status() == OrderStatus.DELIVERED;
    return open && back != null && new BigDecimal(back).signum() > 0 ? back : null;
  }

  /** The agent that ordered cancels, as the principal tells it to. */
  @PostMapping("/{merchant}/{orderNo}/cancel")
  Rendering cancel(Visit visit, @PathVariable String merchant, @PathVariable String orderNo) {
    var world = visit.world();
    var shop = world.part(Merchants.class).get(merchant);
    var order = shop.orderBook().get(orderNo);
    surfaces.postAs(
        world,
        shop.orderBook().buyer(orderNo),
        "/merchants/" + merchant + "/orders/" + order.orderNo() + "/cancel",
        Map.of());
    return visit.redirect(
        visit.here() + "/orders/" + merchant + "/" + order.orderNo() + "?done=cancelled");
  }
}
