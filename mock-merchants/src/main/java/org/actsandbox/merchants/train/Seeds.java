package org.actsandbox.merchants.train;

/** Numbers drawn from a seed and a name: the same for ever, without any state. */
final class Seeds {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** SplitMix64's finisher. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long at(long seed, long index) {
    return mix(seed + (index + 1) * GOLDEN);
  }

  static long named(long seed, String name) {
    return at(seed, name.hashCode());
  }

  /** A number of {@code 0 .. bound-1} for the run, in the matter of {@code topic}. */
  static int pick(long seed, String topic, Run run, int bound) {
    long own = at(named(seed, topic), run.train().number().hashCode());
    return (int) Long.remainderUnsigned(at(own, run.serviceDate().toEpochDay()), bound);
  }
}
