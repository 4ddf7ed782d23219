package org.actsandbox.alipay.signature;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.Optional;

/** Contains the values of {@code sign_type} that the gateway takes (AIP-65, AIP-75). */
public enum SignType {
  /** SHA-1, which the profile does not permit for new applications, and old clients still send. */
  RSA("SHA1withRSA", "SHA-1"),
  RSA2("SHA256withRSA", "SHA-256");

  private final String jcaName;
  private final String digest;

  SignType(String jcaName, String digest) {
    this.jcaName = jcaName;
    this.digest = digest;
  }

  /** Returns the sign type of exactly this name: lower case is refused (AIP-238). */
  public static Optional<SignType> of(String name) {
    for (var type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Returns the JCA name of the digest. */
  public String digest() {
    return digest;
  }

  /** Returns the signature in Base64 with padding, as it stands in {@code sign}. */
  public String sign(PrivateKey key, byte[] text) {
    try {
      var signature = Signature.getInstance(jcaName);
      signature.initSign(key);
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("cannot sign with " + jcaName, unusable);
    }
  }

  /** Returns whether the Base64 text is the signature of {@code text}; false for other texts. */
  public boolean verifies(PublicKey key, byte[] text, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
    return verifies(key, text, bytes);
  }

  public boolean verifies(PublicKey key, byte[] text, byte[] signatureBytes) {
    try {
      var signature = Signature.getInstance(jcaName);
      signature.initVerify(key);
      signature.update(text);
      return signature.verify(signatureBytes);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("cannot verify with " + jcaName, unusable);
    }
  }
}
