package org.actsandbox.agent.purchase;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryViolation;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;
import org.actsandbox.protocol.delegation.boundary.TargetMatch;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/**
 * Checks a purchase against the authority it rests on, by the agent's own records: before the cart
 * is confirmed (ACT CID-6) and again before the payment is asked for (PSD-5).
 */
final class PurchaseSelfCheck {

  private final AgentWorld world;
  private final Purchases purchases;
  private final DelegationServiceClient service;

  PurchaseSelfCheck(AgentWorld world, Purchases purchases, DelegationServiceClient service) {
    this.world = world;
    this.purchases = purchases;
    this.service = service;
  }

  /**
   * Why it must not be bought.
   *
   * @param code the catalogued error that the payment service would answer
   */
  record Broken(String code, Text reason) {}

  /** Empty when it is inside, and for what the principal confirms at the cashier. */
  Optional<Broken> firstViolation(Purchase purchase, Platform platform) {
    var delegatedAuthority = purchase.delegated();
    if (delegatedAuthority == null) {
      return Optional.empty();
    }
    var iac = service.parseCredential(delegatedAuthority);
    var state = service.currentState(iac);
    if (state.isEmpty()) {
      return Optional.of(
          new Broken("delegation_state_unknown", AgentPhrases.bilingual("outside.state_unknown")));
    }
    var others =
        purchases.findByDelegation(delegatedAuthority.delegationId()).stream()
            .filter(other -> !other.purchaseId().equals(purchase.purchaseId()))
            .toList();
    var paid = others.stream().filter(PurchaseSelfCheck::isPaid).toList();
    var delegationUsage =
        new DelegationUsage(
            state.get(),
            spent(others),
            paid.size(),
            0,
            bought(iac.payload(), paid),
            firstPrice(purchase, paid));
    // The merchant signs what it sells with the order: before the cart there is nothing to compare.
    boolean isOrdered = purchase.has(Purchase.SignedPaper.ORDER);
    var boundaryViolation =
        world
            .delegations()
            .boundaries()
            .violations(iac.payload(), delegationUsage, attempt(purchase, platform))
            .stream()
            .filter(passed -> isOrdered || passed.boundary() != Boundary.GOODS_STATED)
            .toList();
    note(purchase, platform, boundaryViolation);
    return boundaryViolation.stream().findFirst().map(PurchaseSelfCheck::firstViolation);
  }

  private static Broken firstViolation(BoundaryViolation boundaryViolation) {
    return new Broken(
        boundaryViolation.boundary().problem().code(),
        AgentPhrases.bilingual(
            "outside." + boundaryViolation.boundary().name().toLowerCase(java.util.Locale.ROOT),
            boundaryViolation.expected(),
            boundaryViolation.observed()));
  }

  private void note(
      Purchase purchase, Platform platform, List<BoundaryViolation> boundaryViolation) {
    var data = new HashMap<String, String>();
    data.put("merchant", platform.did().value());
    data.put("amount", purchase.total().decimal());
    data.put("currency", purchase.total().currency().getCurrencyCode());
    boundaryViolation.stream()
        .findFirst()
        .ifPresent(
            passed -> {
              data.put("code", passed.boundary().problem().code());
              data.put("expected", passed.expected());
              data.put("observed", passed.observed());
              data.put("action", passed.action().name());
            });
    PurchaseProcess.note(
        world,
        purchase,
        JournalNote.Kind.DECISION,
        ActComponent.CID_CART_CFM,
        boundaryViolation.isEmpty() ? "self-check-passed" : "self-check-failed",
        data);
  }

  private PaymentAttempt attempt(Purchase purchase, Platform platform) {
    return new PaymentAttempt(
        world.now(),
        world.agent(),
        world.delegations().principal(),
        DelegationMode.SPECIFIED,
        purchase.total(),
        PaymentClient.METHOD,
        platform.did(),
        purchase.shown().offer().kind().code(),
        fulfilmentTime(world, purchase),
        goods(purchase));
  }

  /** What the merchant signed that it sells; null before it has. */
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

  /** As it was paid first under the authority; before that, as it was offered. */
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

  /** When what is bought is delivered or begins; null when it has no such moment. */
  static @Nullable Instant fulfilmentTime(AgentWorld world, Purchase purchase) {
    return switch (purchase.shown().offer().details()) {
      case OfferDetails.Train train -> train.departs().toInstant();
      case OfferDetails.Hotel hotel ->
          hotel.checkIn().atTime(LocalTime.NOON).atZone(world.zone()).toInstant();
      case OfferDetails.Shop shop -> shop.promisedBy().toInstant();
      case OfferDetails.Service _ -> null;
    };
  }

  private static Money spent(List<Purchase> others) {
    return CartPreCheck.committedAmount(others);
  }

  /** Also one that was given back afterwards: the payment service counts it too. */
  private static boolean isPaid(Purchase other) {
    return other.has(Purchase.SignedPaper.PAYMENT)
        && PaymentClient.status(other.paper(Purchase.SignedPaper.PAYMENT)) == PaymentStatus.PAID;
  }
}
