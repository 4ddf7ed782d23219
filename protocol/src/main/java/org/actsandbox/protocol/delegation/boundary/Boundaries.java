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
import org.actsandbox.protocol.delegation.DeliveryTime;
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
 * records the {@link Standing} comes from.
 *
 * <p>Edges: the window begins with its first moment and ends before its last; an amount exactly at
 * a limit is inside.
 */
public final class Boundaries implements BoundaryCheck {

  @Override
  public List<Outside> outside(IacPayload authority, Standing standing, Attempt attempt) {
    var found = new ArrayList<Outside>();
    var action =
        Optional.ofNullable(authority.bounds().behaviorOrNone().priceDeviationAction())
            .orElse(PriceDeviationAction.PAUSE_AND_NOTIFY);
    for (var boundary : Boundary.values()) {
      var passed = passed(boundary, authority, standing, attempt);
      if (passed != null) {
        found.add(new Outside(boundary, passed.expected, passed.observed, action));
      }
    }
    return List.copyOf(found);
  }

  private record Passed(String expected, String observed) {}

  private static @Nullable Passed passed(
      Boundary boundary, IacPayload authority, Standing standing, Attempt attempt) {
    return switch (boundary) {
      case NOT_BEGUN ->
          unless(
              !attempt.at().isBefore(authority.validityStartTime()),
              "from " + authority.validityStartTime(),
              attempt.at());
      case OVER ->
          unless(
              attempt.at().isBefore(authority.validityEndTime())
                  && standing.state() != DelegationState.EXPIRED,
              "before " + authority.validityEndTime(),
              attempt.at());
      case SUSPENDED -> unlessState(standing, DelegationState.SUSPENDED);
      case REVOKED -> unlessState(standing, DelegationState.REVOKED);
      case AGENT -> same(authority.agentId(), attempt.agent());
      case PRINCIPAL -> same(authority.delegatorIdentity(), attempt.principal());
      case MODE -> same(authority.mode(), attempt.mode());
      case CURRENCY -> same(authority.currencyCode(), attempt.amount().currency());
      case SINGLE_AMOUNT -> single(authority, attempt.amount());
      case CUMULATIVE_AMOUNT -> cumulative(authority, standing, attempt.amount());
      case PRICE_DEVIATION -> deviation(authority, standing, attempt.amount());
      case METHOD -> method(authority.allowedPaymentMethods(), attempt.method());
      case MERCHANT -> merchant(authority.bounds(), attempt);
      case CATEGORY -> category(authority.bounds(), attempt);
      case GOODS_STATED -> stated(authority, attempt);
      case TARGET -> target(authority, standing, attempt);
      case TARGET_TIMES -> times(authority, standing, attempt);
      case FULFILMENT_TIME -> fulfilment(authority.bounds(), attempt);
      case PLAN -> plan(authority.bounds(), standing, attempt);
      case RETRIES -> retries(authority.bounds(), standing);
    };
  }

  private static @Nullable Passed unlessState(Standing standing, DelegationState bad) {
    return unless(standing.state() != bad, DelegationState.ACTIVE.code(), standing.state().code());
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
      IacPayload authority, Standing standing, Money amount) {
    if (isForeign(authority, amount)) {
      return null;
    }
    var together = standing.spent().plus(amount);
    return unless(
        !together.moreThan(authority.maxTotal()),
        "at most " + authority.maxTotal() + ", of which " + standing.spent() + " is spent",
        together);
  }

  /** Only upwards: whoever pays less is never outside. */
  private static @Nullable Passed deviation(IacPayload authority, Standing standing, Money amount) {
    var tolerance = authority.bounds().behaviorOrNone().priceDeviationTolerance();
    var reference = authority.bounds().privateOrNone().referenceAmount();
    var shown = reference == null ? standing.firstPrice() : authority.money(reference);
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

  private static @Nullable Passed merchant(Extension bounds, Attempt attempt) {
    var commerce = bounds.commerceOrNone();
    return within(
        commerce.allowedMerchants(), commerce.forbiddenMerchants(), attempt.merchant().value());
  }

  private static @Nullable Passed category(Extension bounds, Attempt attempt) {
    var commerce = bounds.commerceOrNone();
    return within(commerce.allowedCategories(), commerce.forbiddenCategories(), attempt.category());
  }

  private static @Nullable Passed stated(IacPayload authority, Attempt attempt) {
    if (authority.mode() != DelegationMode.SPECIFIED) {
      return null;
    }
    var goods = attempt.goods();
    return unless(
        goods != null && !goods.isEmpty() && goods.stream().allMatch(line -> line.facts() != null),
        "a signed order whose lines have facts",
        goods == null ? "no order that the bill names" : "an order without facts");
  }

  private static @Nullable Passed target(IacPayload authority, Standing standing, Attempt attempt) {
    var match = match(authority, standing, attempt);
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

  private static @Nullable Passed times(IacPayload authority, Standing standing, Attempt attempt) {
    var match = match(authority, standing, attempt);
    if (match == null || match.repeated() < 0) {
      return null;
    }
    int most = authority.bounds().targetsOrNone().get(match.repeated()).mostTimes();
    return new Passed(
        most == 1 ? "once" : most + " times",
        "bought %d times before"
            .formatted(TargetMatch.before(standing.bought(), match.repeated())));
  }

  /** Null where there is nothing to compare. */
  private static @Nullable TargetMatch match(
      IacPayload authority, Standing standing, Attempt attempt) {
    var targets = authority.bounds().targetsOrNone();
    if (targets.isEmpty() || attempt.goods() == null || stated(authority, attempt) != null) {
      return null;
    }
    return TargetMatch.of(targets, attempt.goods(), standing.bought());
  }

  private static @Nullable Passed fulfilment(Extension bounds, Attempt attempt) {
    var required =
        bounds.fulfillment() == null ? null : bounds.fulfillment().deliveryTimeRequirement();
    if (required == null) {
      return null;
    }
    var moment = attempt.fulfilment();
    // A requirement nobody can read, or nobody can check, is not met.
    boolean met =
        moment != null
            && DeliveryTime.parse(required).filter(time -> time.holds(moment)).isPresent();
    return unless(met, "within " + required, moment == null ? "not known" : moment);
  }

  private static @Nullable Passed plan(Extension bounds, Standing standing, Attempt attempt) {
    var plan = bounds.privateOrNone().plan();
    if (plan == null) {
      return null;
    }
    if (standing.payments() >= plan.count()) {
      return new Passed(plan.count() + " payments", "payment " + (standing.payments() + 1));
    }
    var next = plan.at(standing.payments());
    return unless(!attempt.at().isBefore(next), "from " + next, attempt.at());
  }

  /** Without a policy a failed order is tried again only when the principal says so. */
  private static @Nullable Passed retries(Extension bounds, Standing standing) {
    var behavior = bounds.behaviorOrNone();
    int allowed =
        behavior.onPaymentFailure() == OnPaymentFailure.AUTO_RETRY
                && behavior.maxRetryCount() != null
            ? behavior.maxRetryCount()
            : 0;
    return unless(
        standing.failures() <= allowed,
        "at most " + allowed + " retries",
        "retry " + standing.failures());
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
