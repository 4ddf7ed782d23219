package org.actsandbox.alipay.key;

/** Says what a pasted text contains: a part of an RSA key pair, in one of its containers. */
public enum KeyContainer {
  PKCS8_PRIVATE("a private key (PKCS#8)"),
  PKCS1_PRIVATE("a private key (PKCS#1)"),
  SPKI_PUBLIC("a public key (X.509 SubjectPublicKeyInfo)"),
  PKCS1_PUBLIC("a public key (PKCS#1)"),
  CERTIFICATE("a certificate");

  private final String description;

  KeyContainer(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }

  public boolean isPrivate() {
    return this == PKCS8_PRIVATE || this == PKCS1_PRIVATE;
  }
}
