package org.actsandbox.protocol.delegation;

import static org.actsandbox.protocol.delegation.OpenQuestion.Cause.*;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.PaymentMethods;
import org.actsandbox.protocol.delegation.Extension.Fulfillment;
import org.actsandbox.protocol.delegation.Extension.OnPaymentFailure;
import org.actsandbox.protocol.delegation.Extension.Plan;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.RecordFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the fields that an ISR lacks or contradicts, so that it cannot become an authority yet (ACT
 * ADD-1, ADD-6). The questions are in the order in which a person would be asked.
 */
public final class IsrCheck {

  /** Ours: with more names a person would not read the credential before signing it. */
  private static final int MAX_NAMES = 16;

  private static final int MAX_NAME_LENGTH = 64;
  private static final int MAX_ADDRESS_LENGTH = 200;

  /** Ours: beyond this date databases and calendars of other systems differ. */
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private static final Set<String> PRIVATE = RecordFields.names(Extension.VendorPrivate.class);

  private final List<OpenQuestion> open = new ArrayList<>();

  private IsrCheck() {}

  /** Returns empty if the ISR can become an authority. */
  public static List<OpenQuestion> questions(Isr isr) {
    var check = new IsrCheck();
    check.checkCore(isr);
    check.checkMoney(isr);
    check.checkNames(isr);
    check.open.addAll(TargetCheck.questions(isr));
    check.checkBehavior(isr);
    return List.copyOf(check.open);
  }

  /**
   * Reads a received ISR. Only directly below {@code ext.vendor_private} it may have members that
   * this version does not know; any other one is refused, because a misspelt limit would limit
   * nothing.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static Isr read(JsonNode raw) {
    var isr = JsonMessage.bind(raw, Isr.class, "isr", Problem.INVALID_FIELD);
    var history = isr.conversationHistory();
    if (history != null) {
      history.requireValid();
    }
    return isr;
  }

  /**
   * Returns the paths of private fields that this version does not know. They do not become part of
   * the authority.
   */
  public static List<String> ignored(JsonNode raw) {
    return raw.path("ext").path("vendor_private").properties().stream()
        .filter(member -> !member.getValue().isNull() && !PRIVATE.contains(member.getKey()))
        .map(member -> "ext.vendor_private." + member.getKey())
        .toList();
  }

  /**
   * @throws Refusal {@code isr_incomplete} with every open field
   */
  static void requireComplete(Isr isr) {
    var open = questions(isr);
    if (!open.isEmpty()) {
      throw new Refusal(Problem.ISR_INCOMPLETE, "the intent is not complete enough to authorize")
          .at("isr." + open.getFirst().field())
          .expected(open.getFirst().expected())
          .observed(
              open.stream()
                  .map(each -> each.field() + " " + each.why().code())
                  .collect(Collectors.joining(", ")))
          .remedy("Ask the principal what is open, and send the draft again.");
    }
  }

  private void checkCore(Isr isr) {
    if (isr.conversationHistory() == null || !isr.conversationHistory().isGiven()) {
      ask("conversation_history", MISSING, "what the user said, or its digest and context_ref");
    }
    require("intent_id", isr.intentId(), "an id of this intent");
    if (isr.agentId() == null) {
      ask("agent_id", MISSING, "the DID of the agent that acts");
    } else if (!isDid(isr.agentId())) {
      ask("agent_id", INVALID, "the DID of the agent that acts");
    }
    require("delegation_mode", isr.delegationMode(), "SPECIFIED or BOUNDED");
    require("validity_start_time", isr.validityStartTime(), "an instant, ISO 8601 UTC");
    require("validity_end_time", isr.validityEndTime(), "an instant, ISO 8601 UTC");
    if (isr.validityStartTime() != null
        && isr.validityEndTime() != null
        && !isr.validityStartTime().isBefore(isr.validityEndTime())) {
      ask("validity_end_time", CONTRADICTORY, "later than validity_start_time");
    } else if (isr.validityEndTime() != null && isr.validityEndTime().isAfter(LATEST)) {
      ask("validity_end_time", INVALID, "not after " + LATEST);
    }
    if ((isr.userConfirmationMethod() == null) != (isr.userConfirmationTimestamp() == null)) {
      ask("user_confirmation_timestamp", CONTRADICTORY, "both confirmation fields or neither");
    } else if (isr.userConfirmationMethod() != null) {
      ask("user_confirmation_method", INVALID, "absent: written when the principal confirms");
    }
    checkMethods(isr.allowedPaymentMethods());
  }

