package org.actsandbox.sandbox.mutant.psp;

import java.util.List;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.psp.payment.PaymentRule;

/** Everything the payment service can do wrong here. */
public final class PspMutants {

  public static final List<Mutant> ALL =
      List.of(
          Mutant.of(
              "stale-request-accepted",
              "Takes a payment request whose time is hours off.",
              "时间差了几小时的付款请求也收下。",
              "PSD-3",
              new WithoutRule(PaymentRule.WINDOW)),
          Mutant.of(
              "request-signature-unread",
              "Opens the cashier for a request that was changed after it was signed.",
              "付款请求签名后被改过，收银台照样打开。",
              "PSD-3",
              new WithoutRule(PaymentRule.SIGNATURE)),
          Mutant.of(
              "instrument-before-signature",
              "Looks at the instrument before the signature: strangers learn what it can pay.",
              "先查付款工具再验签：陌生人由此得知它能付多少。",
              "PSD-3",
              new InstrumentFirst()),
          Mutant.of(
              "bill-signature-unread",
              "Takes a bill that the payee never signed.",
              "收款方没有签过的账单也认。",
              "PSD-3",
              new WithoutRule(PaymentRule.BILL_SIGNATURE)),
          Mutant.of(
              "bill-content-unread",
              "Asks for an amount other than the one on the bill.",
              "请求的金额与账单不符也照付。",
              "PSD-3",
              new WithoutRule(PaymentRule.BILL_CONTENT)),
          Mutant.of(
              "expired-bill-accepted",
              "Opens the cashier for a bill that had to be paid long ago.",
              "早已过期的账单也打开收银台。",
              "A402-11",
              new WithoutRule(PaymentRule.BILL_WINDOW)),
          Mutant.of(
              "flow-unread",
              "Opens the cashier for an order that was confirmed in another flow.",
              "订单是在另一个流程里确认的，收银台照样打开。",
              "TSD-2",
              new WithoutRule(PaymentRule.FLOW)),
          Mutant.of(
              "limit-ignored",
              "Pays more at once than the instrument may.",
              "单笔金额超过付款工具的限额也付。",
              "PSD-1",
              new WithoutRule(PaymentRule.LIMIT)),
          Mutant.of(
              "freeze-ignored",
              "Pays with an instrument its owner has frozen.",
              "主人已冻结的付款工具照样付款。",
              "PSD-1",
              OnInstruments.as(OnInstruments::active)),
          Mutant.of(
              "binding-ignored",
              "Lets any agent pay with an instrument bound to another one.",
              "绑定给别的代理的付款工具，谁都能用。",
              "PSD-1",
              (OnInstruments) OnInstruments::boundTo),
          Mutant.of(
              "anothers-instrument-pays",
              "Lets the authority of one principal pay with the instrument of another.",
              "一个人的委托，可以用另一个人的付款工具付款。",
              "PSD-5",
              new OnInstruments.OfAnybody()),
          Mutant.of(
              "expired-instrument-accepted",
              "Pays with an instrument whose consent has run out.",
              "授权已到期的付款工具照样付款。",
              "PSD-1",
              OnInstruments.as(OnInstruments::everlasting)),
          Mutant.of(
              "request-id-means-anything",
              "Answers a known request id with its payment, whatever the request says now.",
              "请求号用过就返回旧付款，不管内容是否变了。",
              "PSD-4",
              new OtherContentReplayed()),
          Mutant.of(
              "pin-unread",
              "Any six digits approve a payment.",
              "随便六位数字都能确认付款。",
              "PSD-3",
              new OnPins.Unread()),
          Mutant.of(
              "pin-never-locks",
              "Wrong PINs may be tried without end.",
              "支付密码可以无限次试错。",
              "Ours: three wrong PINs lock it",
              new OnPins.NeverLocked()),
          Mutant.of(
              "agent-may-approve",
              "Takes a decision from whoever knows the address, the agent included.",
              "谁知道地址谁就能确认，代理也行。",
              "PSD-3",
              new OnDecisions.ByAnybody()),
          Mutant.of(
              "another-principal-may-approve",
              "Takes a decision about a payment from any principal, whosever money it is.",
              "不管是谁的钱，任何委托人都能确认付款。",
              "PSD-3",
              new OnDecisions.ByAnyPrincipal()),
          Mutant.of(
              "approval-of-anything",
              "Takes an approval of something else than what the cashier shows.",
              "确认的内容与收银台所示不同也算数。",
              "PSD-3",
              new OnDecisions.OnAnything()),
          Mutant.of(
              "repeated-approval-debits-again",
              "An approval sent again, because its answer was lost, is debited again.",
              "回执丢失后重发的确认，又扣一次款。",
              "A402-9",
              new OnDecisions.EachTime()),
          Mutant.of(
              "cashier-names-itself",
              "The cashier shows the payment service as payee, whoever gets the money.",
              "不管钱付给谁，收银台都显示支付平台自己。",
              "PSD-3",
              new LookAlike()),
          Mutant.of(
              "payment-waits-for-ever",
              "A payment nobody decides on never ends.",
              "无人处理的付款永远不结束。",
              "PSD-4",
              new OpenForEver()),
          Mutant.of(
              "debited-twice",
              "Every approved payment leaves the wallet twice.",
              "每笔确认的付款都扣两次。",
              "Ours: the books are exact",
              (OnBooks) OnBooks::twice),
          Mutant.of(
              "one-sided-entry",
              "The money leaves the wallet and arrives nowhere.",
              "钱出了钱包，却没有入任何账户。",
              "Ours: the books are exact",
              (OnBooks) OnBooks::oneSided),
          Mutant.of(
              "debited-in-whole-yuan",
              "Debits are rounded up to whole yuan.",
              "扣款向上取整到元。",
              "Ours: money is exact to the fen",
              OnBooks.payments(OnBooks::inWholeYuan)),
          Mutant.of(
              "money-kept-by-the-service",
              "Credits itself instead of the payee.",
              "把钱记到自己账上，而不是收款方。",
              "PSD-3",
              OnBooks.payments(OnBooks::toItself)),
          Mutant.of(
              "refund-not-credited",
              "Says that the money went back, and books nothing.",
              "声称已退款，却没有入账。",
              "Ours: the books are exact",
              (OnBooks) OnBooks::withoutRefunds),
          Mutant.of(
              "proof-of-another-amount",
              "The proof says that one fen was paid.",
              "凭证上写只付了一分钱。",
              "A402-6",
              new OnProofs(OnProofs::cheaper)),
          Mutant.of(
              "proof-of-another-resource",
              "The proof names a resource nobody asked for.",
              "凭证写的是没人要的资源。",
              "A402-5",
              new OnProofs(OnProofs::ofAnotherResource)),
          Mutant.of(
              "proof-never-expires",
              "A proof is good for ten years.",
              "凭证十年有效。",
              "A402-3",
              new OnProofs(OnProofs::everlasting)),
          Mutant.of(
              "notification-unsigned",
              "Sends its notifications without a signature.",
              "通知不带签名就发出。",
              "PSD-8",
              new OnNews(OnNews::unsigned)),
          Mutant.of(
              "notification-never-sent",
              "Logs every notification as delivered and sends none.",
              "通知都记为已送达，其实一条没发。",
              "PSD-8",
              new OnNews(OnNews::never)),
          Mutant.of(
              "notification-tried-once",
              "Gives up a notification that did not arrive at once.",
              "通知一次没送到就不再发。",
              "PSD-8",
              new OnNews(OnNews::once)),
          Mutant.of(
              "notification-before-debit",
              "Tells the merchant that it was paid before anybody has approved.",
              "还没人确认，就通知商家已付款。",
              "PSD-8",
              new ToldTooSoon()),
          Mutant.of(
              "account-shown-to-agent",
              "Shows agents which account stands behind an instrument.",
              "把付款工具背后的账户也告诉了代理。",
              "PSD-1",
              new AccountShown()));

  private PspMutants() {}
}
