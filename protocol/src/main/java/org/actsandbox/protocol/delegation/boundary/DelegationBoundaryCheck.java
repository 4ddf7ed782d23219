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
 * Checks a payment against everything its delegation bounds. One piece for both sides: the agent
 * asks before it confirms a cart (ACT CID-6), the PSP before it pays (PSD-5). What differs is whose
 * records the {@link DelegationUsage} comes from.
 *
 * <p>Edges: the window begins with its first moment and ends before its last; an amount exactly at
 * a limit is inside.
 */
public final class DelegationBoundaryCheck implements BoundaryCheck {

  @Override
  public List<BoundaryViolation> violations(
      IacPayload authority, DelegationUsage delegationUsage, PaymentAttempt paymentAttempt) {
    var found = new ArrayList<BoundaryViolation>();
    var action =
        Optional.ofNullable(authority.bounds().behaviorOrNone().priceDeviationAction())
            .orElse(PriceDeviationAction.PAUSE_AND_NOTIFY);
    for (var boundary : Boundary.values()) {
      var passed = passed(boundary, authority, delegationUsage, paymentAttempt);
      if (passed != null) {
        found.add(new BoundaryViolation(boundary, passed.expected, passed.observed, action));
      }
    }
    return List.copyOf(found);
  }

  private record Passed(String expected, String observed) {}

  private static @Nullable Passed passed(
      Boundary boundary,
      IacPayload authority,
      DelegationUsage delegationUsage,
      PaymentAttempt paymentAttempt) {
    return switch (boundary) {
      case NOT_BEGUN ->
          unless(
              !paymentAttempt.at().isBefore(authority.validityStartTime()),
              "from " + authority.validityStartTime(),
              paymentAttempt.at());
      case OVER ->
          unless(
              paymentAttempt.at().isBefore(authority.validityEndTime())
                  && delegationUsage.state() != DelegationState.EXPIRED,
              "before " + authority.validityEndTime(),
              paymentAttempt.at());
      case SUSPENDED -> unlessState(delegationUsage, DelegationState.SUSPENDED);
      case REVOKED -> unlessState(delegationUsage, DelegationState.REVOKED);
      case AGENT -> same(authority.agentId(), paymentAttempt.agent());
      case PRINCIPAL -> same(authority.delegatorIdentity(), paymentAttempt.principal());
      case MODE -> same(authority.mode(), paymentAttempt.mode());
      case CURRENCY -> same(authority.currencyCode(), paymentAttempt.amount().currency());
      case SINGLE_AMOUNT -> single(authority, paymentAttempt.amount());
      case CUMULATIVE_AMOUNT -> cumulative(authority, delegationUsage, paymentAttempt.amount());
      case PRICE_DEVIATION -> deviation(authority, delegationUsage, paymentAttempt.amount());
      case METHOD -> method(authority.allowedPaymentMethods(), paymentAttempt.method());
      case MERCHANT -> merchant(authority.bounds(), paymentAttempt);
      case CATEGORY -> category(authority.bounds(), paymentAttempt);
      case GOODS_STATED -> stated(authority, paymentAttempt);
      case TARGET -> target(authority, delegationUsage, paymentAttempt);
      case TARGET_TIMES -> times(authority, delegationUsage, paymentAttempt);
      case FULFILMENT_TIME -> fulfilment(authority.bounds(), paymentAttempt);
      case PLAN -> plan(authority.bounds(), delegationUsage, paymentAttempt);
      case RETRIES -> retries(authority.bounds(), delegationUsage);
    };
  }

  private static @Nullable Passed unlessState(
      DelegationUsage delegationUsage, DelegationState bad) {
    return unless(
        delegationUsage.state() != bad,
        DelegationState.ACTIVE.code(),
        delegationUsage.state().code());
  }

  private static @Nullable Passed single(IacPayload authority, Money amount) {
    if (isForeign(authority, amount)) {
      return null;
    }
    var most = authority.maxSingle().orElse(authority.maxTotal());
    if (amount.moreThan(most)) {
      return new Passed("at most " + most, amount.toString());
    }
    return authority
        .minSingle()
        .filter(least -> least.moreThan(amount))
        .map(least -> new Passed("at least " + least, amount.toString()))
        .orElse(null);
  }

  private static @Nullable Passed cumulative(
      IacPayload authority, DelegationUsage delegationUsage, Money amount) {
    if (isForeign(authority, amount)) {
      return null;
    }
    var together = delegationUsage.spent().plus(amount);
    return unless(
        !together.moreThan(authority.maxTotal()),
        "at most " + authority.maxTotal() + ", of which " + delegationUsage.spent() + " is spent",
        together);
  }

  /** Only upwards: whoever pays less is never outside. */
  private static @Nullable Passed deviation(
      IacPayload authority, DelegationUsage delegationUsage, Money amount) {
    var tolerance = authority.bounds().behaviorOrNone().priceDeviationTolerance();
    var reference = authority.bounds().privateOrNone().referenceAmount();
    var shown = reference == null ? delegationUsage.firstPrice() : authority.money(reference);
    if (tolerance == null || shown == null || isForeign(authority, amount)) {
      return null;
    }
    var most = shown.percent(tolerance.add(BigDecimal.valueOf(100)));
    return unless(
        !amount.moreThan(most),
        "at most %s, %s %% above %s".formatted(most, tolerance.toPlainString(), shown),
        amount);
  }

