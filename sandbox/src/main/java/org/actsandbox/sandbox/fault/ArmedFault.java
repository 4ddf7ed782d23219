package org.actsandbox.sandbox.fault;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Decides for each request whether one fault happens, and counts. */
final class ArmedFault {

  private final Fault fault;
  private final int randomIndex;
  private final long seed;
  private final Pattern operation;
  private long matched;
  private long fired;

  /**
   * @param randomIndex index 0, 1, ... among the faults with the same {@link #randomKey}
   */
  ArmedFault(Fault fault, long worldSeed, int randomIndex, long matched, long fired) {
    this.fault = fault;
    this.randomIndex = randomIndex;
    this.seed =
        worldSeed ^ ((randomKey(fault).hashCode() + (long) randomIndex) * 0x9E3779B97F4A7C15L);
    this.operation = pattern(fault.operation());
    this.matched = matched;
    this.fired = fired;
  }

  /**
   * Returns the part of the random seed that comes from the fault. The id is not used, because it
   * depends on earlier events in the world.
   */
  static String randomKey(Fault fault) {
    return "%s %s %s".formatted(fault.name().code(), fault.participant(), fault.operation());
  }

  Fault fault() {
    return fault;
  }

  int randomIndex() {
    return randomIndex;
  }

  synchronized Fault.Status status() {
    return new Fault.Status(fault, matched, fired);
  }

  /**
   * Decides whether the fault happens to this request; if so, returns the random numbers for its
   * parameters.
   *
   * @param path below the participant
   */
  Optional<SplittableRandom> decide(String participant, String method, String path) {
    return fault.enabled() && matches(participant, method, path) ? next() : Optional.empty();
  }

  private boolean matches(String participant, String method, String path) {
    return (fault.participant().equals("*") || fault.participant().equals(participant))
        && operation.matcher(method + " " + path).matches();
  }

  /**
   * Returns a result for the next matching request: the n-th one always has the same random
   * numbers, independent of other events.
   */
  private synchronized Optional<SplittableRandom> next() {
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
