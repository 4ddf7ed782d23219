package org.actsandbox.protocol.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;

/**
 * A key pair for RSA PKCS#1 v1.5 with SHA-256. The Alipay profile calls it RSA2, and JOSE RS256.
 */
public final class Rsa2KeyPair extends JcaSigner {

  /** Ours: the minimum that RFC 7518 section 3.3 requires for RS256. */
  public static final int MIN_BITS = 2048;

  static final String ALGORITHM = "SHA256withRSA";

  private final RSAPublicKey publicKey;

  /**
   * @throws IllegalArgumentException unless the pair is RSA of at least {@link #MIN_BITS}
   */
  public Rsa2KeyPair(String signerId, KeyPair pair) {
    super(signerId, SignatureType.RSA2, ALGORITHM, pair.getPrivate());
    if (!(pair.getPublic() instanceof RSAPublicKey rsa)) {
      throw new IllegalArgumentException("RSA2 needs an RSA key pair");
    }
    this.publicKey = requireSize(rsa);
  }

  @Override
  public VerificationKey publicKey() {
    return verificationKey(signerId(), publicKey);
  }

  static VerificationKey verificationKey(String signerId, RSAPublicKey key) {
    var jwk =
        new RSAKey.Builder(requireSize(key))
            .keyID(signerId)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.RS256)
            .build();
    return new JcaVerificationKey(signerId, SignatureType.RSA2, ALGORITHM, key, jwk.toJSONString());
  }

  private static RSAPublicKey requireSize(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_BITS || bits > 8192) {
      throw new IllegalArgumentException("RSA keys have 2048 to 8192 bits, this has " + bits);
    }
    return key;
  }
}
