package org.actsandbox.merchants.shelf;

/**
 * Draws numbers that can be repeated: the same seed and name always give the same number, in any
 * order and on any thread, so that seeded stock, sales and quirks need no rows.
 */
public final class SeededRandom {

  /** Draws for data that is the same in every world. */
  public static final SeededRandom STATIC = new SeededRandom(0x5EED_0000_AC7AL);

  private final long seed;

  public SeededRandom(long seed) {
    this.seed = seed;
  }

  /** Returns a source of its own for one merchant, item or day. */
  public SeededRandom derive(String name) {
    return new SeededRandom(mix(seed, name));
  }

  /** Returns a number from 0 to {@code bound - 1}. */
  public int below(String name, int bound) {
    return (int) Long.remainderUnsigned(mix(seed, name), bound);
  }

  /** Returns a number from {@code low} to {@code high}, both included. */
  public int between(String name, int low, int high) {
    return low + below(name, high - low + 1);
  }

  /** Returns true for {@code percent} of 100 names. */
  public boolean chance(String name, int percent) {
    return below(name, 100) < percent;
  }

  private static long mix(long seed, String name) {
    long hash = seed ^ 0x9E3779B97F4A7C15L;
    for (int i = 0; i < name.length(); i++) {
      hash = scramble(hash + name.charAt(i));
    }
    return scramble(hash);
  }

  /** Applies the finaliser of SplitMix64. */
  private static long scramble(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
