package org.actsandbox.sandbox.doctor.diagnosis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is what is known beside the message itself.
 *
 * @param keys the public keys with which a signature is compared
 * @param now the time at which the message was judged; null if it is not known
 * @param signedBySender the text that the sender says it signed, or the digest of that text in
 *     hexadecimal; null if the sender says nothing
 */
@SuppressWarnings("ArrayRecordComponent") // compared with a text, never with another
public record Circumstances(
    List<KnownKey> keys, @Nullable Instant now, byte @Nullable [] signedBySender) {

  /** Ours: more keys than a world of ordinary size has; further ones are not tried. */
  public static final int MAX_KEYS = 96;

  public Circumstances {
    keys = List.copyOf(keys);
  }

  /** Makes circumstances with a time and without what the sender says to have signed. */
  public static Circumstances at(List<KnownKey> keys, Instant now) {
    return new Circumstances(keys, now, null);
  }

  public static Circumstances of(List<KnownKey> keys) {
    return new Circumstances(keys, null, null);
  }

  /** Returns whether there were more keys than are tried. */
  public boolean hasMoreKeys() {
    return keys.size() > MAX_KEYS;
  }
}
