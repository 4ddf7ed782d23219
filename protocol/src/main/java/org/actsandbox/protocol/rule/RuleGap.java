package org.actsandbox.protocol.rule;

import java.util.List;
import java.util.Optional;

/**
 * A demand that no code keeps, or that no test or scenario checks, and why. A gap is removed when
 * it is closed: a test fails while the list says less, or more, than the sources do.
 *
 * @param citation {@code PSD-2.f}, or a rule’s number for all that the rule demands
 * @param english why it is open, a whole sentence
 * @param chinese the same sentence
 */
public record RuleGap(String citation, String english, String chinese) {

  /** Every known gap, in the order of the rules. */
  public static final List<RuleGap> ALL =
      List.of(
          new RuleGap(
              "ADD-1.d",
              "The content behind a reference is not fetched and compared with the digest.",
              "不取回引用指向的内容，也不与摘要比对。"),
          new RuleGap(
              "ADD-2.b",
              "The page quotes the goal, but what is signed has only the bounds.",
              "页面引用了目标，但签署的内容只有边界。"),
          new RuleGap(
              "ADD-8.b",
              "The payment service asks the status list once a minute, and trusts what it was told in between.",
              "支付服务方每分钟查询一次状态列表，其间以收到的通知为准。"),
          new RuleGap(
              "CID-2.e",
              "The agent sends no implicit needs, and merchants ignore them: nothing compares them with constraints.",
              "智能体不发送隐含需求，商家也不使用，因此没有与约束比对。"),
          new RuleGap(
              "CID-4.a",
              "The card has the node beside its capabilities, not in them.",
              "该节点在 Agent Card 中与 capabilities 并列，而不在其中。"),
          new RuleGap(
              "CID-4.d",
              "A seller without a common method answers method_unsupported.",
              "没有共同支付方式时，卖方返回 method_unsupported。"),
          new RuleGap(
              "CID-4.e",
              "Allowed payment methods name account kinds, which no method id meets.",
              "允许的支付方式写的是账户种类，与方法标识没有对应。"),
          new RuleGap(
              "PSD-1.c",
              "Agent and scope are shown in the answer, after the PIN.",
              "智能体与范围在输入 PIN 之后的响应中才展示。"),
          new RuleGap(
              "PSD-2.d",
              "Frozen, cancelled and unknown are one code, told apart by their text.",
              "冻结、注销与未知共用一个代码，只靠文字区分。"),
          new RuleGap(
              "PSD-2.f",
              "Only the principal freezes and cancels; no risk and no lost identity does.",
              "只有委托人能冻结或注销，风险与身份失效不会触发。"),
          new RuleGap(
              "PSD-2.g",
              "The state of the key is shown only as a key that is there or not.",
              "密钥状态只以有无密钥来体现。"),
          new RuleGap(
              "PSD-5.f",
              "Category, merchants and amounts are held against a SPECIFIED credential; the thing itself is not.",
              "SPECIFIED 凭证只核对类目、商家与金额，不核对标的本身。"),
          new RuleGap(
              "PSD-5.h",
              "The order holds in code; no test breaks two checks of a delegated payment at once.",
              "代码按此顺序，但没有测试让委托支付的两项核验同时失败。"),
          new RuleGap(
              "PSD-7.d",
              "The agent asks the payment service for the sum; no test makes the two sums differ.",
              "智能体向支付服务方查询累计，没有测试让两者不一致。"),
          new RuleGap(
              "A402-1.b",
              "A refused proof for an order that is paid, delivered or over is answered without the header.",
              "订单已付、已交付或已结束时，凭证被拒的响应不带该头部。"),
          new RuleGap(
              "A402-2.c", "No test puts a base field into the method layer.", "没有测试把基础字段放进方法层。"),
          new RuleGap(
              "A402-6.a",
              "The seller verifies proofs offline and asks nobody.",
              "卖方离线验证凭证，不向任何一方核验。"),
          new RuleGap(
              "A402-8.c",
              "The seller’s own confirmation ends the trade; there is no buyer’s receipt.",
              "卖方自己的确认即结束交易，没有买方回执。"),
          new RuleGap(
              "TSD-2.b",
              "An outside agent may confirm the cart under one intent_id and pay under another.",
              "外部智能体可用一个 intent_id 确认购物车，用另一个付款。"),
          new RuleGap(
              "TSD-2.c",
              "Records of the cart and of the fulfilment have no delegation_id.",
              "购物车与履约的记录没有 delegation_id。"),
          new RuleGap(
              "TSD-2.f",
              "A registered outside agent has keys but no DID document.",
              "注册的外部智能体有密钥，但没有 DID 文档。"),
          new RuleGap("CRD-1", "Credit association is not covered yet.", "信用关联尚未实现。"),
          new RuleGap("CRD-2", "Credit association is not covered yet.", "信用关联尚未实现。"),
          new RuleGap("CRD-3", "Credit association is not covered yet.", "信用关联尚未实现。"),
          new RuleGap("CRD-4", "Credit association is not covered yet.", "信用关联尚未实现。"));

  /**
   * The gap of a statement, or of its whole rule.
   *
   * @param citation {@code PSD-2.f}
   */
  public static Optional<RuleGap> of(String citation) {
    return ALL.stream()
        .filter(gap -> citation.equals(gap.citation) || citation.startsWith(gap.citation + "."))
        .findFirst();
  }

  /**
   * @param lang {@code zh}; anything else is English
   */
  public String reason(String lang) {
    return lang.equals("zh") ? chinese : english;
  }
}
