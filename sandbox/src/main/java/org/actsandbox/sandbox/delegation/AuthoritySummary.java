package org.actsandbox.sandbox.delegation;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DeliveryWindow;
import org.actsandbox.protocol.delegation.Extension.OnPaymentFailure;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/** Describes in words what a credential permits, one line per field that matters (ACT ADD-2). */
public final class AuthoritySummary {

  private static final int DAYS_OF_A_WEEK = 7;

  private final DateTimeFormatter times;
  private final PurchaseTargetDescription targets;
  private final Function<Did, Optional<Text>> names;

  AuthoritySummary(
      ZoneId zone, Function<Did, Optional<Text>> names, Function<String, Optional<Text>> places) {
    this.targets = new PurchaseTargetDescription(places);
    this.times = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone);
    this.names = names;
  }

  /**
   * Represents one sentence of the summary.
   *
   * @param field the field of the payload that the sentence is about
   */
  public record Line(String field, Text text) {}

  /** Returns the summary of a payload together with the check of the intent's context digest. */
  List<Line> lines(IacPayload payload, DelegationIntent delegationIntent) {
    var lines = new ArrayList<>(lines(payload));
    var history = delegationIntent.isr().conversationHistory();
    if (history != null && delegationIntent.contextCheck() != null) {
      lines.add(
          line(
              "conversation_history.context_ref",
              "context." + delegationIntent.contextCheck().code(),
              String.valueOf(history.contextRef())));
    }
    return List.copyOf(lines);
  }

  List<Line> lines(IacPayload payload) {
    var lines = new ArrayList<Line>();
    lines.add(
        line(
            "delegation_mode",
            payload.mode() == DelegationMode.SPECIFIED ? "mode.specified" : "mode.bounded",
            name(payload.agentId())));
    var specified = payload.bounds().targetsOrNone();
    for (int i = 0; i < specified.size(); i++) {
      lines.add(new Line("ext.vendor_private.targets[" + i + "]", targets.of(specified.get(i))));
    }
    lines.add(
        line(
            "validity_end_time",
            "validity",
            time(payload.validityStartTime()),
            time(payload.validityEndTime())));
    lines.add(line("max_total_amount", "total", payload.maxTotal().toString()));
    money(payload, lines);
    where(payload, lines);
    if (payload.allowedPaymentMethods() != null) {
      lines.add(line("allowed_payment_methods", "methods", list(payload.allowedPaymentMethods())));
    }
    when(payload, lines);
    behavior(payload, lines);
    return List.copyOf(lines);
  }

  private static void money(IacPayload payload, List<Line> lines) {
    payload
        .maxSingle()
        .ifPresent(
            most -> lines.add(line("ext.commerce.max_single_amount", "single", most.toString())));
    payload
        .minSingle()
        .ifPresent(
            least -> lines.add(line("ext.commerce.min_single_amount", "least", least.toString())));
  }

  private void where(IacPayload payload, List<Line> lines) {
    var commerce = payload.bounds().commerceOrNone();
    named(lines, "ext.commerce.allowed_categories", "categories", commerce.allowedCategories());
    named(
        lines,
        "ext.commerce.forbidden_categories",
        "categories.not",
        commerce.forbiddenCategories());
    named(lines, "ext.commerce.allowed_merchants", "merchants", commerce.allowedMerchants());
    named(
        lines, "ext.commerce.forbidden_merchants", "merchants.not", commerce.forbiddenMerchants());
  }

  private void when(IacPayload payload, List<Line> lines) {
    var fulfillment = payload.bounds().fulfillment();
    if (fulfillment != null && fulfillment.deliveryTimeRequirement() != null) {
      var field = "ext.fulfillment.delivery_time_requirement";
      DeliveryWindow.parse(fulfillment.deliveryTimeRequirement())
          .ifPresent(
              time -> lines.add(line(field, "delivery", time(time.from()), time(time.until()))));
    }
    if (fulfillment != null && fulfillment.deliveryAddress() != null) {
      lines.add(line("ext.fulfillment.delivery_address", "address", fulfillment.deliveryAddress()));
    }
    var plan = payload.bounds().privateOrNone().plan();
    if (plan != null) {
      lines.add(
          plan.every() == null
              ? line("ext.vendor_private.plan", "plan.once", time(plan.firstAt()))
              : line(
                  "ext.vendor_private.plan",
                  "plan",
                  String.valueOf(plan.count()),
                  time(plan.firstAt()),
                  time(plan.at(plan.count() - 1)),
                  interval(plan.every())));
    }
  }

  private static Text interval(Period every) {
    long months = every.toTotalMonths();
    long days = every.get(ChronoUnit.DAYS);
    if (months > 0) {
      return days == 0
          ? DelegationMessages.text("plan.months", months)
          : DelegationMessages.text("plan.months.days", months, days);
    }
    return days % DAYS_OF_A_WEEK == 0
        ? DelegationMessages.text("plan.weeks", days / DAYS_OF_A_WEEK)
        : DelegationMessages.text("plan.days", days);
  }

  private static void behavior(IacPayload payload, List<Line> lines) {
    var behavior = payload.bounds().behaviorOrNone();
    var tolerance = behavior.priceDeviationTolerance();
    var reference = payload.bounds().privateOrNone().referenceAmount();
    boolean cancels = behavior.priceDeviationAction() == PriceDeviationAction.AUTO_CANCEL;
    if (tolerance != null) {
      var field = "ext.agent_behavior.price_deviation_tolerance";
      var percent = tolerance.toPlainString();
      lines.add(
          reference == null
              ? line(field, "deviation.first", percent)
              : line(field, "deviation", percent, payload.money(reference).toString()));
    }
    lines.add(
        line(
            "ext.agent_behavior.price_deviation_action",
            cancels ? "outside.cancel" : "outside.ask"));
    boolean retries = behavior.onPaymentFailure() == OnPaymentFailure.AUTO_RETRY;
    lines.add(
        retries && behavior.maxRetryCount() != null
            ? line(
                "ext.agent_behavior.on_payment_failure",
                "failure.retry",
                behavior.maxRetryCount().toString())
            : line("ext.agent_behavior.on_payment_failure", "failure.cancel"));
  }

  private void named(
      List<Line> lines, String field, String key, @Nullable List<String> identifiers) {
    if (identifiers != null && !identifiers.isEmpty()) {
      lines.add(
          new Line(
              field,
              new Text(
                  DelegationMessages.text(key, names(identifiers, "en")).en(),
                  DelegationMessages.text(key, names(identifiers, "zh")).zh())));
    }
  }

  /** Names merchants and categories in words; unknown identifiers stay as they are. */
  private String names(List<String> identifiers, String lang) {
    return identifiers.stream()
        .map(each -> name(each).in(lang))
        .collect(Collectors.joining(lang.equals("zh") ? "、" : ", "));
  }

  private Text name(String identifier) {
    if (identifier.startsWith("did:")) {
      // The DID stays visible: two merchants may have look-alike names.
      return names
          .apply(new Did(identifier))
          .map(
              name ->
                  new Text(nameWithId(name.en(), identifier), nameWithId(name.zh(), identifier)))
          .orElse(Text.untranslated(identifier));
    }
    var key = "category." + identifier;
    return DelegationMessages.has(key)
        ? DelegationMessages.text(key)
        : Text.untranslated(identifier);
  }

  private static String nameWithId(String name, String identifier) {
    return name + " (" + identifier + ")";
  }

  private static Text list(List<String> methods) {
    var words = methods.stream().map(AuthoritySummary::method).toList();
    return new Text(
        String.join(", ", words.stream().map(Text::en).toList()),
        String.join("、", words.stream().map(Text::zh).toList()));
  }

  /** Names a kind of account in words; a method id stays as it is. */
  private static Text method(String entry) {
    var account = "method." + entry;
    return DelegationMessages.has(account)
        ? DelegationMessages.text(account)
        : DelegationMessages.text("method.id", entry);
  }

  private static Line line(String field, String key, Object... arguments) {
    return new Line(field, DelegationMessages.text(key, arguments));
  }

  private Object time(Instant instant) {
    return instant.equals(Instant.MIN) || instant.equals(Instant.MAX)
        ? DelegationMessages.text("time.open")
        : times.format(instant);
  }
}
