package org.actsandbox.sandbox.world.id;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.actsandbox.protocol.time.IdGenerator;
import org.actsandbox.sandbox.key.Hmac;

/**
 * Generates a world's identifiers. An identifier is a counter, so that no two are equal and new
 * ones are neighbours in database indexes, and a keyed digest of it, so that the next one cannot be
 * guessed without the seed.
 */
public final class SeededIdGenerator implements IdGenerator {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int COUNTER = 6;
  private static final int DIGEST = 9;
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z]{1,8}");

  private final Hmac digests;
  private final IdBlocks blocks;
  private final ReentrantLock lock = new ReentrantLock();
  private long next;
  private long end;

  /**
   * @param key follows from the world's seed and the number of its resets, so that a reset world
   *     never repeats an identifier of an old proof or ticket
   */
  public SeededIdGenerator(byte[] key, IdBlocks blocks) {
    this.digests = new Hmac(key);
    this.blocks = blocks;
  }

  @Override
  public String next(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("an id prefix is 1 to 8 ASCII letters");
    }
    long number = count();
    var digest = digests.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    return prefix + "-" + text(number, COUNTER) + text(ByteBuffer.wrap(digest).getLong(), DIGEST);
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

  private static String text(long bits, int characters) {
    var text = new char[characters];
    for (int i = characters - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (bits & 31));
      bits >>>= 5;
    }
    return new String(text);
  }
}
