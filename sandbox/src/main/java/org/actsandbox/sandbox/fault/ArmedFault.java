package org.actsandbox.sandbox.fault;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** A fault with its counters: decides, request by request, whether it happens. */
final class ArmedFault {

  private final Fault fault;
  private final int dice;
  private final long seed;
  private final Pattern operation;
  private long matched;
  private long fired;

  /**
   * @param dice 0, 1, ... among those with the same {@link #randomKey}
   */
  ArmedFault(Fault fault, long worldSeed, int dice, long matched, long fired) {
    this.fault = fault;
    this.dice = dice;
    this.seed = worldSeed ^ ((randomKey(fault).hashCode() + (long) dice) * 0x9E3779B97F4A7C15L);
    this.operation = pattern(fault.operation());
    this.matched = matched;
    this.fired = fired;
  }

  /**
   * What the dice depend on besides the seed. Not the id: that depends on what else happened in the
   * world before the fault was ordered.
   */
  static String randomKey(Fault fault) {
    return "%s %s %s".formatted(fault.name().code(), fault.participant(), fault.operation());
  }

  Fault fault() {
    return fault;
  }

  int randomIndex() {
    return dice;
  }

  synchronized Fault.Status status() {
    return new Fault.Status(fault, matched, fired);
  }

  /**
   * Whether it happens to this request, and with what randomness.
   *
   * @param path below the participant
   */
  Optional<SplittableRandom> decide(String participant, String method, String path) {
    return fault.enabled() && concerns(participant, method, path) ? draw() : Optional.empty();
  }

  private boolean concerns(String participant, String method, String path) {
    return (fault.participant().equals("*") || fault.participant().equals(participant))
        && operation.matcher(method + " " + path).matches();
  }

  /** The n-th matching request always gets the n-th draw, whatever happens around it. */
  private synchronized Optional<SplittableRandom> draw() {
    long number = matched++;
    var random = new SplittableRandom(seed + number);
    boolean happens =
        number >= fault.after()
            && (fault.count() == null || fired < fault.count())
            && random.nextDouble() < fault.probability();
    if (!happens) {
      return Optional.empty();
    }
    fired++;
    return Optional.of(random);
  }

  private static Pattern pattern(String operation) {
    int space = operation.indexOf(' ');
    var method = space < 0 ? "[A-Z]+" : operation.substring(0, space);
    var path = operation.substring(space + 1);
    var regex = new StringBuilder(method).append(' ');
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '*') {
        regex.append(Pattern.quote(String.valueOf(c)));
      } else if (i + 1 < path.length() && path.charAt(i + 1) == '*') {
        regex.append(".*");
        i++;
      } else {
        regex.append("[^/]+");
      }
    }
    return Pattern.compile(regex.toString());
  }
}
