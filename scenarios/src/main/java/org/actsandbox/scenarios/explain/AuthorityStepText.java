package org.actsandbox.scenarios.explain;

import static org.actsandbox.scenarios.explain.StepPhrases.quoted;
import static org.actsandbox.scenarios.explain.StepPhrases.text;

import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** Explains the steps that give, pause and take back authority. */
final class AuthorityStepText {

  private AuthorityStepText() {}

  static Text textOf(Verb verb, JsonNode with, StepNames names) {
    var name = with.path("as").asString("");
    var sentence =
        switch (verb) {
          case DELEGATE -> delegated(with);
          case AUTHORIZE -> authorized(with);
          case SUSPEND -> text("The delegation is paused", "暂停授权");
          case RESUME -> text("The delegation is resumed", "恢复授权");
          case REVOKE ->
              with.path("key").asString("principal").startsWith("agent")
                  ? text("The agent gives the delegation back", "智能体交还授权")
                  : text("The delegation is revoked", "撤销授权");
          case EXPIRE -> text("Time passes to the end of the delegation", "时间走到授权到期");
          default -> subAccount(with);
        };
    return StepPhrases.joined(
        StepPhrases.joined(sentence, StepPhrases.label(name)), StepPhrases.deviations(with, names));
  }

  /**
   * Says under which delegation and from which sub-account a payment is made; empty if there is
   * none.
   */
  static Text under(JsonNode with) {
    var under = with.path("under").asString("");
    var from = with.path("from").asString("");
    var sentence =
        under.isEmpty()
            ? text("", "")
            : text(", under the delegation " + quoted(under), "，凭授权" + quoted(under) + "付款");
    return from.isEmpty()
        ? sentence
        : StepPhrases.joined(
            sentence,
            text(", from the sub-account " + quoted(from), "，从子账户" + quoted(from) + "支出"));
  }

  private static Text delegated(JsonNode with) {
    var total = StepPhrases.value(with.path("total").asString("600.00"), text("a limit", "设定的上限"));
    // A space stands between Chinese and a number only.
    var zh = total.zh().replaceAll("^(?=\\d)|(?<=\\d)$", " ");
    var asked =
        with.path("mode").asString("SPECIFIED").equals("BOUNDED")
            ? text("An agent asks to choose freely within " + total.en(), "智能体请求在" + zh + "以内自主决定")
            : text(
                "An agent asks to buy something for at most " + total.en(),
                "智能体请求代买，总价不超过" + zh.stripTrailing());
    if (with.path("until").asString("confirmed").equals("asked")) {
      return asked;
    }
    return StepPhrases.joined(
        asked,
        with.path("decision").asString("APPROVE").equals("APPROVE")
            ? text("; the principal confirms with the PIN", "；用户用支付密码确认")
            : text("; the principal declines", "；用户拒绝"));
  }

  private static Text authorized(JsonNode with) {
    return with.path("decision").asString("APPROVE").equals("APPROVE")
        ? text("The principal confirms the requested delegation with the PIN", "用户用支付密码确认智能体请求的授权")
        : text("The principal declines the requested delegation", "用户拒绝智能体请求的授权");
  }

  private static Text subAccount(JsonNode with) {
    var written = with.path("amount").asString("");
    var amount = StepPhrases.value(written, text("an amount", "一笔款"));
    return switch (with.path("do").asString("open")) {
      case "top_up" -> text("The sub-account gets " + amount.en(), "子账户充值 " + amount.zh());
      case "freeze" -> text("The sub-account is frozen", "冻结子账户");
      case "unfreeze" -> text("The sub-account is unfrozen", "解冻子账户");
      case "cancel" -> text("The sub-account is cancelled", "注销子账户");
      default ->
          written.isEmpty()
              ? text("The principal opens a sub-account for the agent", "用户为智能体开立子账户")
              : text(
                  "The principal opens a sub-account for the agent, with " + amount.en(),
                  "用户为智能体开立子账户，存入 " + amount.zh());
    };
  }
}
