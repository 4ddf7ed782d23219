package org.actsandbox.sandbox.alipay.gateway;

import java.io.Serial;

/** A refusal in the gateway's own form; it becomes an answer with status 200 (AIP-114). */
public final class GatewayRefusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final SubCode subCode;

  public GatewayRefusal(SubCode subCode) {
    this(subCode, "");
  }

  /**
   * @param detail what is wrong in this request, appended to the code's sentence; may be empty
   */
  public GatewayRefusal(SubCode subCode, String detail) {
    super(detail.isEmpty() ? subCode.sentence() : subCode.sentence() + ": " + detail);
    this.subCode = subCode;
  }

  public SubCode subCode() {
    return subCode;
  }

  public String subMsg() {
    return String.valueOf(getMessage());
  }
}
