package org.actsandbox.sandbox.alipay.cashier;

import java.io.Serial;

/**
 * A bill that the cashier does not take. Its one code is the only one that Alipay's cashier was
 * seen to answer; no text asks the caller to try again later, because scripts obey that (AIP-183).
 */
public final class BillRefusal extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param at place of the field, such as {@code protocol.amount}
   */
  BillRefusal(String at, String chinese, String english) {
    super(at + chinese + "（" + english + "）");
  }

  public String text() {
    return String.valueOf(getMessage());
  }
}
