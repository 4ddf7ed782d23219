package org.actsandbox.sandbox.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the merchants of a world verify a payment proof before they deliver (ACT A402-6). */
public enum ProofVerification {
  /** The payment service is asked; without its answer nothing is delivered. */
  ONLINE,
  /**
   * The signature has to do. A merchant that was not told of a refund delivers for money that went
   * back; in return it delivers while the payment service is down.
   */
  OFFLINE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ProofVerification> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
