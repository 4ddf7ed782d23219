package org.actsandbox.sandbox.key;

import java.time.InstantSource;
import javax.crypto.SecretKey;

/**
 * Configures how the payment service stores PINs.
 *
 * @param secret the key of the MACs of stored PINs; it is not in the database and never changes
 * @param partition the first key column of their rows; it outlives resets of the world
 * @param machine the machine's clock, which measures locks: changes of the world's clock end no
 *     lock
 */
public record PinStorage(SecretKey secret, String partition, InstantSource machine) {

  @Override
  public String toString() {
    return "PinStorage[" + partition + "]";
  }
}
