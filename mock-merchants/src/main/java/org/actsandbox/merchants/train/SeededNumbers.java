package org.actsandbox.merchants.train;

/** Numbers drawn from a seed and a name: the same for ever, without any state. */
final class SeededNumbers {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SeededNumbers() {}

  /** SplitMix64's finisher. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long numberAt(long seed, long index) {
    return mix(seed + (index + 1) * GOLDEN);
  }

  static long numberFor(long seed, String name) {
    return numberAt(seed, name.hashCode());
  }

  /** A number of {@code 0 .. bound-1} for the run, in the matter of {@code topic}. */
  static int pick(long seed, String topic, TrainRun trainRun, int bound) {
    long own = numberAt(numberFor(seed, topic), trainRun.train().number().hashCode());
    return (int) Long.remainderUnsigned(numberAt(own, trainRun.serviceDate().toEpochDay()), bound);
  }
}
