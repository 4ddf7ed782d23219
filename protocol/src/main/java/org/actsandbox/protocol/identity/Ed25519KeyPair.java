package org.actsandbox.protocol.identity;

import java.util.Base64;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key pair that is made from a 32-byte seed, so that a world's keys follow from its
 * seed.
 *
 * <p>It uses Bouncy Castle's implementation, which signs about 20 times faster than the built-in
 * provider of this JDK generation. Most of the work of a purchase is signatures.
 */
public final class Ed25519KeyPair implements Signer {

  private static final MadeSignatures MADE = new MadeSignatures();

  private final String signerId;
  private final Ed25519PrivateKeyParameters privateKey;
  private final Ed25519PublicKeyParameters publicKey;

  public Ed25519KeyPair(String signerId, byte[] seed) {
    this.signerId = signerId;
    this.privateKey = new Ed25519PrivateKeyParameters(seed, 0);
    this.publicKey = privateKey.generatePublicKey();
  }

  @Override
  public String signerId() {
    return signerId;
  }

  @Override
  public SignatureType type() {
    return SignatureType.ED25519;
  }

  @Override
  public byte[] sign(byte[] message) {
    ProtocolCost.SIGNATURES.count();
    var signature = new byte[Ed25519.SIGNATURE_SIZE];
    privateKey.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    if (!ProtocolCost.isApart()) {
      // A driver in the same process is a stranger to its server.
      MADE.add(publicKey.getEncoded(), message, signature);
    }
    return signature;
  }

  public VerificationKey publicKey() {
    return new Ed25519VerificationKey(signerId, publicKey);
  }

  @Override
  public String toString() {
    return "Ed25519KeyPair[" + signerId + "]";
  }

  record Ed25519VerificationKey(String signerId, Ed25519PublicKeyParameters key)
      implements VerificationKey {

    @Override
    public SignatureType type() {
      return SignatureType.ED25519;
    }

    @Override
    public boolean verifies(byte[] message, byte[] signature) {
      if (signature.length != Ed25519.SIGNATURE_SIZE) {
        return false;
      }
      if (MADE.contains(key.getEncoded(), message, signature)) {
        return true;
      }
      ProtocolCost.VERIFICATIONS.count();
      return key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    @Override
    public String jwk() {
      var x = Base64.getUrlEncoder().withoutPadding().encodeToString(key.getEncoded());
      return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"use\":\"sig\",\"kid\":\"%s\",\"x\":\"%s\"}"
          .formatted(signerId, x);
    }
  }
}