  private void checkMethods(@Nullable List<String> methods) {
    if (methods == null || methods.isEmpty()) {
      ask("allowed_payment_methods", MISSING, "at least one of " + PaymentMethods.expected());
    } else if (!methods.stream().allMatch(PaymentMethods::isValidEntry)) {
      ask("allowed_payment_methods", INVALID, PaymentMethods.expected());
    }
  }

  private void checkMoney(Isr isr) {
    if (isr.currency() == null) {
      ask("currency", MISSING, "an ISO 4217 code");
      return;
    }
    if (!AmountChecks.isCurrency(isr.currency())) {
      ask("currency", INVALID, "an ISO 4217 code");
      return;
    }
    var total = isr.maxTotalAmount();
    if (total == null) {
      ask("max_total_amount", MISSING, "an amount with at most two decimals");
    } else if (!AmountChecks.isAmount(total, isr.currency())) {
      ask("max_total_amount", INVALID, "0 to 1000000000, at most two decimals");
    }
    var commerce = isr.extOrNone().commerceOrNone();
    var single = commerce.maxSingleAmount();
    checkLimit("ext.commerce.max_single_amount", single, total, isr.currency(), "max_total_amount");
    checkLimit(
        "ext.commerce.min_single_amount",
        commerce.minSingleAmount(),
        single == null ? total : single,
        isr.currency(),
        "max_single_amount");
  }

  private void checkLimit(
      String field,
      @Nullable BigDecimal value,
      @Nullable BigDecimal most,
      String currency,
      String name) {
    if (value == null) {
      return;
    }
    if (!AmountChecks.isAmount(value, currency)) {
      ask(field, INVALID, "an amount with at most two decimals");
    } else if (AmountChecks.isAmount(most, currency) && value.compareTo(most) > 0) {
      ask(field, CONTRADICTORY, "at most " + name);
    }
  }

  private void checkNames(Isr isr) {
    var commerce = isr.extOrNone().commerceOrNone();
    if (isEmpty(commerce.allowedMerchants())
        && isEmpty(commerce.allowedCategories())
        && isr.extOrNone().targetsOrNone().isEmpty()) {
      // Ours: no principal wants an authority to buy anything anywhere.
      ask("ext.commerce.allowed_categories", MISSING, "what for, or at which merchants");
    }
    requireDisjoint(
        "ext.commerce.allowed_merchants",
        commerce.allowedMerchants(),
        commerce.forbiddenMerchants());
    requireDisjoint(
        "ext.commerce.allowed_categories",
        commerce.allowedCategories(),
        commerce.forbiddenCategories());
    checkMerchants("ext.commerce.allowed_merchants", commerce.allowedMerchants());
    checkMerchants("ext.commerce.forbidden_merchants", commerce.forbiddenMerchants());
    checkCategories("ext.commerce.allowed_categories", commerce.allowedCategories());
    checkCategories("ext.commerce.forbidden_categories", commerce.forbiddenCategories());
  }

  private void checkCategories(String field, @Nullable List<String> names) {
    if (names != null
        && (names.size() > MAX_NAMES
            || names.stream()
                .anyMatch(name -> name.isBlank() || name.length() > MAX_NAME_LENGTH))) {
      ask(field, INVALID, "at most " + MAX_NAMES + " names of 1 to " + MAX_NAME_LENGTH);
    }
  }

  private void checkMerchants(String field, @Nullable List<String> dids) {
    if (dids != null && (dids.size() > MAX_NAMES || !dids.stream().allMatch(IsrCheck::isDid))) {
      ask(field, INVALID, "at most " + MAX_NAMES + " merchant DIDs");
    }
  }

