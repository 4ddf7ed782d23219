package org.actsandbox.protocol.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;

/**
 * A key pair for ECDSA on P-256 with SHA-256. Signatures have 64 bytes, r and then s, as JOSE
 * requires.
 */
public final class Es256KeyPair extends JcaSigner {

  static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private final ECPublicKey publicKey;

  /**
   * @throws IllegalArgumentException unless the pair is on P-256
   */
  public Es256KeyPair(String signerId, KeyPair pair) {
    super(signerId, SignatureType.ES256, ALGORITHM, pair.getPrivate());
    if (!(pair.getPublic() instanceof ECPublicKey ec)
        || !Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
      throw new IllegalArgumentException("ES256 needs a key pair on P-256");
    }
    this.publicKey = ec;
  }

  @Override
  public VerificationKey publicKey() {
    return verificationKey(signerId(), publicKey);
  }

  static VerificationKey verificationKey(String signerId, ECPublicKey key) {
    var jwk =
        new ECKey.Builder(Curve.P_256, key)
            .keyID(signerId)
            .keyUse(KeyUse.SIGNATURE)
            .algorithm(JWSAlgorithm.ES256)
            .build();
    return new JcaVerificationKey(
        signerId, SignatureType.ES256, ALGORITHM, key, jwk.toJSONString());
  }
}
