package org.actsandbox.sandbox.key;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.sandbox.database.DataFolder;
import org.springframework.stereotype.Component;

/**
 * What stored PINs are hashed under: 256 bits of this data folder alone, which a reader of the
 * database, seeds included, lacks.
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
