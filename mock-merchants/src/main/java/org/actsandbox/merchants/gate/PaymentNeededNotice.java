package org.actsandbox.merchants.gate;

import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.order.StoredOrder;

/** Writes the body of a 402 answer for people; programs read the header (ACT A402-1). */
final class PaymentNeededNotice {

  private PaymentNeededNotice() {}

  static String of(StoredOrder order, MerchantProfile merchant) {
    var paid = order.isPaid();
    return """
    ACT Sandbox: no real money, no real goods.
    Order %s at %s: %s. %s

    ACT 沙箱：没有真实的资金和商品。
    %s 的订单 %s：%s。%s
    """
        .formatted(
            order.orderNo(),
            merchant.name().en(),
            order.total(),
            paid
                ? "It is paid; show the payment proof to get it."
                : "Payment needed before " + order.holdUntil() + ".",
            merchant.name().zh(),
            order.orderNo(),
            order.total(),
            paid ? "已支付，请出示支付凭证。" : "请在 " + order.holdUntil() + " 前支付。");
  }
}
