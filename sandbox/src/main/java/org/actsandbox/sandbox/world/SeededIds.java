package org.actsandbox.sandbox.world;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.actsandbox.protocol.time.Ids;
import org.actsandbox.sandbox.key.Hmac;

/**
 * Identifiers of one world: a counter, scrambled by a keyed permutation. So two never collide, and
 * nobody without the seed can tell the next one.
 */
final class SeededIds implements Ids {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHARACTERS = 12;
  private static final int HALF_BITS = 30;
  private static final long HALF = (1L << HALF_BITS) - 1;
  private static final int ROUNDS = 6;
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z]{1,8}");

  private final Hmac scrambling;
  private final IdBlocks blocks;
  private final ReentrantLock lock = new ReentrantLock();
  private long next;
  private long end;

  /**
   * @param key follows from the world's seed and the number of its resets, so that a reset world
   *     never names something as an old proof or ticket does
   */
  SeededIds(byte[] key, IdBlocks blocks) {
    this.scrambling = new Hmac(key);
    this.blocks = blocks;
  }

  @Override
  public String next(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("an id prefix is 1 to 8 ASCII letters");
    }
    return prefix + "-" + text(scramble(count()));
  }

  private long count() {
    lock.lock();
    try {
      if (next == end) {
        next = blocks.reserve() * IdBlocks.SIZE;
        end = next + IdBlocks.SIZE;
      }
      return next++;
    } finally {
      lock.unlock();
    }
  }

  /** A Feistel network: whatever the rounds are, it maps 60 bits to 60 bits one to one. */
  private long scramble(long number) {
    long left = number >>> HALF_BITS;
    long right = number & HALF;
    for (int round = 0; round < ROUNDS; round++) {
      long mixed = left ^ (round(round, right) & HALF);
      left = right;
      right = mixed;
    }
    return (left << HALF_BITS) | right;
  }

  private long round(int round, long half) {
    var input = ByteBuffer.allocate(9).put((byte) round).putLong(half).array();
    return ByteBuffer.wrap(scrambling.of(input)).getLong();
  }

  private static String text(long bits) {
    var text = new char[CHARACTERS];
    for (int i = CHARACTERS - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (bits & 31));
      bits >>>= 5;
    }
    return new String(text);
  }
}
