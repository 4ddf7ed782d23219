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

  /**
   * Returns the key that signs now. Who names the key in a message and signs the message asks for
   * it once: otherwise a key that begins in between would sign what names the one before it.
   */
  default Signer key() {
    return this;
  }

  default Did did() {
    return Did.ofSigner(signerId());
  }
}
