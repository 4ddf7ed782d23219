package org.actsandbox.protocol.rule;

import java.util.List;
import java.util.Optional;

/**
 * A statement that no code implements, or that no test or scenario checks, with the reason. A
 * closed gap must be removed: a test fails if this list differs from the sources.
 *
 * @param citation a statement such as {@code PSD-2.f}, or a rule’s number for all its statements
 * @param english the reason, a whole sentence
 * @param chinese the same sentence
 */
public record RuleGap(String citation, String english, String chinese) {

  /** All known gaps, in the order of the rules. */
  public static final List<RuleGap> ALL =
      List.of(
          new RuleGap(
              "ADD-8.b",
              "The payment service takes a status list for current as long as the list says that it"
                  + " is good (a minute), and hears of changes meanwhile only from the delegation"
                  + " service’s message.",
              "在状态列表自称有效的一分钟内，支付服务方视其为当前状态，其间的变更只靠委托服务的通知得知。"),
          new RuleGap(
              "PSD-2.f",
              "The principal’s wish and a deregistered agent freeze it; nothing here rates risk, so"
                  + " no risk does.",
              "委托人申请或智能体被注销会冻结；沙箱不做风险评级，风险不会触发。"),
          new RuleGap(
              "A402-8.c",
              "The goods are the answer to the buyer’s own request, so the seller’s confirmation"
                  + " stands for the receipt and passes through this state; the buyer has no"
                  + " message of its own.",
              "商品就是对买方请求的应答，卖方的确认即代替回执并经过此状态；买方没有自己的回执消息。"));

  /**
   * Returns the gap of a statement or of its whole rule; empty if there is none.
   *
   * @param citation a statement such as {@code PSD-2.f}
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
