package org.actsandbox.merchants.train.timetable;

/** Computes numbers from a seed and a name; they are always the same, and there is no state. */
public final class SeededNumbers {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SeededNumbers() {}

  /** Applies the finaliser of SplitMix64. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public static long numberAt(long seed, long index) {
    return mix(seed + (index + 1) * GOLDEN);
  }

  public static long numberFor(long seed, String name) {
    return numberAt(seed, name.hashCode());
  }

  /**
   * Returns a number from 0 to {@code bound - 1} for the run; each {@code topic} has numbers of its
   * own.
   */
  public static int pick(long seed, String topic, TrainRun trainRun, int bound) {
    long own = numberAt(numberFor(seed, topic), trainRun.train().number().hashCode());
    return (int) Long.remainderUnsigned(numberAt(own, trainRun.serviceDate().toEpochDay()), bound);
  }
}
