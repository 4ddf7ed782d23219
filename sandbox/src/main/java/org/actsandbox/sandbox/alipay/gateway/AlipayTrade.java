package org.actsandbox.sandbox.alipay.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Holds what Alipay's messages know of a payment besides the payment itself.
 *
 * @param buyer the buyer's number
 * @param product {@link #PAY_PER_USE}, or the product code of the trade family
 * @param lenient whether verify takes any proof, because the buyer's script invents it (AIP-181)
 * @param proof 64 hex digits that the gateway made (AIP-152, AIP-185)
 */
public record AlipayTrade(
    String tradeNo,
    String appId,
    String buyer,
    String product,
    boolean lenient,
    String proof,
    String subject,
    @Nullable String notifyUrl,
    @Nullable String returnUrl) {

  /** Marks a payment of one resource against a bill, which the trade family does not serve. */
  public static final String PAY_PER_USE = "AI_PAY_PER_USE";

  /** Returns whether the seller ordered the payment on a page or in an app. */
  public boolean isOfTradeFamily() {
    return !product.equals(PAY_PER_USE);
  }
}
