package org.actsandbox.protocol.identity;

/** A public key of a participant, named by its signer id: DID with the key's fragment. */
public interface VerificationKey {

  String signerId();

  SignatureType type();

  /**
   * Whether {@code signature} is this key's over {@code message}; malformed input is just false.
   */
  boolean verifies(byte[] message, byte[] signature);

  /** The public JWK as JSON text, without private parts. */
  String jwk();
}
