package org.actsandbox.scenarios.explain;

import static org.actsandbox.scenarios.explain.StepPhrases.text;

import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** What is given, paused and taken back, in sentences. */
final class AuthorityStepText {

  private AuthorityStepText() {}

  static Text textOf(Verb verb, JsonNode with) {
    var name = with.path("as").asString("");
    var told =
        switch (verb) {
          case DELEGATE -> delegated(with);
          case AUTHORIZE -> authorized(with);
          case SUSPEND -> text("The delegation is paused", "暂停委托");
          case RESUME -> text("The delegation goes on", "恢复委托");
          case REVOKE ->
              with.path("key").asString("principal").startsWith("agent")
                  ? text("The agent gives the delegation back", "代理交还委托")
                  : text("The delegation is revoked", "撤销委托");
          case EXPIRE -> text("Time passes to the end of the delegation", "时间走到委托到期");
          default -> subAccount(with);
        };
    var named =
        name.isEmpty() ? told : StepPhrases.joined(told, text(" (" + name + ")", "（" + name + "）"));
    return StepPhrases.joined(named, StepPhrases.deviations(with));
  }

  /** What a payment rests on; nothing for one that the principal is asked about. */
  static Text under(JsonNode with) {
    var under = with.path("under").asString("");
    var from = with.path("from").asString("");
    var told =
        under.isEmpty()
            ? text("", "")
            : text(", under the delegation " + under, "，凭委托 " + under + " 付款");
    return from.isEmpty()
        ? told
        : StepPhrases.joined(told, text(", from the sub-account " + from, "，从子账户 " + from + " 支出"));
  }

  private static Text delegated(JsonNode with) {
    var total = with.path("total").asString("600.00");
    var asked =
        with.path("mode").asString("SPECIFIED").equals("BOUNDED")
            ? text(
                "An agent asks to decide by itself within " + total, "代理请求在 " + total + " 以内自主决定")
            : text("An agent asks to buy something for at most " + total, "代理请求代买，最多 " + total);
    if (with.path("until").asString("confirmed").equals("asked")) {
      return asked;
    }
    return StepPhrases.joined(
        asked,
        with.path("decision").asString("APPROVE").equals("APPROVE")
            ? text("; the principal confirms with the PIN", "；用户用密码确认")
            : text("; the principal declines", "；用户拒绝"));
  }

  private static Text authorized(JsonNode with) {
    return with.path("decision").asString("APPROVE").equals("APPROVE")
        ? text("The principal confirms with the PIN what the agent asked for", "用户用密码确认代理请求的授权")
        : text("The principal declines what the agent asked for", "用户拒绝代理请求的授权");
  }

  private static Text subAccount(JsonNode with) {
    var amount = with.path("amount").asString("");
    return switch (with.path("do").asString("open")) {
      case "top_up" -> text("The sub-account gets " + amount, "子账户充值 " + amount);
      case "freeze" -> text("The sub-account is frozen", "冻结子账户");
      case "unfreeze" -> text("The sub-account is unfrozen", "解冻子账户");
      case "cancel" -> text("The sub-account is cancelled", "注销子账户");
      default ->
          amount.isEmpty()
              ? text("The principal opens a sub-account for the agent", "用户为代理开设子账户")
              : text(
                  "The principal opens a sub-account for the agent, with " + amount,
                  "用户为代理开设子账户，存入 " + amount);
    };
  }
}