  private void requireDisjoint(
      String field, @Nullable List<String> allowed, @Nullable List<String> forbidden) {
    if (allowed != null && forbidden != null && allowed.stream().anyMatch(forbidden::contains)) {
      ask(field, CONTRADICTORY, "nothing that is forbidden as well");
    }
  }

  private void checkBehavior(Isr isr) {
    var ext = isr.extOrNone();
    var behavior = ext.behaviorOrNone();
    var retries = behavior.maxRetryCount();
    if (behavior.onPaymentFailure() == OnPaymentFailure.AUTO_RETRY && retries == null) {
      ask("ext.agent_behavior.max_retry_count", MISSING, "how often to try again");
    } else if (retries != null && (retries < 0 || retries > 10)) {
      ask("ext.agent_behavior.max_retry_count", INVALID, "0 to 10");
    }
    if (retries != null
        && retries > 0
        && behavior.onPaymentFailure() != OnPaymentFailure.AUTO_RETRY) {
      ask("ext.agent_behavior.on_payment_failure", CONTRADICTORY, "AUTO_RETRY, or no retries");
    }
    checkDeviation(isr, behavior.priceDeviationTolerance(), ext.privateOrNone().referenceAmount());
    checkFulfilment(ext.fulfillment());
    checkPlan(isr, ext.privateOrNone().plan());
  }

  private void checkDeviation(
      Isr isr, @Nullable BigDecimal tolerance, @Nullable BigDecimal reference) {
    if (tolerance != null && !AmountChecks.isPercentage(tolerance)) {
      ask("ext.agent_behavior.price_deviation_tolerance", INVALID, "a percentage from 0");
    }
    if (reference != null
        && isr.currency() != null
        && AmountChecks.isCurrency(isr.currency())
        && !AmountChecks.isAmount(reference, isr.currency())) {
      ask("ext.vendor_private.reference_amount", INVALID, "an amount with at most two decimals");
    }
  }

  private void checkFulfilment(@Nullable Fulfillment fulfillment) {
    if (fulfillment == null) {
      return;
    }
    var delivery = fulfillment.deliveryTimeRequirement();
    if (delivery != null && DeliveryWindow.parse(delivery).isEmpty()) {
      ask("ext.fulfillment.delivery_time_requirement", INVALID, "from/until, ISO 8601 or ..");
    }
    var address = fulfillment.deliveryAddress();
    if (address != null && address.length() > MAX_ADDRESS_LENGTH) {
      ask("ext.fulfillment.delivery_address", INVALID, "at most " + MAX_ADDRESS_LENGTH);
    }
  }

  private void checkPlan(Isr isr, @Nullable Plan plan) {
    if (plan == null) {
      return;
    }
    var every = plan.every();
    if (plan.count() < 1
        || plan.count() > Plan.MAX_PAYMENTS
        || (plan.count() > 1 && every == null)
        || (every != null && (every.isZero() || every.isNegative()))) {
      ask(
          "ext.vendor_private.plan",
          INVALID,
          "1 to " + Plan.MAX_PAYMENTS + " payments, a period between");
    } else if (isr.validityEndTime() != null && !endsBefore(plan, isr.validityEndTime())) {
      ask("ext.vendor_private.plan", CONTRADICTORY, "the last payment before validity_end_time");
    }
  }

  private static boolean endsBefore(Plan plan, Instant end) {
    try {
      return plan.at(plan.count() - 1).isBefore(end);
    } catch (DateTimeException | ArithmeticException beyondCalendars) {
      return false;
    }
  }

  private void require(String field, @Nullable Object value, String expected) {
    if (value == null) {
      ask(field, MISSING, expected);
    }
  }

  private void ask(String field, OpenQuestion.Cause cause, String expected) {
    open.add(new OpenQuestion(field, cause, expected));
  }

  private static boolean isDid(String value) {
    try {
      return !new Did(value).value().isEmpty();
    } catch (IllegalArgumentException notDid) {
      return false;
    }
  }

  private static boolean isEmpty(@Nullable List<String> names) {
    return names == null || names.isEmpty();
  }
}
