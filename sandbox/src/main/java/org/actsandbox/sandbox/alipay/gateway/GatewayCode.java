package org.actsandbox.sandbox.alipay.gateway;

/** Contains the codes of an answer's first level (AIP-125 to AIP-132). */
public enum GatewayCode {
  SUCCESS("10000", "Success"),
  UNAVAILABLE("20000", "Service Currently Unavailable"),
  MISSING_ARGUMENTS("40001", "Missing Required Arguments"),
  INVALID_ARGUMENTS("40002", "Invalid Arguments"),
  INSUFFICIENT_CONDITIONS("40003", "Insufficient Conditions"),
  BUSINESS_FAILED("40004", "Business Failed"),
  INSUFFICIENT_PERMISSIONS("40006", "Insufficient Permissions");

  private final String code;
  private final String msg;

  GatewayCode(String code, String msg) {
    this.code = code;
    this.msg = msg;
  }

  /** Returns the number; it travels as text, which most SDKs compare (AIP-38). */
  public String code() {
    return code;
  }

  public String msg() {
    return msg;
  }
}
