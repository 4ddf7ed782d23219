package org.actsandbox.protocol.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** Signs with a private key of the JDK and never exposes it. */
abstract sealed class JcaSigner implements Signer permits Es256KeyPair, Rsa2KeyPair {

  private final String signerId;
  private final SignatureType type;
  private final String algorithm;
  private final PrivateKey privateKey;

  JcaSigner(String signerId, SignatureType type, String algorithm, PrivateKey privateKey) {
    this.signerId = signerId;
    this.type = type;
    this.algorithm = algorithm;
    this.privateKey = privateKey;
  }

  @Override
  public String signerId() {
    return signerId;
  }

  @Override
  public SignatureType type() {
    return type;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("cannot sign as " + signerId, broken);
    }
  }

  public abstract VerificationKey publicKey();

  @Override
  public String toString() {
    return type + "[" + signerId + "]";
  }
}
