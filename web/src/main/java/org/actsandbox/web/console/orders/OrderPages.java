package org.actsandbox.web.console.orders;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.sandbox.dispute.DisputeViews;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.scenarios.client.UnexpectedReply;
import org.actsandbox.web.console.disputes.DisputeForm;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.actsandbox.web.console.purchase.PurchaseTitle;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows the principal's orders at all merchants and one order in full, which can be cancelled or
 * disputed.
 */
@Controller
@RequestMapping("/console/{world}/orders")
class OrderPages {

  private static final int PER_MERCHANT = 50;

  private final ConsoleApiClient consoleApiClient;

  OrderPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  /**
   * One row of the list.
   *
   * @param title what was bought, in the reader's language
   */
  record Line(MerchantProfile merchant, Order order, PurchaseTitle title) {}

  /**
   * Lists the newest orders of all merchants, or those of one merchant page by page, because every
   * merchant keeps its own order book. In a world with several principals it lists the orders that
   * the chosen principal has paid.
   */
  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var merchants = pageRequest.world().participant(Merchants.class);
    var only = pageRequest.query("merchant");
    var pageBuilder =
        pageRequest
            .page("console/orders", "orders")
            .with("showsAll", pageRequest.showsAllPrincipals())
            .with("profiles", profiles(merchants))
            .with("only", only == null ? "" : only);
    if (!pageRequest.showsAllPrincipals()) {
      var paid = pageRequest.world().participant(Psp.class).payments();
      var mine = paid.list(pageRequest.principal(), null, pageRequest.query("cursor"));
      return pageBuilder
          .with("lines", lines(merchants, mine.items(), only, pageRequest.words()))
          .with("next", NextPageLink.next(pageRequest, mine.next()))
          .show();
    }
    if (only != null) {
      var merchant = merchants.get(only);
      var found =
          merchant.orders().newest(OrderFilter.ALL, pageRequest.query("cursor"), PER_MERCHANT);
      return pageBuilder
          .with("lines", lines(merchant, found.items(), pageRequest.words()))
          .with("next", NextPageLink.next(pageRequest, found.next()))
          .show();
    }
    var newest =
        merchants.all().stream()
            .flatMap(
                each ->
                    lines(
                        each,
                        each.orders().newest(OrderFilter.ALL, null, PER_MERCHANT).items(),
                        pageRequest.words())
                        .stream())
            .sorted(Comparator.comparing((Line line) -> line.order().confirmedAt()).reversed())
            .limit(PER_MERCHANT)
            .toList();
    return pageBuilder.with("lines", newest).show();
  }

  private static List<MerchantProfile> profiles(Merchants merchants) {
    return merchants.all().stream().map(Merchant::profile).toList();
  }

  private static List<Line> lines(
      Merchants merchants, List<Payment> payments, @Nullable String only, PageText words) {
    return payments.stream()
        .flatMap(payment -> line(merchants, payment, words).stream())
        .filter(line -> only == null || line.merchant().id().equals(only))
        .distinct()
        .toList();
  }

  /** Returns empty for a payment to a payee that is no merchant of this world. */
  private static Optional<Line> line(Merchants merchants, Payment payment, PageText words) {
    return merchants.all().stream()
        .filter(each -> each.profile().did().value().equals(payment.payee()))
        .findFirst()
        .map(each -> line(each, each.orders().get(payment.merchantOrderNo()), words));
  }

  private static Line line(Merchant merchant, Order order, PageText words) {
    return new Line(merchant.profile(), order, PurchaseTitle.of(order, words));
  }

  private static List<Line> lines(Merchant merchant, List<Order> orders, PageText words) {
    return orders.stream().map(order -> line(merchant, order, words)).toList();
  }

  @GetMapping("/{merchant}/{orderNo}")
  Rendering one(
      PageRequest pageRequest, @PathVariable String merchant, @PathVariable String orderNo) {
    return one(pageRequest, merchant, orderNo, DisputeForm.EMPTY);
  }

  private static Rendering one(
      PageRequest pageRequest, String merchant, String orderNo, DisputeForm form) {
    var shop = pageRequest.world().participant(Merchants.class).get(merchant);
    var order = shop.orders().get(orderNo);
    var disputes =
        pageRequest
            .world()
            .participant(Disputes.class)
            .list(pageRequest.principal(), orderNo, null)
            .items();
    var pageBuilder =
        pageRequest
            .page("console/order", "orders")
            .with("profile", shop.profile())
            .with("order", order)
            .with("bought", PurchaseTitle.of(order, pageRequest.words()))
            .with("waiting", waitingPayment(pageRequest, order))
            .with("cancellable", cancellable(order))
            .with("disputes", disputes)
            .with("disputable", isDisputable(order, disputes))
            .with("form", form)
            .with(
                "records",
                pageRequest
                    .world()
                    .participant(TrustService.class)
                    .records()
                    .ofFlow(LookupKey.ORDER, orderNo))
            .with("done", pageRequest.query("done"));
    if (form.refused() != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  /** Returns the trade number of the payment that waits for the principal; null for none. */
  private static @Nullable String waitingPayment(PageRequest pageRequest, Order order) {
    if (order.status() != OrderStatus.HELD) {
      return null;
    }
    var payments = pageRequest.world().participant(Psp.class).payments();
    return payments.list(pageRequest.principal(), null, null).items().stream()
        .filter(payment -> payment.merchantOrderNo().equals(order.orderNo()))
        .filter(payment -> payment.status() == PaymentStatus.WAITING_FOR_APPROVAL)
        .map(Payment::tradeNo)
        .findFirst()
        .orElse(null);
  }

  /**
   * Tells whether the page shows the dispute form; the dispute service decides whether it takes a
   * claim.
   */
  private static boolean isDisputable(Order order, List<DisputeViews.DisputeView> disputes) {
    boolean paid =
        order.status() == OrderStatus.PAID
            || order.status() == OrderStatus.DELIVERED
            || order.status() == OrderStatus.CANCELLED;
    return paid
        && order.tradeNo() != null
        && disputes.stream().allMatch(each -> each.state().isFinal());
  }

  /**
   * Opens a dispute over the HTTP API that all clients use. A refused form is shown again with
   * everything that was filled in.
   */
  @PostMapping("/{merchant}/{orderNo}/dispute")
  Rendering dispute(
      PageRequest pageRequest,
      @PathVariable String merchant,
      @PathVariable String orderNo,
      FormFields fields) {
    var form = DisputeForm.of(fields);
    try {
      var opened =
          consoleApiClient.post(
              pageRequest.world(),
              pageRequest.principal(),
              "/trust/disputes",
              form.claim(orderNo, merchant, Objects.requireNonNullElse(fields.first("pin"), "")));
      return pageRequest.redirect(
          pageRequest.here()
              + "/disputes/"
              + opened.path("dispute_id").asString()
              + "?done=opened");
    } catch (UnexpectedReply refusal) {
      if (refusal.status() >= 500) {
        throw refusal;
      }
      return one(
          pageRequest, merchant, orderNo, form.refused(refusal.code(), refusal.finer("field")));
    }
  }

  /**
   * Returns the amount that a cancellation gives back; null where the order cannot be cancelled.
   */
  private static @Nullable String cancellable(Order order) {
    if (order.status() == OrderStatus.HELD) {
      return "0.00";
    }
    var back = order.refundable();
    var open = order.status() == OrderStatus.PAID || order.status() == OrderStatus.DELIVERED;
    return open && back != null && new BigDecimal(back).signum() > 0 ? back : null;
  }

  /**
   * Cancels the order with the key of the agent that ordered it, because the principal tells that
   * agent to cancel.
   */
  @PostMapping("/{merchant}/{orderNo}/cancel")
  Rendering cancel(
      PageRequest pageRequest, @PathVariable String merchant, @PathVariable String orderNo) {
    var world = pageRequest.world();
    var shop = world.participant(Merchants.class).get(merchant);
    var order = shop.orders().get(orderNo);
    consoleApiClient.postAs(
        world,
        shop.orders().buyer(orderNo),
        "/merchants/" + merchant + "/orders/" + order.orderNo() + "/cancel",
        Map.of());
    return pageRequest.redirect(
        pageRequest.here() + "/orders/" + merchant + "/" + order.orderNo() + "?done=cancelled");
  }
}
