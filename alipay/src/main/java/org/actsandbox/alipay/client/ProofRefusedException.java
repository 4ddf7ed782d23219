package org.actsandbox.alipay.client;

import java.io.Serial;

/** Says why a proof opens nothing; the buyer gets a new bill with it. */
public final class ProofRefusedException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String code;

  public ProofRefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns the code for the buyer's program, such as {@code AMOUNT_MISMATCH}. */
  public String code() {
    return code;
  }
}
