package org.actsandbox.sandbox.key;

import java.time.InstantSource;
import javax.crypto.SecretKey;

/**
 * How the payment service keeps PINs.
 *
 * @param secret what stored PINs are hashed under; not in the database, the same for ever
 * @param partition first key column of their rows; it outlives resets of the world
 * @param machine the machine's clock, which locks run by: orders to the world's clock end no lock
 */
public record PinStorage(SecretKey secret, String partition, InstantSource machine) {

  @Override
  public String toString() {
    return "PinCustody[" + partition + "]";
  }
}
