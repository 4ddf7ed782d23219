package org.actsandbox.protocol.delegation.boundary;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.PaymentMethods;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.DeliveryWindow;
import org.actsandbox.protocol.delegation.Extension;
import org.actsandbox.protocol.delegation.Extension.OnPaymentFailure;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.boundary.TargetMatch.Difference;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Checks a payment against every bound of its delegation. The agent uses it before it confirms a
 * cart (ACT CID-6), and the PSP before it pays (PSD-5); each side computes the {@link
 * DelegationUsage} from its own records.
 *
 * <p>Edges: the time window includes its first moment and excludes its last; an amount exactly at a
 * limit is allowed.
 */
public final class DelegationBoundaryCheck implements BoundaryCheck {

  @Override
  public List<BoundaryViolation> violations(
      IacPayload authority, DelegationUsage usage, PaymentAttempt attempt) {
    var found = new ArrayList<BoundaryViolation>();
    var action =
        Optional.ofNullable(authority.bounds().behaviorOrNone().priceDeviationAction())
            .orElse(PriceDeviationAction.PAUSE_AND_NOTIFY);
    for (var boundary : Boundary.values()) {
      var violation = violation(boundary, authority, usage, attempt);
      if (violation != null) {
        found.add(new BoundaryViolation(boundary, violation.expected, violation.observed, action));
      }
    }
    return List.copyOf(found);
  }

  private record Violation(String expected, String observed) {}

  private static @Nullable Violation violation(
      Boundary boundary, IacPayload authority, DelegationUsage usage, PaymentAttempt attempt) {
    return switch (boundary) {
      case NOT_BEGUN ->
          unless(
              !attempt.at().isBefore(authority.validityStartTime()),
              "from " + authority.validityStartTime(),
              attempt.at());
      case OVER ->
          unless(
              attempt.at().isBefore(authority.validityEndTime())
                  && usage.state() != DelegationState.EXPIRED,
              "before " + authority.validityEndTime(),
              attempt.at());
      case SUSPENDED -> unlessState(usage, DelegationState.SUSPENDED);
      case REVOKED -> unlessState(usage, DelegationState.REVOKED);
      case AGENT -> same(authority.agentId(), attempt.agent());
      case PRINCIPAL -> same(authority.delegatorIdentity(), attempt.principal());
      case MODE -> same(authority.mode(), attempt.mode());
      case CURRENCY -> same(authority.currencyCode(), attempt.amount().currency());
      case SINGLE_AMOUNT -> single(authority, attempt.amount());
      case CUMULATIVE_AMOUNT -> cumulative(authority, usage, attempt.amount());
      case PRICE_DEVIATION -> deviation(authority, usage, attempt.amount());
      case METHOD -> method(authority.allowedPaymentMethods(), attempt.method());
      case MERCHANT -> merchant(authority.bounds(), attempt);
      case CATEGORY -> category(authority.bounds(), attempt);
      case GOODS_STATED -> stated(authority, attempt);
      case TARGET -> target(authority, usage, attempt);
      case TARGET_TIMES -> times(authority, usage, attempt);
      case FULFILMENT_TIME -> fulfilment(authority.bounds(), attempt);
      case PLAN -> plan(authority.bounds(), usage, attempt);
      case RETRIES -> retries(authority.bounds(), usage);
    };
  }

  private static @Nullable Violation unlessState(DelegationUsage usage, DelegationState bad) {
    return unless(usage.state() != bad, DelegationState.ACTIVE.code(), usage.state().code());
  }

  private static @Nullable Violation single(IacPayload authority, Money amount) {
    if (isOtherCurrency(authority, amount)) {
      return null;
    }
    var most = authority.maxSingle().orElse(authority.maxTotal());
    if (amount.moreThan(most)) {
      return new Violation("at most " + most, amount.toString());
    }
    return authority
        .minSingle()
        .filter(least -> least.moreThan(amount))
        .map(least -> new Violation("at least " + least, amount.toString()))
        .orElse(null);
  }

  private static @Nullable Violation cumulative(
      IacPayload authority, DelegationUsage usage, Money amount) {
    if (isOtherCurrency(authority, amount)) {
      return null;
    }
    var together = usage.spent().plus(amount);
    return unless(
        !together.moreThan(authority.maxTotal()),
        "at most " + authority.maxTotal() + ", of which " + usage.spent() + " is spent",
        together);
  }

  /** Checks the price only upwards: a lower price never violates the tolerance. */
  private static @Nullable Violation deviation(
      IacPayload authority, DelegationUsage usage, Money amount) {
    var tolerance = authority.bounds().behaviorOrNone().priceDeviationTolerance();
    var reference = authority.bounds().privateOrNone().referenceAmount();
    var shown = reference == null ? usage.firstPrice() : authority.money(reference);
    if (tolerance == null || shown == null || isOtherCurrency(authority, amount)) {
      return null;
    }
    var most = shown.percent(tolerance.add(BigDecimal.valueOf(100)));
    return unless(
        !amount.moreThan(most),
        "at most %s, %s %% above %s".formatted(most, tolerance.toPlainString(), shown),
        amount);
  }

