package org.actsandbox.alipay.key;

/** Says why a pasted text is no RSA key. No description repeats any part of the text. */
public enum KeyTextMistake {
  EMPTY("is empty"),
  NOT_BASE64("is neither PEM nor Base64"),
  INCOMPLETE("is cut off: the key says it is longer than the text"),
  TRAILING_BYTES("has more bytes behind the key"),
  NO_KEY("decodes to bytes that are no key"),
  OTHER_ALGORITHM("is a key of another algorithm than RSA"),
  ENCRYPTED("is an encrypted private key"),
  WEAK("is an RSA key of less than 1024 or more than 8192 bits");

  private final String description;

  KeyTextMistake(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }
}
