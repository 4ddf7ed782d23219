package org.actsandbox.protocol.attestation.bundle;

/** Says what is wrong with a file or with a part of it, so that it is not a valid bundle. */
public final class InvalidBundleException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  InvalidBundleException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /** Returns a code for programs, such as {@code archive_changed}. */
  public String code() {
    return code;
  }

  /** Returns an explanation for people. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
