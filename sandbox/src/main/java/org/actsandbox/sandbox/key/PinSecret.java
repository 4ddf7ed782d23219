package org.actsandbox.sandbox.key;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.sandbox.database.DataFolder;
import org.springframework.stereotype.Component;

/**
 * Holds the key under which stored PINs are hashed: 256 bits of this data folder, which a reader of
 * the database, even with the seeds, does not have.
 */
@Component
public final class PinSecret {

  private final SecretKey key;

  PinSecret(DataFolder folder) {
    this.key = new SecretKeySpec(Hmac.derive(folder.secret(), "payment PIN"), "HmacSHA256");
  }

  public SecretKey key() {
    return key;
  }
}