  /** Checks the kind of account, because the sandbox has only one payment method. */
  private static @Nullable Violation method(@Nullable List<String> allowed, String account) {
    return allowed == null || PaymentMethods.isAllowed(allowed, PaymentNeeded.METHOD_ID, account)
        ? null
        : new Violation("one of " + String.join(", ", allowed), account);
  }

  private static @Nullable Violation merchant(Extension bounds, PaymentAttempt attempt) {
    var commerce = bounds.commerceOrNone();
    return within(
        commerce.allowedMerchants(), commerce.forbiddenMerchants(), attempt.merchant().value());
  }

  private static @Nullable Violation category(Extension bounds, PaymentAttempt attempt) {
    var commerce = bounds.commerceOrNone();
    return within(commerce.allowedCategories(), commerce.forbiddenCategories(), attempt.category());
  }

  private static @Nullable Violation stated(IacPayload authority, PaymentAttempt attempt) {
    if (authority.mode() != DelegationMode.SPECIFIED) {
      return null;
    }
    var goods = attempt.goods();
    return unless(
        goods != null && !goods.isEmpty() && goods.stream().allMatch(line -> line.facts() != null),
        "a signed order with facts about each line",
        goods == null ? "no order that the bill names" : "an order without facts");
  }

  private static @Nullable Violation target(
      IacPayload authority, DelegationUsage usage, PaymentAttempt attempt) {
    var match = match(authority, usage, attempt);
    if (match == null || match.differences().isEmpty()) {
      return authority.mode() == DelegationMode.SPECIFIED
              && authority.bounds().targetsOrNone().isEmpty()
          ? new Violation("what exactly may be bought", "nothing is specified")
          : null;
    }
    return new Violation(
        match.differences().stream()
            .map(each -> each.field() + " " + each.expected())
            .collect(Collectors.joining(", or ")),
        match.differences().stream()
            .map(Difference::observed)
            .distinct()
            .collect(Collectors.joining(", ")));
  }

  private static @Nullable Violation times(
      IacPayload authority, DelegationUsage usage, PaymentAttempt attempt) {
    var match = match(authority, usage, attempt);
    if (match == null || match.repeated() < 0) {
      return null;
    }
    int most = authority.bounds().targetsOrNone().get(match.repeated()).maxTimes();
    return new Violation(
        most == 1 ? "once" : most + " times",
        "bought %d times before"
            .formatted(TargetMatch.boughtBefore(usage.bought(), match.repeated())));
  }

  /** Returns null if there is nothing to compare. */
  private static @Nullable TargetMatch match(
      IacPayload authority, DelegationUsage usage, PaymentAttempt attempt) {
    var targets = authority.bounds().targetsOrNone();
    if (targets.isEmpty() || attempt.goods() == null || stated(authority, attempt) != null) {
      return null;
    }
    return TargetMatch.of(targets, attempt.goods(), usage.bought());
  }

  private static @Nullable Violation fulfilment(Extension bounds, PaymentAttempt attempt) {
    var required =
        bounds.fulfillment() == null ? null : bounds.fulfillment().deliveryTimeRequirement();
    if (required == null) {
      return null;
    }
    var moment = attempt.fulfilment();
    // A requirement that is unreadable or cannot be checked is not met.
    boolean met =
        moment != null
            && DeliveryWindow.parse(required).filter(window -> window.contains(moment)).isPresent();
    return unless(met, "within " + required, moment == null ? "not known" : moment);
  }

  private static @Nullable Violation plan(
      Extension bounds, DelegationUsage usage, PaymentAttempt attempt) {
    var plan = bounds.privateOrNone().plan();
    if (plan == null) {
      return null;
    }
    if (usage.payments() >= plan.count()) {
      return new Violation(plan.count() + " payments", "payment " + (usage.payments() + 1));
    }
    var next = plan.at(usage.payments());
    return unless(!attempt.at().isBefore(next), "from " + next, attempt.at());
  }

  /** Without a retry policy a failed order is not paid again unless the principal decides so. */
  private static @Nullable Violation retries(Extension bounds, DelegationUsage usage) {
    var behavior = bounds.behaviorOrNone();
    int allowed =
        behavior.onPaymentFailure() == OnPaymentFailure.AUTO_RETRY
                && behavior.maxRetryCount() != null
            ? behavior.maxRetryCount()
            : 0;
    return unless(
        usage.failures() <= allowed,
        "at most " + allowed + " retries",
        "retry " + usage.failures());
  }

  private static @Nullable Violation within(
      @Nullable List<String> allowed, @Nullable List<String> forbidden, String observed) {
    if (forbidden != null && forbidden.contains(observed)) {
      return new Violation("none of " + String.join(", ", forbidden), observed);
    }
    return allowed == null || allowed.contains(observed)
        ? null
        : new Violation("one of " + String.join(", ", allowed), observed);
  }

  private static boolean isOtherCurrency(IacPayload authority, Money amount) {
    return !authority.currencyCode().equals(amount.currency().getCurrencyCode());
  }

  private static @Nullable Violation same(Object expected, Object observed) {
    return unless(
        Objects.toString(expected).equals(Objects.toString(observed)),
        Objects.toString(expected),
        observed);
  }

  private static @Nullable Violation unless(boolean inside, String expected, Object observed) {
    return inside ? null : new Violation(expected, Objects.toString(observed));
  }
}
