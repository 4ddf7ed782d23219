package org.actsandbox.agent.purchase;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.payment.AlipayPaymentClient;
import org.actsandbox.agent.payment.PaymentClient.PaymentKind;
import org.actsandbox.agent.payment.PaymentClient.SignedPaymentRequest;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A purchase of one offer.
 *
 * @param turn the turn in which the principal chose it
 * @param place its position among the offers bought together, from 0
 * @param seat a seat that the principal picked, such as {@code 05-11F}
 * @param papers signed messages byte for byte as they were sent or received, by {@link
 *     Purchase.SignedPaper}
 * @param code the reason why it failed
 * @param delegated the authority for its payment; absent when the principal confirms each payment
 */
public record Purchase(
    String purchaseId,
    String conversationId,
    int turn,
    int place,
    String intentId,
    PurchaseState state,
    RankedOffer shown,
    @Nullable Budget budget,
    @Nullable String seat,
    Map<Purchase.SignedPaper, JsonNode> papers,
    @Nullable String code,
    @Nullable Text reason,
    @Nullable DelegatedAuthority delegated) {

  private static final int MAX_TITLE = 160;

  /** Names the signed messages that are stored with a purchase. */
  public enum SignedPaper {
    CART,
    ORDER,
    /** The request for a seller agent's service as a text, which is sent again with the proof. */
    SERVICE_REQUEST,
    /** Both layers of a bill that takes the place of an order: of a gate or a seller agent. */
    BILL,
    REQUEST,
    PAYMENT,
    DELIVERY
  }

  public Purchase {
    papers = Map.copyOf(papers);
  }

  Purchase move(PurchaseState next) {
    return endedAs(next, code, reason);
  }

  Purchase endedAs(PurchaseState next, @Nullable String why, @Nullable Text words) {
    if (!state.successors().contains(next)) {
      throw new IllegalStateException(
          "purchase %s is %s, not to become %s".formatted(purchaseId, state, next));
    }
    return with(next, papers, why, words);
  }

  Purchase withPaper(Purchase.SignedPaper signedPaper, JsonNode content) {
    var more = new HashMap<>(papers);
    more.put(signedPaper, content);
    return with(state, more, code, reason);
  }

  private Purchase with(
      PurchaseState next,
      Map<Purchase.SignedPaper, JsonNode> all,
      @Nullable String why,
      @Nullable Text words) {
    return new Purchase(
        purchaseId,
        conversationId,
        turn,
        place,
        intentId,
        next,
        shown,
        budget,
        seat,
        all,
        why,
        words,
        delegated);
  }

  JsonNode paper(Purchase.SignedPaper signedPaper) {
    var content = papers.get(signedPaper);
    if (content == null) {
      throw new IllegalStateException("purchase %s has no %s".formatted(purchaseId, signedPaper));
    }
    return content;
  }

  /** Returns a message as it was sent or received; empty if there is none yet. */
  public Optional<JsonNode> find(Purchase.SignedPaper signedPaper) {
    return Optional.ofNullable(papers.get(signedPaper));
  }

  boolean has(Purchase.SignedPaper signedPaper) {
    return papers.containsKey(signedPaper);
  }

  Order order() {
    return Json.read(paper(Purchase.SignedPaper.ORDER), Order.class);
  }

  /** Returns the order's number; without a cart the number of the bill takes its place. */
  public String orderNo() {
    if (has(Purchase.SignedPaper.BILL)) {
      return bill().path("out_trade_no").asString("");
    }
    return has(Purchase.SignedPaper.ORDER)
        ? paper(Purchase.SignedPaper.ORDER).path("order_no").asString("")
        : "";
  }

  private JsonNode bill() {
    return paper(Purchase.SignedPaper.BILL).path("protocol");
  }

  /**
   * Returns whether the merchant confirms a cart first; gates and seller agents sell without one.
   */
  boolean needsCart() {
    return !(shown.offer().details() instanceof OfferDetails.Service);
  }

  /** Returns the mode of the authority that can pay it (ACT PSD-5, PSD-7). */
  public DelegationMode delegationMode() {
    // A service has no goods that an authority could name.
    return needsCart() ? DelegationMode.SPECIFIED : DelegationMode.BOUNDED;
  }

  /** Returns until when the bill that takes an order's place can be paid; empty without one. */
  public Optional<Instant> payBefore() {
    return has(Purchase.SignedPaper.BILL)
        ? Optional.of(OffsetDateTime.parse(bill().path("pay_before").asString()).toInstant())
        : Optional.empty();
  }

  public String tradeNo() {
    return has(Purchase.SignedPaper.PAYMENT)
        ? paper(Purchase.SignedPaper.PAYMENT).path("trade_no").asString("")
        : "";
  }

  public String cashierUrl() {
    return has(Purchase.SignedPaper.PAYMENT)
        ? paper(Purchase.SignedPaper.PAYMENT).path("cashier_url").asString("")
        : "";
  }

  /** Returns the signed payment request with the intent that it belongs to. */
  SignedPaymentRequest paymentRequest() {
    var request = paper(Purchase.SignedPaper.REQUEST);
    return new SignedPaymentRequest(
        AlipayPaymentClient.isRequest(request) ? PaymentKind.ALIPAY : paymentKind(),
        intentId,
        request);
  }

  private PaymentKind paymentKind() {
    if (delegated == null) {
      return PaymentKind.INSTANT;
    }
    return switch (delegationMode()) {
      case SPECIFIED -> PaymentKind.DIRECTED;
      case BOUNDED -> PaymentKind.AUTONOMOUS;
    };
  }

  /** Returns the total of the order, or {@link #agreedMaximum()} as long as there is no order. */
  public Money total() {
    if (has(Purchase.SignedPaper.BILL)) {
      return Money.of(bill().path("amount").asString(), bill().path("currency").asString());
    }
    if (!has(Purchase.SignedPaper.ORDER)) {
      return agreedMaximum();
    }
    var order = paper(Purchase.SignedPaper.ORDER);
    return Money.of(order.path("total").asString(), order.path("currency").asString());
  }

  /**
   * Returns the highest price that the cart agrees to: the shown price, or the one that the
   * tolerance allowed.
   */
  Money agreedMaximum() {
    if (!has(Purchase.SignedPaper.CART)) {
      return shown.total();
    }
    var cart = paper(Purchase.SignedPaper.CART);
    return Money.of(cart.path("expected_total").asString(), cart.path("currency").asString());
  }

  /** Returns whether a payment was requested and this record does not tell how it ended. */
  public boolean mayBePaid() {
    return has(Purchase.SignedPaper.REQUEST)
        && state != PurchaseState.DELIVERED
        && state != PurchaseState.RETURNED;
  }

  /** Returns what is bought, as the merchant's order names it; before the order, as the offer. */
  public Text title() {
    return has(Purchase.SignedPaper.ORDER)
        ? orderTitle(paper(Purchase.SignedPaper.ORDER).path("lines").path(0).path("title"))
        : shown.titleWith(seat);
  }

  private Text orderTitle(JsonNode title) {
    var english = title.path("en").asString("");
    var chinese = title.path("zh").asString("");
    return english.isEmpty() || chinese.isEmpty()
        ? shown.titleWith(seat)
        : UntrustedText.sanitize(new Text(english, chinese), MAX_TITLE);
  }
}
