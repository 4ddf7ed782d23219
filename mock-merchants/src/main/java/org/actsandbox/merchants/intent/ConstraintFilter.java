package org.actsandbox.merchants.intent;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.Constraints;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.PaymentMethods;
import org.actsandbox.protocol.delegation.DeliveryWindow;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.jspecify.annotations.Nullable;

/**
 * Checks the constraints of a request against this merchant at once and against each of its offers
 * (CID-2). A constraint that this merchant can never keep is a conflict; one that no offer keeps is
 * no match (CID-3).
 */
final class ConstraintFilter {

  private static final String PATH = "context.constraints.";
  private static final Constraints NONE =
      new Constraints(null, null, null, null, null, null, null, null, null, null);

  private final Constraints given;
  private final MerchantContext merchantContext;
  private final @Nullable DeliveryWindow window;

  private ConstraintFilter(Constraints given, MerchantContext merchantContext) {
    this.given = given;
    this.merchantContext = merchantContext;
    this.window = window(given.deliveryTimeRequirement());
  }

  /**
   * Reads the constraints and checks those that concern the merchant itself.
   *
   * @throws Refusal {@code constraint_conflict}
   */
  static ConstraintFilter of(@Nullable Constraints given, MerchantContext merchantContext) {
    var constraintFilter = new ConstraintFilter(given == null ? NONE : given, merchantContext);
    constraintFilter.checkMerchant();
    constraintFilter.checkMethods();
    return constraintFilter;
  }

  /** Says whether the filter keeps every offer, because the request has no constraints. */
  boolean keepsAll() {
    return given.equals(NONE);
  }

  /** Checks that the values of constraints can be read; absent ones are no mistakes. */
  static void checkValues(@Nullable Constraints given, MistakeCollector mistakes) {
    if (given == null) {
      return;
    }
    mistakes.checkPresent(given.maxUnitPrice(), each -> amount("max_unit_price", each));
    mistakes.checkPresent(given.maxPrice(), each -> amount("max_price", each));
    mistakes.checkPresent(given.minPrice(), each -> amount("min_price", each));
    mistakes.check(() -> window(given.deliveryTimeRequirement()));
    mistakes.checkPresent(
        given.allowedPaymentMethods(),
        allowed -> {
          if (!allowed.stream().filter(Objects::nonNull).allMatch(PaymentMethods::isValidEntry)) {
            throw malformed("allowed_payment_methods", PaymentMethods.expected());
          }
        });
  }

  private void checkMerchant() {
    var names = List.of(merchantContext.id(), merchantContext.did().value());
    if (given.forbiddenMerchants() != null
        && names.stream().anyMatch(given.forbiddenMerchants()::contains)) {
      throw conflict("forbidden_merchants", "this merchant is forbidden");
    }
    if (given.allowedMerchants() != null
        && names.stream().noneMatch(given.allowedMerchants()::contains)) {
      throw conflict("allowed_merchants", "this merchant is not among those allowed");
    }
  }

  private void checkMethods() {
    var allowed = given.allowedPaymentMethods();
    if (allowed == null) {
      return;
    }
    if (PaymentMethods.filterAllowed(allowed, List.of(PaymentNeeded.METHOD_ID)).isEmpty()) {
      throw conflict("allowed_payment_methods", "this merchant takes none of the methods")
          .expected(PaymentNeeded.METHOD_ID)
          .observed(String.join(", ", allowed));
    }
  }

