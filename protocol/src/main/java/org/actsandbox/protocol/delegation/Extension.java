package org.actsandbox.protocol.delegation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The standard extensions of ISR and IAC, with one field table for both.
 *
 * @param vendorPrivate restricts further and never changes what the other fields mean
 */
public record Extension(
    @Nullable Commerce commerce,
    @Nullable AgentBehavior agentBehavior,
    @Nullable Fulfillment fulfillment,
    @Nullable VendorPrivate vendorPrivate) {

  /**
   * Where, for what and how much at once. A forbidden entry wins over an allowed one.
   *
   * @param allowedCategories absent: any
   * @param allowedMerchants DIDs; absent: any
   */
  public record Commerce(
      @Nullable BigDecimal maxSingleAmount,
      @Nullable BigDecimal minSingleAmount,
      @Nullable List<String> allowedCategories,
      @Nullable List<String> forbiddenCategories,
      @Nullable List<String> allowedMerchants,
      @Nullable List<String> forbiddenMerchants) {}

  /**
   * @param priceDeviationTolerance percent above {@link VendorPrivate#referenceAmount}; without one
   *     above the first price that was paid under the delegation
   * @param maxRetryCount for AUTO_RETRY; 0 is none
   */
  public record AgentBehavior(
      @Nullable BigDecimal priceDeviationTolerance,
      @Nullable PriceDeviationAction priceDeviationAction,
      @Nullable OnPaymentFailure onPaymentFailure,
      @Nullable Integer maxRetryCount) {}

  /** What the agent does when a price, or any boundary, is passed (CID-7). */
  public enum PriceDeviationAction {
    PAUSE_AND_NOTIFY,
    AUTO_CANCEL
  }

  /** What the agent does when a payment failed. */
  public enum OnPaymentFailure {
    AUTO_RETRY,
    CANCEL
  }

  /**
   * @param deliveryTimeRequirement Ours, because the format is left to implementers: an ISO 8601
   *     interval whose sides may be {@code ..}, such as {@code ../2026-01-21T00:00:00Z}
   */
  public record Fulfillment(
      @Nullable String deliveryTimeRequirement, @Nullable String deliveryAddress) {}

  /**
   * Ours: the standard has no field for the price the user saw, for a plan of payments, nor for the
   * purchase target that mode SPECIFIED is about.
   *
   * @param referenceAmount what deviations are measured from
   * @param plan the only moments payments are for
   * @param targets what exactly may be bought; only and always in mode SPECIFIED
   */
  public record VendorPrivate(
      @Nullable BigDecimal referenceAmount,
      @Nullable Plan plan,
      @Nullable List<PurchaseTarget> targets) {}

  /**
   * Payment {@code n} (from 0) is allowed from {@code firstAt + n * every} on.
   *
   * @param every absent for a single payment
   * @param count 1 to 120
   */
  public record Plan(Instant firstAt, @Nullable Period every, int count) {

    public static final int MOST = 120;

    public Instant at(int payment) {
      if (every == null) {
        return firstAt;
      }
      return firstAt
          .atOffset(java.time.ZoneOffset.UTC)
          .plus(every.multipliedBy(payment))
          .toInstant();
    }
  }

  public static final Extension NONE = new Extension(null, null, null, null);

  /** No limits but the core ones. */
  public Commerce commerceOrNone() {
    return commerce == null ? new Commerce(null, null, null, null, null, null) : commerce;
  }

  public AgentBehavior behaviorOrNone() {
    return agentBehavior == null ? new AgentBehavior(null, null, null, null) : agentBehavior;
  }

  /** What exactly may be bought; empty where nothing is said. */
  public List<PurchaseTarget> targetsOrNone() {
    var targets = privateOrNone().targets();
    return targets == null ? List.of() : targets;
  }

  public VendorPrivate privateOrNone() {
    return vendorPrivate == null ? new VendorPrivate(null, null, null) : vendorPrivate;
  }
}
