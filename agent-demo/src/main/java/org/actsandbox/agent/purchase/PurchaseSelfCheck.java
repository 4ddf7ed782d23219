package org.actsandbox.agent.purchase;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.delegation.AuthorityCheck;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryViolation;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;
import org.actsandbox.protocol.delegation.boundary.TargetMatch;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/**
 * Checks a purchase against the authority it rests on, by the agent's own records: before the cart
 * is confirmed (ACT CID-6) and again before the payment is requested (PSD-5).
 */
final class PurchaseSelfCheck {

  private final AgentWorld world;
  private final Purchases purchases;
  private final AuthorityCheck authorityCheck;

  PurchaseSelfCheck(AgentWorld world, Purchases purchases, AuthorityCheck authorityCheck) {
    this.world = world;
    this.purchases = purchases;
    this.authorityCheck = authorityCheck;
  }

  /**
   * The reason why the purchase must not be made.
   *
   * @param code the catalogued error that the payment service would answer
   */
  record Violation(String code, Text reason) {}

  /**
   * Returns the first boundary that the purchase would pass. It is empty when there is none, and
   * for purchases that the principal confirms at the cashier.
   */
  Optional<Violation> firstViolation(Purchase purchase, Platform platform) {
    var delegatedAuthority = purchase.delegated();
    if (delegatedAuthority == null) {
      return Optional.empty();
    }
    var violations =
        authorityCheck.violations(
            delegatedAuthority,
            (payload, state) -> usage(purchase, payload, state),
            attempt(purchase, platform));
    if (violations.isEmpty()) {
      return Optional.of(
          new Violation(
              "delegation_state_unknown", AgentPhrases.bilingual("outside.state_unknown")));
    }
    // The merchant signs its goods with the order: before the cart there is nothing to compare.
    boolean isOrdered = purchase.has(Purchase.SignedPaper.ORDER);
    var first =
        violations.get().stream()
            .filter(passed -> isOrdered || passed.boundary() != Boundary.GOODS_STATED)
            .findFirst();
    note(purchase, platform, first);
    return first.map(
        passed -> new Violation(AuthorityCheck.code(passed), AuthorityCheck.reason(passed)));
  }

  /** Counts what the agent itself knows of the other purchases under the authority. */
  private DelegationUsage usage(Purchase purchase, IacPayload payload, DelegationState state) {
    var others =
        purchases.findByDelegation(payload.delegationId()).stream()
            .filter(other -> !other.purchaseId().equals(purchase.purchaseId()))
            .toList();
    var paid = others.stream().filter(PurchaseSelfCheck::isPaid).toList();
    return new DelegationUsage(
        state,
        CartPreCheck.committedAmount(others),
        paid.size(),
        0,
        bought(payload, paid),
        firstPrice(purchase, paid));
  }

  private void note(Purchase purchase, Platform platform, Optional<BoundaryViolation> first) {
    var data = new HashMap<String, String>();
    data.put("merchant", platform.did().value());
    data.put("amount", purchase.total().decimal());
    data.put("currency", purchase.total().currency().getCurrencyCode());
    first.ifPresent(
        passed -> {
          data.put("code", AuthorityCheck.code(passed));
          data.put("expected", passed.expected());
          data.put("observed", passed.observed());
          data.put("action", passed.action().name());
        });
    PurchaseProcess.note(
        world,
        purchase,
        JournalNote.Kind.DECISION,
        ActComponent.CID_CART_CFM,
        first.isEmpty() ? JournalEvent.SELF_CHECK_PASSED : JournalEvent.SELF_CHECK_FAILED,
        data);
  }

  private PaymentAttempt attempt(Purchase purchase, Platform platform) {
    return new PaymentAttempt(
        world.now(),
        world.agent(),
        world.delegations().principal(),
        purchase.delegationMode(),
        purchase.total(),
        PurchasePaymentRequests.METHOD,
        platform.did(),
        purchase.shown().offer().kind().code(),
        fulfilmentTime(world, purchase),
        goods(purchase));
  }

  /** Returns the goods as the merchant signed them; null before there is an order. */
  private static @Nullable List<Order.Line> goods(Purchase purchase) {
    return purchase.has(Purchase.SignedPaper.ORDER)
        ? Json.read(purchase.paper(Purchase.SignedPaper.ORDER), Order.class).lines()
        : null;
  }

  private static List<Integer> bought(IacPayload authority, List<Purchase> paid) {
    var targets = authority.bounds().targetsOrNone();
    List<Integer> bought = List.of();
    for (var purchase : paid) {
      var goods = goods(purchase);
      bought = goods == null ? bought : TargetMatch.of(targets, goods, bought).boughtAfter(bought);
    }
    return bought;
  }

  /** Returns the price of the first payment under the authority; before that, the offered price. */
  private static Money firstPrice(Purchase purchase, List<Purchase> paid) {
    return paid.stream()
        .min(Comparator.comparing(Purchase::turn).thenComparing(Purchase::place))
        .map(Purchase::total)
        .orElseGet(
            () -> {
              var offer = purchase.shown().offer();
              return Money.of(offer.total(), offer.currency());
            });
  }

  /**
   * Returns when the goods are delivered or the service begins; null when there is no such moment.
   */
  static @Nullable Instant fulfilmentTime(AgentWorld world, Purchase purchase) {
    return switch (purchase.shown().offer().details()) {
      case OfferDetails.Train train -> train.departs().toInstant();
      case OfferDetails.Hotel hotel ->
          hotel.checkIn().atTime(LocalTime.NOON).atZone(world.zone()).toInstant();
      case OfferDetails.Shop shop ->
          shop.promisedBy() == null ? null : shop.promisedBy().toInstant();
      case OfferDetails.Service _ -> null;
    };
  }

  /**
   * A purchase that was given back afterwards counts too, because the payment service counts it.
   */
  private static boolean isPaid(Purchase other) {
    return other.has(Purchase.SignedPaper.PAYMENT)
        && PaymentClient.status(other.paper(Purchase.SignedPaper.PAYMENT)) == PaymentStatus.PAID;
  }
}
