package org.actsandbox.sandbox.fault;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/** Represents the request body that arms a fault; absent fields take their defaults. */
public record FaultRequest(
    @Nullable String name,
    @Nullable String participant,
    @Nullable String operation,
    @Nullable Double probability,
    @Nullable Long after,
    @Nullable Long count,
    @Nullable Map<String, Object> parameters,
    @Nullable Boolean enabled)
    implements ValueCheckedRequest {

  public static final String ALL_PARTICIPANTS = "*";

  /** Describes the accepted values of {@code participant}. */
  public static final String PARTICIPANTS = "a merchant id, sandbox-pay, demo-agent or *";

  private static final Pattern PARTICIPANT = Pattern.compile("\\*|[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern OPERATION =
      Pattern.compile("(?:(?:GET|POST|PUT|DELETE) )?(?:\\*\\*|/[A-Za-z0-9_.*/-]{0,100})");
  private static final long MAX_COUNT = 1_000_000;

  /** Returns the same request for another participant. */
  public FaultRequest forParticipant(String other) {
    return new FaultRequest(name, other, operation, probability, after, count, parameters, enabled);
  }

  /**
   * Checks the request and returns the fault that it would arm.
   *
   * @throws Refusal {@code invalid_field}, naming the field
   */
  public Fault check() {
    return checked("");
  }

  /**
   * Checks the request and returns the fault with this id.
   *
   * @throws Refusal {@code invalid_field}, naming the field
   */
  Fault checked(String id) {
    MistakeCollector.checkValues(this);
    var known = knownName();
    var fault = fault(id, known);
    if (!known.isPerRequest()) {
      requireAlways(fault);
    }
    return fault;
  }

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.check(this::checkedParticipant);
    mistakes.check(() -> checkedOperation("**"));
    mistakes.check(this::checkedProbability);
    mistakes.check(this::checkedAfter);
    mistakes.check(this::checkedCount);
    if (name != null) {
      mistakes.check(this::knownName);
      FaultName.find(name).ifPresent(known -> checkParameters(known, mistakes));
    }
  }

  private Fault fault(String id, FaultName known) {
    return new Fault(
        id,
        known,
        checkedParticipant(),
        checkedOperation(known.operation()),
        checkedProbability(),
        checkedAfter(),
        checkedCount(),
        checkedParameters(known),
        enabled == null || enabled);
  }

  private String checkedParticipant() {
    return matching("participant", participant, ALL_PARTICIPANTS, PARTICIPANT, PARTICIPANTS);
  }

  private String checkedOperation(String usual) {
    return matching(
        "operation", operation, usual, OPERATION, "such as POST /carts or /fulfilment/*");
  }

  private double checkedProbability() {
    return within("probability", probability == null ? 1 : probability, 0, 1);
  }

  private long checkedAfter() {
    return counted("after", after == null ? 0 : after, 0);
  }

  private @Nullable Long checkedCount() {
    return count == null ? null : counted("count", count, 1);
  }

  private void checkParameters(FaultName known, MistakeCollector mistakes) {
    if (parameters != null) {
      parameters.forEach(
          (given, value) ->
              mistakes.check(() -> checkedParameter(known, given, String.valueOf(value))));
    }
  }

  /**
   * Refuses probability and counts for a clock, which is either wrong or right: there are no single
   * requests to decide or to count.
   */
  private static void requireAlways(Fault fault) {
    if (fault.probability() != 1) {
      throw FieldChecks.invalid(
          "probability", "1: a clock is wrong all the time", "" + fault.probability());
    }
    if (fault.after() != 0 || fault.count() != null) {
      throw FieldChecks.invalid(
          fault.after() != 0 ? "after" : "count", "absent: a clock is wrong all the time", "set");
    }
    if (!fault.operation().equals("**")) {
      throw FieldChecks.invalid(
          "operation", "**: a clock is wrong for every call", fault.operation());
    }
  }

  private FaultName knownName() {
    try {
      return FaultName.ofCode(Optional.ofNullable(name).orElse(""));
    } catch (IllegalArgumentException unknown) {
      throw FieldChecks.invalid(
          "name",
          "one of "
              + String.join(", ", Arrays.stream(FaultName.values()).map(FaultName::code).toList()),
          name);
    }
  }

  private Map<String, String> checkedParameters(FaultName name) {
    if (parameters == null) {
      return Map.of();
    }
    var texts = new TreeMap<String, String>();
    parameters.forEach(
        (given, value) -> texts.put(given, checkedParameter(name, given, String.valueOf(value))));
    return Map.copyOf(texts);
  }

  private static String checkedParameter(FaultName name, String given, String value) {
    var known = name.parameters().stream().map(FaultParameter::name).toList();
    var faultParameter =
        name.parameter(given)
            .orElseThrow(
                () ->
                    FieldChecks.invalid(
                        "parameters." + given,
                        known.isEmpty() ? "no parameters" : "one of " + String.join(", ", known),
                        given));
    if (!faultParameter.accepts(value)) {
      throw FieldChecks.invalid("parameters." + given, faultParameter.expected(), value);
    }
    return value;
  }

  private static String matching(
      String field, @Nullable String value, String defaultValue, Pattern form, String expected) {
    if (value == null || value.isEmpty()) {
      return defaultValue;
    }
    if (!form.matcher(value).matches()) {
      throw FieldChecks.invalid(field, expected, value);
    }
    return value;
  }

  private static long counted(String field, long value, long min) {
    if (value < min || value > MAX_COUNT) {
      throw FieldChecks.invalid(field, "%d to %d".formatted(min, MAX_COUNT), String.valueOf(value));
    }
    return value;
  }

  private static double within(String field, double value, double min, double max) {
    // Written so that NaN is refused too.
    if (!(value >= min && value <= max)) {
      throw FieldChecks.invalid(field, "%s to %s".formatted(min, max), String.valueOf(value));
    }
    return value;
  }
}
