package org.actsandbox.merchants.train;

import org.actsandbox.protocol.commerce.Text;

/**
 * Defines what one platform adds to the railway's own price.
 *
 * @param feeFen the service fee per passenger, in fen
 * @param keepsFee whether the platform keeps the fee on a refund
 * @param coupons whether there are coupons on some trains and days
 * @param earlySale whether some trains before nine are cheaper
 */
record RailPlatformTerms(
    long feeFen, boolean keepsFee, boolean coupons, boolean earlySale, Text policy) {

  private static final String SCHEDULE_EN =
      "Refund: 100 % more than 8 days before departure, 95 % more than 48 hours, 90 % more than 24"
          + " hours, 80 % before departure, nothing afterwards.";
  private static final String SCHEDULE_ZH =
      "退票：开车前 8 天以上全额退款，48 小时以上退 95%，24 小时以上退 90%，开车前退 80%，开车后不退。";

  private static final RailPlatformTerms OPERATOR =
      new RailPlatformTerms(
          0,
          false,
          false,
          true,
          new Text(SCHEDULE_EN + " No service fee.", SCHEDULE_ZH + "不收服务费。"));

  private static final RailPlatformTerms AGENCY =
      new RailPlatformTerms(
          1000,
          true,
          true,
          false,
          new Text(
              SCHEDULE_EN + " The service fee of CNY 10.00 per ticket is not refunded.",
              SCHEDULE_ZH + "每张票 10.00 元服务费不退。"));

  /**
   * Returns the agency's terms for {@code gotrip-rail}, and the operator's own for every other
   * merchant.
   */
  static RailPlatformTerms of(String merchantId) {
    return merchantId.equals("gotrip-rail") ? AGENCY : OPERATOR;
  }
}