  /**
   * Returns the offers that keep all constraints, in their order.
   *
   * @throws Refusal {@code no_match}, with the name of the constraint that leaves no offer
   */
  List<Offer> keep(List<Offer> offers) {
    var remaining = offers;
    remaining = keep(remaining, "currency", isIn(given.currency()), "an offer in CNY");
    remaining =
        keep(
            remaining,
            "forbidden_categories",
            offer -> !isOf(offer, given.forbiddenCategories(), false),
            "another category");
    remaining =
        keep(
            remaining,
            "allowed_categories",
            offer -> isOf(offer, given.allowedCategories(), true),
            "another category");
    remaining = keep(remaining, "delivery_time_requirement", this::isInTime, "another time");
    remaining =
        keep(
            remaining,
            "max_unit_price",
            offer -> isAtMost(unitPrice(offer), given.maxUnitPrice()),
            "at least " + cheapest(remaining, ConstraintFilter::unitPrice));
    remaining =
        keep(
            remaining,
            "max_price",
            offer -> isAtMost(price(offer), given.maxPrice()),
            "at least " + cheapest(remaining, ConstraintFilter::price));
    return keep(
        remaining,
        "min_price",
        offer ->
            given.minPrice() == null
                || !amount("min_price", given.minPrice()).moreThan(price(offer)),
        "a lower amount");
  }

  private static List<Offer> keep(
      List<Offer> offers, String name, Predicate<Offer> fits, String expected) {
    var fitting = offers.stream().filter(fits).toList();
    if (fitting.isEmpty()) {
      throw new Refusal(Problem.NO_MATCH, "nothing that fits the need keeps this constraint")
          .at(PATH + name)
          .expected(expected)
          .remedy("Loosen the constraint, or ask another merchant.");
    }
    return fitting;
  }

  private static Predicate<Offer> isIn(@Nullable String currency) {
    return offer -> currency == null || currency.equals(offer.currency());
  }

  /**
   * Compares the categories with the kind of goods, as delegations name it, and with the offer's
   * own category.
   */
  private static boolean isOf(Offer offer, @Nullable List<String> categories, boolean ifNone) {
    return categories == null
        ? ifNone
        : categories.stream()
            .anyMatch(
                category ->
                    category.equalsIgnoreCase(offer.kind().code())
                        || category.equalsIgnoreCase(offer.category().en())
                        || category.equals(offer.category().zh()));
  }

  private boolean isInTime(Offer offer) {
    return window == null || window.contains(moment(offer));
  }

  /** Returns when the offer is delivered or begins. */
  private Instant moment(Offer offer) {
    return switch (offer.details()) {
      case OfferDetails.Train train -> train.departs().toInstant();
      case OfferDetails.Hotel hotel ->
          hotel.checkIn().atTime(LocalTime.NOON).atZone(merchantContext.world().zone()).toInstant();
      case OfferDetails.Shop shop when shop.promisedBy() != null -> shop.promisedBy().toInstant();
      case OfferDetails.Shop _, OfferDetails.Service _ -> merchantContext.now();
    };
  }

  private boolean isAtMost(Money price, @Nullable String most) {
    return most == null || !price.moreThan(amount("max_price", most));
  }

  private static String cheapest(
      List<Offer> offers, java.util.function.Function<Offer, Money> price) {
    return offers.stream().map(price).min(Money::compareTo).map(Money::toString).orElse("more");
  }

  private static Money price(Offer offer) {
    return Money.of(offer.total(), offer.currency());
  }

  private static Money unitPrice(Offer offer) {
    var total = price(offer);
    return new Money(Math.ceilDiv(total.minorUnits(), offer.quantity()), total.currency());
  }

  private static Money amount(String name, String decimal) {
    try {
      return Money.of(decimal, Money.CNY.getCurrencyCode());
    } catch (IllegalArgumentException wrong) {
      throw malformed(name, "a decimal text such as 99.00");
    }
  }

  private static @Nullable DeliveryWindow window(@Nullable String required) {
    return required == null
        ? null
        : DeliveryWindow.parse(required)
            .orElseThrow(
                () ->
                    malformed(
                        "delivery_time_requirement",
                        "an interval such as 2026-11-26T08:00:00+08:00/.."));
  }

  private static Refusal malformed(String name, String expected) {
    return new Refusal(Problem.INTENT_MALFORMED, name + " cannot be read")
        .at(PATH + name)
        .expected(expected);
  }

  private static Refusal conflict(String name, String detail) {
    return new Refusal(Problem.CONSTRAINT_CONFLICT, detail)
        .at(PATH + name)
        .remedy("Ask another merchant, or loosen the constraint.");
  }
}