  /** Every payment here is of the one method there is; what differs is the account. */
  private static @Nullable Passed method(@Nullable List<String> allowed, String account) {
    return allowed == null || PaymentMethods.allow(allowed, PaymentNeeded.METHOD_ID, account)
        ? null
        : new Passed("one of " + String.join(", ", allowed), account);
  }

  private static @Nullable Passed merchant(Extension bounds, PaymentAttempt paymentAttempt) {
    var commerce = bounds.commerceOrNone();
    return within(
        commerce.allowedMerchants(),
        commerce.forbiddenMerchants(),
        paymentAttempt.merchant().value());
  }

  private static @Nullable Passed category(Extension bounds, PaymentAttempt paymentAttempt) {
    var commerce = bounds.commerceOrNone();
    return within(
        commerce.allowedCategories(), commerce.forbiddenCategories(), paymentAttempt.category());
  }

  private static @Nullable Passed stated(IacPayload authority, PaymentAttempt paymentAttempt) {
    if (authority.mode() != DelegationMode.SPECIFIED) {
      return null;
    }
    var goods = paymentAttempt.goods();
    return unless(
        goods != null && !goods.isEmpty() && goods.stream().allMatch(line -> line.facts() != null),
        "a signed order with facts about each line",
        goods == null ? "no order that the bill names" : "an order without facts");
  }

  private static @Nullable Passed target(
      IacPayload authority, DelegationUsage delegationUsage, PaymentAttempt paymentAttempt) {
    var match = match(authority, delegationUsage, paymentAttempt);
    if (match == null || match.differences().isEmpty()) {
      return authority.mode() == DelegationMode.SPECIFIED
              && authority.bounds().targetsOrNone().isEmpty()
          ? new Passed("what exactly may be bought", "nothing is specified")
          : null;
    }
    return new Passed(
        match.differences().stream()
            .map(each -> each.field() + " " + each.expected())
            .collect(Collectors.joining(", or ")),
        match.differences().stream()
            .map(Difference::observed)
            .distinct()
            .collect(Collectors.joining(", ")));
  }

  private static @Nullable Passed times(
      IacPayload authority, DelegationUsage delegationUsage, PaymentAttempt paymentAttempt) {
    var match = match(authority, delegationUsage, paymentAttempt);
    if (match == null || match.repeated() < 0) {
      return null;
    }
    int most = authority.bounds().targetsOrNone().get(match.repeated()).mostTimes();
    return new Passed(
        most == 1 ? "once" : most + " times",
        "bought %d times before"
            .formatted(TargetMatch.before(delegationUsage.bought(), match.repeated())));
  }

  /** Null where there is nothing to compare. */
  private static @Nullable TargetMatch match(
      IacPayload authority, DelegationUsage delegationUsage, PaymentAttempt paymentAttempt) {
    var targets = authority.bounds().targetsOrNone();
    if (targets.isEmpty()
        || paymentAttempt.goods() == null
        || stated(authority, paymentAttempt) != null) {
      return null;
    }
    return TargetMatch.of(targets, paymentAttempt.goods(), delegationUsage.bought());
  }

  private static @Nullable Passed fulfilment(Extension bounds, PaymentAttempt paymentAttempt) {
    var required =
        bounds.fulfillment() == null ? null : bounds.fulfillment().deliveryTimeRequirement();
    if (required == null) {
      return null;
    }
    var moment = paymentAttempt.fulfilment();
    // A requirement nobody can read, or nobody can check, is not met.
    boolean met =
        moment != null
            && DeliveryWindow.parse(required).filter(time -> time.holds(moment)).isPresent();
    return unless(met, "within " + required, moment == null ? "not known" : moment);
  }

  private static @Nullable Passed plan(
      Extension bounds, DelegationUsage delegationUsage, PaymentAttempt paymentAttempt) {
    var plan = bounds.privateOrNone().plan();
    if (plan == null) {
      return null;
    }
    if (delegationUsage.payments() >= plan.count()) {
      return new Passed(plan.count() + " payments", "payment " + (delegationUsage.payments() + 1));
    }
    var next = plan.at(delegationUsage.payments());
    return unless(!paymentAttempt.at().isBefore(next), "from " + next, paymentAttempt.at());
  }

  /** Without a policy a failed order is tried again only when the principal says so. */
  private static @Nullable Passed retries(Extension bounds, DelegationUsage delegationUsage) {
    var behavior = bounds.behaviorOrNone();
    int allowed =
        behavior.onPaymentFailure() == OnPaymentFailure.AUTO_RETRY
                && behavior.maxRetryCount() != null
            ? behavior.maxRetryCount()
            : 0;
    return unless(
        delegationUsage.failures() <= allowed,
        "at most " + allowed + " retries",
        "retry " + delegationUsage.failures());
  }

  private static @Nullable Passed within(
      @Nullable List<String> allowed, @Nullable List<String> forbidden, String observed) {
    if (forbidden != null && forbidden.contains(observed)) {
      return new Passed("none of " + String.join(", ", forbidden), observed);
    }
    return allowed == null || allowed.contains(observed)
        ? null
        : new Passed("one of " + String.join(", ", allowed), observed);
  }

  private static boolean isForeign(IacPayload authority, Money amount) {
    return !authority.currencyCode().equals(amount.currency().getCurrencyCode());
  }

  private static @Nullable Passed same(Object expected, Object observed) {
    return unless(
        Objects.toString(expected).equals(Objects.toString(observed)),
        Objects.toString(expected),
        observed);
  }

  private static @Nullable Passed unless(boolean inside, String expected, Object observed) {
    return inside ? null : new Passed(expected, Objects.toString(observed));
  }
}
