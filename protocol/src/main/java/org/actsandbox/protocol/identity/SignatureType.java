package org.actsandbox.protocol.identity;

/** Lists the supported signature algorithms by their wire names. */
public enum SignatureType {
  /** Ed25519, RFC 8032: the default. */
  ED25519,
  /** ECDSA on P-256 with SHA-256, raw r||s as in JOSE. */
  ES256,
  /** RSA PKCS#1 v1.5 with SHA-256; the name is the Alipay profile's. */
  RSA2
}
