package org.actsandbox.web.console.orders;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.dispute.DisputeViews;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.order.ExternalOrderStates;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.disputes.DisputeForm;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.picture.FlowPicture;
import org.actsandbox.web.console.port.DisputeReader;
import org.actsandbox.web.console.port.EvidenceReader;
import org.actsandbox.web.console.port.MerchantReader;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.actsandbox.web.console.purchase.MoneyFlow;
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

  /** Ours: with so many orders the page is three screens high. */
  private static final int LINES = 30;

  /** The order of a list, which is that of the merchants' own pages. */
  private static final Comparator<Line> NEWEST =
      Comparator.comparing((Line line) -> line.order().confirmedAt())
          .thenComparing(line -> line.order().orderNo())
          .reversed();

  private final ConsoleApiClient consoleApiClient;
  private final MerchantReader merchantReader;
  private final PaymentReader paymentReader;
  private final DisputeReader disputeReader;
  private final EvidenceReader evidenceReader;
  private final OrderCancellations orderCancellations;

  OrderPages(
      ConsoleApiClient consoleApiClient,
      MerchantReader merchantReader,
      PaymentReader paymentReader,
      DisputeReader disputeReader,
      EvidenceReader evidenceReader,
      OrderCancellations orderCancellations) {
    this.consoleApiClient = consoleApiClient;
    this.merchantReader = merchantReader;
    this.paymentReader = paymentReader;
    this.disputeReader = disputeReader;
    this.evidenceReader = evidenceReader;
    this.orderCancellations = orderCancellations;
  }

  /** A merchant of the sandbox or from outside, as a list names it. */
  record Seller(String id, Text name) {

    static Seller of(MerchantProfile profile) {
      return new Seller(profile.id(), profile.name());
    }

    static Seller of(ExternalMerchant merchant) {
      return new Seller(merchant.id(), merchant.name());
    }
  }

  /**
   * One row of the list.
   *
   * @param title what was bought, in the reader's language
   */
  record Line(Seller merchant, Order order, PurchaseTitle title) {

    static Line of(Seller merchant, Order order, PageText words) {
      return new Line(merchant, order, PurchaseTitle.of(order, words));
    }
  }

  /**
   * Lists the orders of all merchants or of one, page by page, the newest first; every merchant
   * keeps its own order book. In a world with several principals it lists the orders that the
   * chosen principal has paid.
   */
  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var world = pageRequest.world();
    var profiles = merchantReader.profiles(world);
    var only = pageRequest.query("merchant");
    var words = pageRequest.words();
    var pageBuilder =
        pageRequest
            .page("console/orders", "orders")
            .with("showsAll", pageRequest.showsAllPrincipals())
            .with("profiles", sellers(world, profiles))
            .with("only", only == null ? "" : only);
    if (!pageRequest.showsAllPrincipals()) {
      var mine = paymentReader.newest(world, pageRequest.principal(), pageRequest.query("cursor"));
      return pageBuilder
          .with("lines", lines(world, profiles, mine.items(), only, words))
          .with("next", NextPageLink.next(pageRequest, mine.next()))
          .show();
    }
    if (only != null && world.externalMerchants().get(only).isPresent()) {
      var found = outsideOrders(world, only, pageRequest.query("cursor"), LINES);
      return pageBuilder
          .with("lines", lines(world, found.items(), words))
          .with("next", NextPageLink.next(pageRequest, found.next()))
          .show();
    }
    if (only != null) {
      var profile = merchantReader.profile(world, only);
      var found = merchantReader.orders(world, only, pageRequest.query("cursor"), LINES);
      return pageBuilder
          .with("lines", lines(profile, found.items(), words))
          .with("next", NextPageLink.next(pageRequest, found.next()))
          .show();
    }
    var newest = newest(world, profiles, pageRequest.query("cursor"), words);
    return pageBuilder
        .with("lines", newest.items())
        .with("next", NextPageLink.next(pageRequest, newest.next()))
        .show();
  }

  /** Returns a page of the orders at all merchants; each merchant has those of the page. */
  private Page<Line> newest(
      World world, List<MerchantProfile> profiles, @Nullable String cursor, PageText words) {
    var all =
        Stream.concat(
                profiles.stream()
                    .flatMap(
                        each ->
                            lines(
                                each,
                                merchantReader.orders(world, each.id(), cursor, LINES + 1).items(),
                                words)
                                .stream()),
                lines(world, outsideOrders(world, null, cursor, LINES + 1).items(), words).stream())
            .sorted(NEWEST)
            .toList();
    var shown = all.subList(0, Math.min(LINES, all.size()));
    return new Page<>(
        shown, all.size() > LINES ? merchantReader.cursorAfter(shown.getLast().order()) : null);
  }

  private static List<Seller> sellers(World world, List<MerchantProfile> profiles) {
    return Stream.concat(
            profiles.stream().map(Seller::of),
            world.externalMerchants().all().stream().map(Seller::of))
        .toList();
  }

  /** Returns what the world's agent ordered at merchants from outside. */
  private static Page<Order> outsideOrders(
      World world, @Nullable String merchant, @Nullable String cursor, int size) {
    return new ExternalOrderStates(world)
        .newest(new OrderFilter(world.agent(), null), merchant, cursor, size);
  }

  private static List<Line> lines(World world, List<Order> orders, PageText words) {
    return orders.stream().flatMap(order -> outsideLine(world, order, words).stream()).toList();
  }

  private static Optional<Line> outsideLine(World world, Order order, PageText words) {
    return world
        .externalMerchants()
        .get(order.merchantId())
        .map(merchant -> Line.of(Seller.of(merchant), order, words));
  }

  private List<Line> lines(
      World world,
      List<MerchantProfile> profiles,
      List<Payment> payments,
      @Nullable String only,
      PageText words) {
    return payments.stream()
        .flatMap(
            payment ->
                line(world, profiles, payment, words)
                    .or(() -> outsideLine(world, payment, words))
                    .stream())
        .filter(line -> only == null || line.merchant().id().equals(only))
        .distinct()
        .toList();
  }

  /** Returns empty for a payment to a payee that is no merchant of this world. */
  private Optional<Line> line(
      World world, List<MerchantProfile> profiles, Payment payment, PageText words) {
    return profiles.stream()
        .filter(each -> each.did().value().equals(payment.payee()))
        .findFirst()
        .map(
            each ->
                Line.of(
                    Seller.of(each),
                    merchantReader.order(world, each.id(), payment.merchantOrderNo()),
                    words));
  }

  private static Optional<Line> outsideLine(World world, Payment payment, PageText words) {
    return new ExternalOrderStates(world)
        .find(new Did(payment.payee()), payment.merchantOrderNo())
        .flatMap(order -> outsideLine(world, order, words));
  }

  private static List<Line> lines(MerchantProfile profile, List<Order> orders, PageText words) {
    return orders.stream().map(order -> Line.of(Seller.of(profile), order, words)).toList();
  }

  @GetMapping("/{merchant}/{orderNo}")
  Rendering one(
      PageRequest pageRequest, @PathVariable String merchant, @PathVariable String orderNo) {
    return one(pageRequest, merchant, orderNo, DisputeForm.EMPTY, null);
  }

  private Rendering one(
      PageRequest pageRequest,
      String merchant,
      String orderNo,
      DisputeForm form,
      OrderCancellations.@Nullable NotCancelled notCancelled) {
    var world = pageRequest.world();
    var shown = line(world, merchant, orderNo, pageRequest.words());
    var order = shown.order();
    var disputes = disputeReader.ofOrder(world, pageRequest.principal(), merchant, orderNo);
    var pageBuilder =
        pageRequest
            .page("console/order", "orders")
            .with("profile", shown.merchant())
            .with("order", order)
            .with("bought", shown.title())
            .with("state", stateWords(order))
            .with("waiting", waitingPayment(pageRequest, order))
            .with("flow", flow(pageRequest, order))
            .with("outside", world.externalMerchants().get(merchant).isPresent())
            .with("cancellation", cancellation(pageRequest, order))
            .with("notCancelled", notCancelled)
            .with("disputes", disputes)
            .with("disputable", isDisputable(order, disputes))
            .with("form", form)
            .with("records", evidenceReader.ofOrder(world, orderNo, merchant))
            .with("done", pageRequest.query("done"));
    if (form.refused() != null || notCancelled != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  /** Finds an order; one at a merchant from outside is shown as its answers said. */
  private Line line(World world, String merchant, String orderNo, PageText words) {
    var outside = world.externalMerchants().get(merchant);
    if (outside.isEmpty()) {
      return Line.of(
          Seller.of(merchantReader.profile(world, merchant)),
          merchantReader.order(world, merchant, orderNo),
          words);
    }
    return new ExternalOrderStates(world)
        .find(outside.get().did(), orderNo)
        .map(order -> Line.of(Seller.of(outside.get()), order, words))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "the merchant has no order of this number")
                    .at("order_no")
                    .observed(orderNo));
  }

  /** Draws where the money went; null before the payment, and for another principal's payment. */
  private @Nullable FlowPicture flow(PageRequest pageRequest, Order order) {
    var trade = order.tradeNo();
    if (trade == null) {
      return null;
    }
    try {
      var bookings = paymentReader.bookings(pageRequest.world(), pageRequest.principal(), trade);
      return bookings.isEmpty() ? null : new MoneyFlow(pageRequest.words()).of(order, bookings);
    } catch (Refusal refused) {
      if (refused.problem() == Problem.NOT_FOUND) {
        return null;
      }
      throw refused;
    }
  }

  /**
   * Returns the end of the key of the sentence about an order's state; empty for a delivered order,
   * which its delivery describes.
   */
  private static String stateWords(Order order) {
    var delivery = order.delivery();
    return switch (order.status()) {
      case HELD -> "held";
      case PAID -> "paid";
      case DELIVERED -> "";
      case EXPIRED -> "expired";
      case CANCELLED, REFUNDED ->
          order.status().name().toLowerCase(Locale.ROOT)
              + (delivery == null ? "" : "." + delivery.kind().code());
    };
  }

  /** Returns the trade number of the payment that waits for the principal; null for none. */
  private @Nullable String waitingPayment(PageRequest pageRequest, Order order) {
    if (order.status() != OrderStatus.HELD) {
      return null;
    }
    return paymentReader
        .waiting(pageRequest.world(), pageRequest.principal(), order)
        .map(Payment::tradeNo)
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
          pageRequest,
          merchant,
          orderNo,
          form.refused(refusal.code(), refusal.finer("field")),
          null);
    }
  }

  /**
   * Says what a cancellation does.
   *
   * @param back the amount that comes back; null where only the merchant knows it
   * @param possible whether the sandbox can cancel in the name of the agent that ordered
   */
  record Cancellation(@Nullable String back, boolean possible) {}

  /** Returns null where there is nothing to cancel. */
  private @Nullable Cancellation cancellation(PageRequest pageRequest, Order order) {
    boolean held = order.status() == OrderStatus.HELD;
    if (!held && order.status() != OrderStatus.PAID && order.status() != OrderStatus.DELIVERED) {
      return null;
    }
    var world = pageRequest.world();
    var outside = world.externalMerchants().get(order.merchantId());
    if (outside.isPresent()) {
      var orders = world.externalMerchants().orders();
      // Without a cart there is no order that the merchant could cancel.
      return orders.signed(outside.get().did(), order.orderNo()).isEmpty()
          ? null
          : new Cancellation(
              held ? "0.00" : null,
              orderCancellations.isPossible(world, pageRequest.principal(), order));
    }
    var back = held ? "0.00" : order.refundable();
    return held || (back != null && new BigDecimal(back).signum() > 0)
        ? new Cancellation(back, true)
        : null;
  }

  /**
   * Cancels the order. What the merchant did not cancel is shown again with the reason and with
   * what to do next.
   */
  @PostMapping("/{merchant}/{orderNo}/cancel")
  Rendering cancel(
      PageRequest pageRequest, @PathVariable String merchant, @PathVariable String orderNo) {
    var world = pageRequest.world();
    var order = line(world, merchant, orderNo, pageRequest.words()).order();
    var notCancelled = orderCancellations.cancel(world, pageRequest.principal(), order);
    return notCancelled.isPresent()
        ? one(pageRequest, merchant, orderNo, DisputeForm.EMPTY, notCancelled.get())
        : pageRequest.redirect(
            pageRequest.here() + "/orders/" + merchant + "/" + order.orderNo() + "?done=cancelled");
  }
}
