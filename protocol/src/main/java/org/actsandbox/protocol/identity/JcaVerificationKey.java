package org.actsandbox.protocol.identity;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/**
 * A public key with which the JDK verifies signatures.
 *
 * @param jwk the public JWK as JSON text
 */
record JcaVerificationKey(
    String signerId, SignatureType type, String algorithm, PublicKey key, String jwk)
    implements VerificationKey {

  @Override
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      var check = Signature.getInstance(algorithm);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the JDK cannot verify " + algorithm, broken);
    }
  }
}
