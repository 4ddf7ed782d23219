package org.actsandbox.sandbox.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Says how the merchants of a world verify a payment proof before they deliver (ACT A402-6). */
public enum ProofVerification {
  /** The merchant asks the payment service; without its answer nothing is delivered. */
  ONLINE,
  /**
   * The merchant checks the signature only. A merchant that has not yet learned of a refund then
   * delivers for refunded money, but it can deliver while the payment service is down.
   */
  OFFLINE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ProofVerification> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
