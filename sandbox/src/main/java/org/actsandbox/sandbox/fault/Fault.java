package org.actsandbox.sandbox.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Represents a fault as it was requested.
 *
 * @param participant merchant id, {@code sandbox-pay}, {@code demo-agent}, a proxy's id or {@code
 *     *}
 * @param operation method and path below the participant: {@code POST /carts}, {@code
 *     /fulfilment/*}; {@code *} is one path segment, {@code **} any number
 * @param probability 0 to 1, decided by the world's seed
 * @param after number of matching requests that pass first
 * @param count maximum number of times that it happens; null for no limit
 * @param parameters values of the parameters of {@link FaultName}
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

  /** Returns the value of a parameter, or its default. */
  public String text(String parameter) {
    var set = parameters.get(parameter);
    return set != null
        ? set
        : name.parameter(parameter)
            .orElseThrow(() -> new IllegalStateException(name + " has no parameter " + parameter))
            .defaultValue();
  }

  public long number(String parameter) {
    return Long.parseLong(text(parameter));
  }

  public boolean isSet(String parameter) {
    return !text(parameter).isEmpty();
  }

  public boolean is(String parameter, String value) {
    return text(parameter).equals(value);
  }

  /**
   * Represents a fault with its counters.
   *
   * @param matched number of requests to which it could happen
   * @param fired number of times that it happened
   */
  public record Status(Fault fault, long matched, long fired) {}
}
