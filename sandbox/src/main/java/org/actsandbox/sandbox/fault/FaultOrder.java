package org.actsandbox.sandbox.fault;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** What comes in when a fault is ordered; absent fields take their defaults. */
public record FaultOrder(
    @Nullable String name,
    @Nullable String participant,
    @Nullable String operation,
    @Nullable Double probability,
    @Nullable Long after,
    @Nullable Long count,
    @Nullable Map<String, Object> parameters,
    @Nullable Boolean enabled) {

  private static final Pattern PARTICIPANT = Pattern.compile("\\*|[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern OPERATION =
      Pattern.compile("(?:(?:GET|POST|PUT|DELETE) )?(?:\\*\\*|/[A-Za-z0-9_.*/-]{0,100})");
  private static final double MAX_DELAY_MS = 60_000;
  private static final long MAX_COUNT = 1_000_000;

  /**
   * @throws Refusal {@code invalid_field}, naming the field
   */
  Fault checked(String id) {
    var fault =
        new Fault(
            id,
            knownName(),
            matching(
                "participant",
                participant,
                "*",
                PARTICIPANT,
                "a merchant id, sandbox-pay, demo-agent or *"),
            matching(
                "operation", operation, "**", OPERATION, "such as POST /carts or /fulfilment/*"),
            within("probability", probability == null ? 1 : probability, 0, 1),
            counted("after", after == null ? 0 : after, 0),
            count == null ? null : counted("count", count, 1),
            knobs(),
            enabled == null || enabled);
    checkKnobs(fault);
    return fault;
  }

  private FaultName knownName() {
    try {
      return FaultName.ofCode(Optional.ofNullable(name).orElse(""));
    } catch (IllegalArgumentException unknown) {
      throw invalid(
          "name",
          String.join(", ", Arrays.stream(FaultName.values()).map(FaultName::code).toList()),
          String.valueOf(name));
    }
  }

  private Map<String, String> knobs() {
    if (parameters == null) {
      return Map.of();
    }
    var known = knownName().knobs();
    var texts = new TreeMap<String, String>();
    parameters.forEach(
        (knob, value) -> {
          if (!known.contains(knob)) {
            throw invalid(
                "parameters." + knob,
                known.isEmpty() ? "no parameters" : "one of " + String.join(", ", known),
                knob);
          }
          texts.put(knob, String.valueOf(value));
        });
    return Map.copyOf(texts);
  }

  private static void checkKnobs(Fault fault) {
    try {
      within("parameters.ms", (double) fault.number("ms", 0), 0, MAX_DELAY_MS);
      within("parameters.median_ms", fault.decimal("median_ms", 0), 0, MAX_DELAY_MS);
      within("parameters.sigma", fault.decimal("sigma", 0), 0, 3);
      within("parameters.status", (double) fault.number("status", 503), 400, 599);
      within("parameters.percent", fault.decimal("percent", 10), -90, 1_000);
    } catch (NumberFormatException notNumber) {
      throw invalid("parameters", "numbers", String.valueOf(fault.parameters()));
    }
    if (fault.text("header", "Payment-Needed").length() > 40) {
      throw invalid("parameters.header", "a header's name", "a longer text");
    }
  }

  private static String matching(
      String field, @Nullable String value, String otherwise, Pattern form, String expected) {
    if (value == null || value.isEmpty()) {
      return otherwise;
    }
    if (!form.matcher(value).matches()) {
      throw invalid(field, expected, value);
    }
    return value;
  }

  private static long counted(String field, long value, long min) {
    if (value < min || value > MAX_COUNT) {
      throw invalid(field, "%d to %d".formatted(min, MAX_COUNT), String.valueOf(value));
    }
    return value;
  }

  private static double within(String field, double value, double min, double max) {
    // Written so that NaN is refused too.
    if (!(value >= min && value <= max)) {
      throw invalid(field, "%s to %s".formatted(min, max), String.valueOf(value));
    }
    return value;
  }

  private static Refusal invalid(String field, String expected, String observed) {
    return new Refusal(Problem.INVALID_FIELD, field + " is not valid")
        .at(field)
        .expected(expected)
        .observed(observed);
  }
}
