package org.actsandbox.protocol.attestation.bundle;

/** A file that is no evidence bundle; nothing in it is looked at. */
public final class InvalidBundleException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  InvalidBundleException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /** {@code archive_changed} or the like. */
  public String code() {
    return code;
  }

  /** For people. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
