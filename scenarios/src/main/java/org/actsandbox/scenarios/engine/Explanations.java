package org.actsandbox.scenarios.engine;

import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.Step;
import tools.jackson.databind.JsonNode;

/** What a step does, in a sentence for whoever watches. */
public final class Explanations {

  private Explanations() {}

  public static Text of(Step step) {
    var note = step.note();
    return note == null ? plain(step) : note;
  }

  private static Text plain(Step step) {
    var with = step.arguments();
    return switch (step.verb()) {
      case SAY -> {
        var words = with.isString() ? with.asString() : with.path("text").asString();
        yield text("The principal says: " + words, "用户说：" + words);
      }
      case CHOOSE -> text("The principal chooses " + brief(with), "用户选择：" + brief(with));
      case APPROVE -> text("The principal approves at the cashier", "用户在收银台确认付款");
      case DECLINE -> text("The principal declines at the cashier", "用户在收银台拒绝付款");
      case CLOSE -> text("The principal closes the cashier", "用户关闭收银台");
      case IGNORE -> text("Nobody answers until the payment runs out", "无人理会，直到付款超时");
      case CANCEL -> text("The principal tells the agent to give up", "用户让智能体放弃");
      case INTENT -> text("An outside agent asks for offers", "外部智能体询价");
      case CART -> text("It confirms a cart", "它确认购物车");
      case BILL -> text("It asks for the resource and gets the bill (402)", "它请求资源，得到账单（402）");
      case PAY -> text("It sends the payment request", "它发出付款请求");
      case CASHIER -> text("At the cashier of that payment", "在该笔付款的收银台");
      case PROOF -> text("It fetches the payment proof", "它取得付款凭证");
      case FETCH -> text("It shows a proof and asks for the delivery", "它出示凭证，请求交付");
      case BUY -> text("Another buyer buys", "另一位买家下单");
      case RACE ->
          text(
              with.path("buyers").asInt(10) + " buyers at the same time",
              with.path("buyers").asInt(10) + " 位买家同时下单");
      case ADVANCE -> text("Time passes: " + brief(with), "时间流逝：" + brief(with));
      case CLOCK -> text("The clock is set: " + brief(with), "调整时钟：" + brief(with));
      case FAULT ->
          text(
              "From now on: " + with.path("name").asString() + " at " + who(with),
              "从现在起：" + who(with) + " 出现 " + with.path("name").asString());
      case CLEAR -> text("A fault ends: " + brief(with), "故障结束：" + brief(with));
      case DISTURB ->
          text(
              with.path("type").asString() + " at " + with.path("merchant").asString(),
              with.path("merchant").asString() + "：" + with.path("type").asString());
      case CALL ->
          text(
              "A request: "
                  + with.path("method").asString("GET")
                  + " "
                  + with.path("path").asString(),
              "请求：" + with.path("method").asString("GET") + " " + with.path("path").asString());
      case CHECK -> text("What must be true now", "此刻必须成立的事实");
    };
  }

  private static String who(JsonNode fault) {
    return fault.path("participant").asString("*");
  }

  private static String brief(JsonNode arguments) {
    if (!arguments.isObject()) {
      return Matching.text(arguments);
    }
    return arguments.isEmpty()
        ? "recommended"
        : String.join(
            ", ",
            arguments.properties().stream()
                .map(field -> field.getKey() + " " + Matching.text(field.getValue()))
                .toList());
  }

  private static Text text(String en, String zh) {
    return new Text(en, zh);
  }
}
