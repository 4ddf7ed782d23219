package org.actsandbox.sandbox.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fault as somebody ordered it.
 *
 * @param participant merchant id, {@code sandbox-pay}, {@code demo-agent} or {@code *}
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

  public long number(String knob, long otherwise) {
    var value = parameters.get(knob);
    return value == null ? otherwise : Long.parseLong(value);
  }

  public double decimal(String knob, double otherwise) {
    var value = parameters.get(knob);
    return value == null ? otherwise : Double.parseDouble(value);
  }

  public String text(String knob, String otherwise) {
    return parameters.getOrDefault(knob, otherwise);
  }

  /**
   * @param matched requests it could have happened to
   * @param fired how often it happened
   */
  public record Status(Fault fault, long matched, long fired) {}
}
