package org.actsandbox.protocol.identity;

/** The signature algorithms the sandbox speaks, by their wire names. */
public enum SignatureType {
  /** Ed25519, RFC 8032: the default. */
  ED25519,
  /** ECDSA on P-256 with SHA-256, raw r||s as in JOSE. */
  ES256,
  /** RSA PKCS#1 v1.5 with SHA-256, the Alipay profile's name for it. */
  RSA2
}
