package org.actsandbox.protocol.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Computes SHA-256 hashes with few digests, one after another: a new digest takes 650 bytes, and a
 * purchase has some fifty hashes.
 */
public final class Sha256 {

  /** Number of digests that wait for their next use at most. It is a power of two. */
  private static final int KEPT = 32;

  /** The digests that no thread uses at the moment. */
  private static final AtomicReferenceArray<@Nullable MessageDigest> IDLE =
      new AtomicReferenceArray<>(KEPT);

  private Sha256() {}

  /** Returns the hash of all parts, one after another. */
  public static byte[] of(byte[]... parts) {
    int slot = (int) Thread.currentThread().threadId() & (KEPT - 1);
    var idle = IDLE.getAndSet(slot, null);
    var digest = idle == null ? newDigest() : idle;
    for (var part : parts) {
      digest.update(part);
    }
    // This also clears it for its next use.
    var hash = digest.digest();
    IDLE.set(slot, digest);
    return hash;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
