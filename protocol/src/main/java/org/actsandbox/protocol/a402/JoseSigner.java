package org.actsandbox.protocol.a402;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.Signer;

/** Adapts a {@link Signer} to the JOSE library. */
final class JoseSigner implements JWSSigner {

  private final Signer signer;
  private final JCAContext context = new JCAContext();

  JoseSigner(Signer signer) {
    this.signer = signer;
  }

  static JWSAlgorithm algorithm(SignatureType type) {
    return switch (type) {
      case ED25519 -> JWSAlgorithm.EdDSA;
      case ES256 -> JWSAlgorithm.ES256;
      case RSA2 -> JWSAlgorithm.RS256;
    };
  }

  @Override
  public Base64URL sign(JWSHeader header, byte[] signingInput) {
    return Base64URL.encode(signer.sign(signingInput));
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(algorithm(signer.type()));
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
