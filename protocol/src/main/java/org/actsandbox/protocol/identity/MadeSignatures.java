package org.actsandbox.protocol.identity;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest signatures that this process has made, so that its participants need not
 * compute again what one of them has just computed. Only exactly these bytes under exactly this key
 * are remembered: all else, and what was forgotten, is verified.
 *
 * <p>It is bounded by its slots: a newer signature takes the place of an older one. A slot is read
 * and written as a whole, so that threads need no lock.
 */
final class MadeSignatures {

  /** Number of signatures; those of several hundred purchases. It is a power of two. */
  private static final int SLOTS = 8192;

  private final AtomicReferenceArray<byte @Nullable []> digests = new AtomicReferenceArray<>(SLOTS);

  void add(byte[] publicKey, byte[] message, byte[] signature) {
    var digest = digest(publicKey, message, signature);
    digests.set(slot(digest), digest);
  }

  boolean contains(byte[] publicKey, byte[] message, byte[] signature) {
    var digest = digest(publicKey, message, signature);
    return Arrays.equals(digests.get(slot(digest)), digest);
  }

  private static int slot(byte[] digest) {
    return ((digest[0] & 0xff) << 8 | (digest[1] & 0xff)) & (SLOTS - 1);
  }

  /** Key and signature have fixed lengths, so that no two inputs give the same bytes. */
  private static byte[] digest(byte[] publicKey, byte[] message, byte[] signature) {
    return Sha256.of(publicKey, signature, message);
  }
}
