package org.actsandbox.sandbox.key;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes HMAC-SHA256 under one key, safe for threads; also the two steps of HKDF (RFC 5869). */
public final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  public Hmac(byte[] key) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
    }
  }

  /**
   * Derives 32 bytes from {@code secret} for one purpose: HKDF-SHA256, no salt, one block.
   *
   * @param purpose the HKDF info; another purpose gives unrelated bytes
   */
  public static byte[] derive(byte[] secret, String purpose) {
    var extracted = new Hmac(new byte[32]).of(secret);
    return new Hmac(extracted).of(purpose.getBytes(StandardCharsets.UTF_8), new byte[] {1});
  }

  public byte[] of(byte[]... parts) {
    try {
      var mac = (Mac) keyed.clone();
      for (var part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the provider's HMAC cannot be copied", impossible);
    }
  }

  public byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
