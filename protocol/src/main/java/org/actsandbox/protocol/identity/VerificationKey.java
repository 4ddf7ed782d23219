package org.actsandbox.protocol.identity;

/** A public key of a participant. Its signer id is the DID with the key's fragment. */
public interface VerificationKey {

  String signerId();

  SignatureType type();

  /**
   * Returns whether {@code signature} was made with this key over {@code message}; false for
   * malformed input.
   */
  boolean verifies(byte[] message, byte[] signature);

  /** Returns the public JWK as JSON text, without private parts. */
  String jwk();
}
