package org.actsandbox.sandbox.mutant.psp;

import java.util.List;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.psp.payment.PaymentRule;

/** Lists the mutants of the payment service. */
public final class PspMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "stale-request-accepted",
              "Accepts a payment request that is hours old.",
              "时间差了几小时的付款请求也收下。",
              "PSD-3",
              new SkippedPaymentRule(PaymentRule.WINDOW)),
          Mutant.of(
              "request-signature-unread",
              "Opens the cashier for a request that was changed after it was signed.",
              "付款请求签名后被改过，收银台照样打开。",
              "PSD-3",
              new SkippedPaymentRule(PaymentRule.SIGNATURE)),
          Mutant.of(
              "instrument-before-signature",
              "Checks the instrument before the signature, so strangers learn what it can pay.",
              "先查支付工具再验签：陌生人由此得知它能付多少。",
              "PSD-3",
              new InstrumentBeforeSignature()),
          Mutant.of(
              "bill-signature-unread",
              "Accepts a bill that the payee never signed.",
              "收款方没有签过的账单也认。",
              "PSD-3",
              new SkippedPaymentRule(PaymentRule.BILL_SIGNATURE)),
          Mutant.of(
              "bill-content-unread",
              "Asks for an amount other than the one on the bill.",
              "请求的金额与账单不符也照付。",
              "PSD-3",
              new SkippedPaymentRule(PaymentRule.BILL_CONTENT)),
          Mutant.of(
              "expired-bill-accepted",
              "Opens the cashier for a bill that expired long ago.",
              "早已过期的账单也打开收银台。",
              "A402-11",
              new SkippedPaymentRule(PaymentRule.BILL_WINDOW)),
          Mutant.of(
              "flow-unread",
              "Opens the cashier for an order that was confirmed in another flow.",
              "订单是在另一个流程里确认的，收银台照样打开。",
              "TSD-2",
              new SkippedPaymentRule(PaymentRule.FLOW)),
          Mutant.of(
              "limit-ignored",
              "Pays more at once than the instrument allows.",
              "单笔金额超过支付工具的限额也付。",
              "PSD-1",
              new SkippedPaymentRule(PaymentRule.LIMIT)),
          Mutant.of(
              "freeze-ignored",
              "Pays with an instrument its owner has frozen.",
              "主人已冻结的支付工具照样付款。",
              "PSD-1",
              InstrumentDefect.as(InstrumentDefect::active)),
          Mutant.of(
              "binding-ignored",
              "Lets any agent pay with an instrument bound to another one.",
              "绑定给别的智能体的支付工具，谁都能用。",
              "PSD-1",
              (InstrumentDefect) InstrumentDefect::boundTo),
          Mutant.of(
              "anothers-instrument-pays",
              "Lets the authority of one principal pay with the instrument of another.",
              "一位用户的授权，可以用另一位用户的支付工具付款。",
              "PSD-5",
              new InstrumentDefect.IgnoredOwner()),
          Mutant.of(
              "expired-instrument-accepted",
              "Pays with an instrument after the consent expired.",
              "授权已到期的支付工具照样付款。",
              "PSD-1",
              InstrumentDefect.as(InstrumentDefect::withoutExpiry)),
          Mutant.of(
              "request-id-means-anything",
              "Answers a known request id with its payment, even if the request has changed.",
              "请求号用过就返回旧付款，不管内容是否变了。",
              "PSD-4",
              new RequestIdReuse()),
          Mutant.of(
              "pin-unread",
              "Any six digits approve a payment.",
              "随便六位数字都能确认付款。",
              "PSD-3",
              new PinDefects.AnyPinAccepted()),
          Mutant.of(
              "pin-never-locks",
              "Wrong PINs may be tried without end.",
              "支付密码可以无限次试错。",
              "Ours: three wrong PINs lock it",
              new PinDefects.NeverLocked()),
          Mutant.of(
              "agent-may-approve",
              "Accepts a decision from any caller that knows the address, even from the agent.",
              "知道地址的任何调用方都能确认，包括智能体。",
              "PSD-3",
              new AlteredCashier.OpenToAnyCaller()),
          Mutant.of(
              "another-principal-may-approve",
              "Accepts a decision about a payment from a principal who does not pay it.",
              "任何用户都能确认别人的付款。",
              "PSD-3",
              new AlteredCashier.OpenToAnyPrincipal()),
          Mutant.of(
              "approval-of-anything",
              "Accepts an approval that differs from what the cashier shows.",
              "确认的内容与收银台所示不同也算数。",
              "PSD-3",
              new AlteredCashier.IgnoredDigest()),
          Mutant.of(
              "repeated-approval-debits-again",
              "An approval sent again, because its answer was lost, is debited again.",
              "回执丢失后重发的确认，又扣一次款。",
              "A402-9",
              new AlteredCashier.RepeatedDebit()),
          Mutant.of(
              "cashier-names-itself",
              "The cashier always shows the payment service as payee.",
              "不管钱付给谁，收银台都显示支付服务自己。",
              "PSD-3",
              new ReplacedPayeeName()),
          Mutant.of(
              "payment-waits-for-ever",
              "A payment without a decision never ends.",
              "没有决定的付款永远不结束。",
              "PSD-4",
              new UnexpiringPayments()),
          Mutant.of(
              "debited-twice",
              "Every approved payment leaves the wallet twice.",
              "每笔确认的付款都扣两次。",
              "Ours: the books are exact",
              (LedgerDefect) LedgerDefect::twice),
          Mutant.of(
              "one-sided-entry",
              "The money leaves the wallet and arrives nowhere.",
              "钱出了钱包，却没有入任何账户。",
              "Ours: the books are exact",
              (LedgerDefect) LedgerDefect::oneSided),
          Mutant.of(
              "debited-in-whole-yuan",
              "Debits are rounded up to whole yuan.",
              "扣款向上取整到元。",
              "Ours: money is exact to the fen",
              LedgerDefect.payments(LedgerDefect::inWholeYuan)),
          Mutant.of(
              "money-kept-by-the-service",
              "Credits itself instead of the payee.",
              "把钱记到自己账上，而不是收款方。",
              "PSD-3",
              LedgerDefect.payments(LedgerDefect::toService)),
          Mutant.of(
              "refund-not-credited",
              "Says that the money went back, and books nothing.",
              "声称已退款，却没有入账。",
              "Ours: the books are exact",
              (LedgerDefect) LedgerDefect::withoutRefunds),
          Mutant.of(
              "proof-of-another-amount",
              "The proof says that one fen was paid.",
              "凭证上写只付了一分钱。",
              "A402-6",
              new ProofDefect(ProofDefect::cheaper)),
          Mutant.of(
              "proof-of-another-resource",
              "The proof names another resource than the one requested.",
              "凭证写的资源不是所请求的。",
              "A402-5",
              new ProofDefect(ProofDefect::ofAnotherResource)),
          Mutant.of(
              "proof-never-expires",
              "A proof is good for ten years.",
              "凭证十年有效。",
              "A402-3",
              new ProofDefect(ProofDefect::withoutExpiry)),
          Mutant.of(
              "notification-unsigned",
              "Sends its notifications without a signature.",
              "通知不带签名就发出。",
              "PSD-8",
              new NotificationDefect(NotificationDefect::unsigned)),
          Mutant.of(
              "notification-never-sent",
              "Logs every notification as delivered and sends none.",
              "通知都记为已送达，其实一条没发。",
              "PSD-8",
              new NotificationDefect(NotificationDefect::never)),
          Mutant.of(
              "notification-tried-once",
              "Gives up a notification that did not arrive at once.",
              "通知一次没送到就不再发。",
              "PSD-8",
              new NotificationDefect(NotificationDefect::once)),
          Mutant.of(
              "notification-before-debit",
              "Tells the merchant that it was paid before the principal approved.",
              "用户还没有确认，就通知商户已付款。",
              "PSD-8",
              new EarlyNotification()),
          Mutant.of(
              "account-shown-to-agent",
              "Shows agents which account stands behind an instrument.",
              "把支付工具背后的账户也告诉了智能体。",
              "PSD-1",
              new AccountDisclosure()));

  private PspMutants() {}
}
