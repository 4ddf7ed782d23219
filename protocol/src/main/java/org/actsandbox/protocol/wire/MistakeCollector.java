package org.actsandbox.protocol.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Collects the refusals of several checks of one request, so that the caller gets all mistakes in
 * one answer.
 */
public final class MistakeCollector {

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,10}([.][0-9]{1,4})?");

  private final List<Refusal> refusals = new ArrayList<>();

  /** Checks the values of a request and refuses once; {@link #refuseAny} says how. */
  public static void checkValues(ValueCheckedRequest request) {
    var collector = new MistakeCollector();
    request.checkValues(collector);
    collector.refuseAny();
  }

  /** Runs all checks and refuses once; {@link #refuseAny} says how. */
  public static void checkAll(Runnable... checks) {
    var collector = new MistakeCollector();
    for (var check : checks) {
      collector.check(check);
    }
    collector.refuseAny();
  }

  /** Runs a check and keeps its refusal. */
  public void check(Runnable check) {
    try {
      check.run();
    } catch (Refusal refusal) {
      refusals.add(refusal);
    }
  }

  /** Checks a value if there is one, and keeps the refusal. */
  public <T> void checkPresent(@Nullable T value, Consumer<? super T> check) {
    if (value != null) {
      check(() -> check.accept(value));
    }
  }

  /** Checks that a text, if there is one, has 1 to {@code max} characters. */
  public void text(String field, @Nullable String value, int max) {
    checkPresent(value, present -> FieldChecks.text(field, present, max));
  }

  /** Checks that a text, if there is one, has the form of an id of another participant. */
  public void id(String field, @Nullable String value) {
    checkPresent(value, present -> SenderChecks.requireId(field, present, Problem.INVALID_FIELD));
  }

  /** Checks that a text, if there is one, is a DID. */
  public void did(String field, @Nullable String value) {
    checkPresent(value, present -> FieldChecks.did(field, present));
  }

  /** Checks that a text, if there is one, has the form of a payment PIN. */
  public void pin(String field, @Nullable String value) {
    checkPresent(value, present -> FieldChecks.pin(field, present));
  }

  /** Checks that a text, if there is one, is one of the known words. */
  public void oneOf(String field, @Nullable String value, List<String> known) {
    if (value != null && !known.contains(value)) {
      refusals.add(FieldChecks.invalid(field, FieldChecks.alternatives(known), value));
    }
  }

  /** Checks that a number, if there is one, is within limits, both included. */
  public void range(String field, @Nullable Number value, long min, long max) {
    if (value != null && (value.longValue() < min || value.longValue() > max)) {
      refusals.add(
          FieldChecks.invalid(field, "%d to %d".formatted(min, max), String.valueOf(value)));
    }
  }

  /**
   * Checks an amount and its currency, as far as they are there; without a known currency only the
   * form of the amount.
   *
   * @param field the amount; {@code currency} stands beside it
   */
  public void money(String field, @Nullable String amount, @Nullable String currency) {
    currency(field.substring(0, field.lastIndexOf('.') + 1) + "currency", currency);
    if (amount == null) {
      return;
    }
    var known = currency == null || !FieldChecks.isCurrency(currency) ? null : currency;
    if (known != null) {
      check(() -> FieldChecks.money(field, amount, known));
    } else if (!AMOUNT.matcher(amount).matches()) {
      refusals.add(FieldChecks.invalid(field, "a decimal amount such as 87.50", amount));
    }
  }

  /** Checks that a text, if there is one, is the code of a currency. */
  public void currency(String field, @Nullable String code) {
    if (code != null && !FieldChecks.isCurrency(code)) {
      refusals.add(FieldChecks.invalid(field, "an ISO 4217 code such as CNY", code));
    }
  }

  /** Checks that a time, if there is one, can be stored. */
  public void moment(String field, @Nullable Instant value) {
    checkPresent(value, present -> FieldChecks.moment(field, present));
  }

  /** Checks that a part whose form is free, if there is one, is an object. */
  public void object(String field, @Nullable JsonNode value) {
    if (value != null && !value.isObject()) {
      refusals.add(FieldChecks.invalid(field, "an object", "something else"));
    }
  }

  /** Checks the values of a part of a request, if there is one; its places are below {@code at}. */
  public void within(String at, @Nullable ValueCheckedRequest part) {
    if (part == null) {
      return;
    }
    var own = new MistakeCollector();
    part.checkValues(own);
    for (var refusal : own.refusals) {
      refusals.add(
          Refusal.of(
              refusal.problem(),
              refusal.toMistakes().stream().map(mistake -> mistake.below(at)).toList()));
    }
  }

  /**
   * Reads a value and keeps the refusal.
   *
   * @param substitute the value with which the other checks go on; it is never used, because {@link
   *     #refuseAny} refuses
   */
  public <T> T value(Supplier<T> reader, T substitute) {
    try {
      return reader.get();
    } catch (Refusal refusal) {
      refusals.add(refusal);
      return substitute;
    }
  }

  /** Returns the refusals of all checks until now. */
  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * Refuses if a check did. The problem is that of the first refusal; the refusals of other
   * problems come when its mistakes are corrected.
   *
   * @throws Refusal with all mistakes of one problem
   */
  public void refuseAny() {
    refuseAny(Problem.INVALID_FIELD);
  }

  /**
   * Refuses as {@link #refuseAny()} does, on a surface that has a problem of its own for wrong
   * fields.
   */
  void refuseAny(Problem invalid) {
    if (refusals.isEmpty()) {
      return;
    }
    if (invalid != Problem.INVALID_FIELD) {
      refusals.replaceAll(
          each ->
              each.problem() == Problem.INVALID_FIELD
                  ? Refusal.of(invalid, each.toMistakes())
                  : each);
    }
    var first = refusals.getFirst();
    var same = refusals.stream().filter(each -> each.problem() == first.problem()).toList();
    throw same.size() == 1
        ? first
        : Refusal.of(
            first.problem(),
            same.stream()
                .flatMap(each -> each.toMistakes().stream())
                .limit(MessageCheck.MAX_MISTAKES)
                .toList());
  }
}
