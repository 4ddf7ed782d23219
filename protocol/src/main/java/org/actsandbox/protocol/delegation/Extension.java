package org.actsandbox.protocol.delegation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.actsandbox.protocol.json.OpenMembers;
import org.jspecify.annotations.Nullable;

/**
 * The standard extensions of ISR and IAC, which have the same fields in both.
 *
 * @param vendorPrivate restricts further and never changes what the other fields mean
 */
public record Extension(
    @Nullable Commerce commerce,
    @Nullable AgentBehavior agentBehavior,
    @Nullable Fulfillment fulfillment,
    @Nullable VendorPrivate vendorPrivate) {

  /**
   * Limits for the amount, category and merchant of one payment. A forbidden entry wins over an
   * allowed one.
   *
   * @param allowedCategories absent means any
   * @param allowedMerchants DIDs; absent means any
   */
  public record Commerce(
      @Nullable BigDecimal maxSingleAmount,
      @Nullable BigDecimal minSingleAmount,
      @Nullable List<String> allowedCategories,
      @Nullable List<String> forbiddenCategories,
      @Nullable List<String> allowedMerchants,
      @Nullable List<String> forbiddenMerchants) {}

  /**
   * Rules for the agent's behavior when prices change or payments fail.
   *
   * @param priceDeviationTolerance percent above {@link VendorPrivate#referenceAmount}, or above
   *     the first price that was paid under the delegation if there is no reference amount
   * @param maxRetryCount for AUTO_RETRY; 0 means no retries
   */
  public record AgentBehavior(
      @Nullable BigDecimal priceDeviationTolerance,
      @Nullable PriceDeviationAction priceDeviationAction,
      @Nullable OnPaymentFailure onPaymentFailure,
      @Nullable Integer maxRetryCount) {}

  /** Lists the agent's reactions to a price beyond tolerance, or to any exceeded bound (CID-7). */
  public enum PriceDeviationAction {
    PAUSE_AND_NOTIFY,
    AUTO_CANCEL
  }

  /** Lists the agent's reactions to a failed payment. */
  public enum OnPaymentFailure {
    AUTO_RETRY,
    CANCEL
  }

  /**
   * Requirements for the delivery.
   *
   * @param deliveryTimeRequirement Ours, because the format is left to implementers: an ISO 8601
   *     interval, in which {@code ..} is an open side, such as {@code ../2026-01-21T00:00:00Z}
   */
  public record Fulfillment(
      @Nullable String deliveryTimeRequirement, @Nullable String deliveryAddress) {}

  /**
   * Ours: the standard has no field for the price that the user saw, for a payment plan, or for the
   * purchase target of mode SPECIFIED.
   *
   * @param referenceAmount the price from which deviations are measured
   * @param plan the only times at which payments are allowed
   * @param targets the exact purchases that are allowed; present exactly in mode SPECIFIED
   */
  @OpenMembers
  public record VendorPrivate(
      @Nullable BigDecimal referenceAmount,
      @Nullable Plan plan,
      @Nullable List<PurchaseTarget> targets) {}

  /**
   * A payment plan: payment {@code n} (from 0) is allowed from {@code firstAt + n * every} on.
   *
   * @param every absent for a single payment
   * @param count 1 to 120
   */
  public record Plan(Instant firstAt, @Nullable Period every, int count) {

    public static final int MAX_PAYMENTS = 120;

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

  /** Returns an object without limits if there is none. */
  public Commerce commerceOrNone() {
    return commerce == null ? new Commerce(null, null, null, null, null, null) : commerce;
  }

  public AgentBehavior behaviorOrNone() {
    return agentBehavior == null ? new AgentBehavior(null, null, null, null) : agentBehavior;
  }

  /** Returns the allowed purchases; empty if there are none. */
  public List<PurchaseTarget> targetsOrNone() {
    var targets = privateOrNone().targets();
    return targets == null ? List.of() : targets;
  }

  public VendorPrivate privateOrNone() {
    return vendorPrivate == null ? new VendorPrivate(null, null, null) : vendorPrivate;
  }
}
