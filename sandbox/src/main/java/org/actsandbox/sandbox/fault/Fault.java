package org.actsandbox.sandbox.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault as somebody ordered it.
 *
 * @param participant merchant id, {@code sandbox-pay}, {@code demo-agent}, a proxy's id or {@code
 *     *}
 * @param operation method and path below the participant: {@code POST /carts}, {@code
 *     /fulfilment/*}; {@code *} is one path segment, {@code **} any number
 * @param probability 0 to 1, decided by the world's seed
 * @param after this many matching requests pass untouched first
 * @param count it happens this often at most; null for no limit
 * @param parameters the knobs of {@link FaultName}
 */
public record Fault(
    String id,
    FaultName name,
    String participant,
    String operation,
    double probability,
    long after,
    @Nullable Long count,
    Map<String, String> parameters,
    boolean enabled) {

  /** The knob as it was set, or its usual value. */
  public String text(String knob) {
    var set = parameters.get(knob);
    return set != null
        ? set
        : name.parameter(knob)
            .orElseThrow(() -> new IllegalStateException(name + " has no knob " + knob))
            .defaultValue();
  }

  public long number(String knob) {
    return Long.parseLong(text(knob));
  }

  public boolean isSet(String knob) {
    return !text(knob).isEmpty();
  }

  public boolean is(String knob, String value) {
    return text(knob).equals(value);
  }

  /**
   * @param matched requests it could have happened to
   * @param fired how often it happened
   */
  public record Status(Fault fault, long matched, long fired) {}
}
