package org.actsandbox.sandbox.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.actsandbox.protocol.identity.Did;

/**
 * Computes the stored form of a PIN: an HMAC under a secret that is not in the database.
 *
 * <p>Six digits can be found from any hash in seconds, slow or not; they are protected by the
 * secret and by the lock after three attempts. See docs/adr/0003-payment-pin.md.
 */
public final class PinMac {

  private final SecretKey secret;
  private final String owner;

  /**
   * @param scope the partition for which the stored form is made
   */
  public PinMac(SecretKey secret, String scope, Did principal) {
    this.secret = secret;
    // The first principal's form is that of versions with one principal only; no partition has a
    // line break.
    this.owner = principal.equals(Principals.FIRST) ? scope : scope + "\n" + principal.value();
  }

  public String of(String pin) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal((owner + "\n" + pin).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }

  /** Compares in constant time. */
  public boolean matches(String pin, String stored) {
    return MessageDigest.isEqual(
        of(pin).getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
  }
}
