package org.actsandbox.protocol.a402;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.actsandbox.protocol.identity.VerificationKey;

/**
 * Adapts a {@link VerificationKey} to the JOSE library. It accepts only the key's own algorithm.
 */
final class JoseVerifier implements JWSVerifier {

  private final VerificationKey key;
  private final JCAContext context = new JCAContext();

  JoseVerifier(VerificationKey key) {
    this.key = key;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signedContent, Base64URL signature) {
    return supportedJWSAlgorithms().contains(header.getAlgorithm())
        && key.verifies(signedContent, signature.decode());
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JoseSigner.algorithm(key.type()));
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
