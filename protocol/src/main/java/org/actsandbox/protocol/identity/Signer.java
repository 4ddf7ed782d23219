package org.actsandbox.protocol.identity;

/**
 * Signs in one participant's name. The private key stays with the key service (ACT ADD-5): business
 * code only ever holds this.
 */
public interface Signer {

  /** {@code did:act:raileast#key-1}. */
  String signerId();

  SignatureType type();

  byte[] sign(byte[] message);

  default Did did() {
    return Did.ofSigner(signerId());
  }
}
