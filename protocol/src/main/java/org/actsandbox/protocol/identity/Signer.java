package org.actsandbox.protocol.identity;

/**
 * Signs in the name of one participant. The private key stays in the key service (ACT ADD-5), and
 * business code has only this interface.
 */
public interface Signer {

  /** Returns the id of the key, such as {@code did:act:raileast#key-1}. */
  String signerId();

  SignatureType type();

  byte[] sign(byte[] message);

  default Did did() {
    return Did.ofSigner(signerId());
  }
}
