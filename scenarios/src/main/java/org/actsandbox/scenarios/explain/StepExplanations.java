package org.actsandbox.scenarios.explain;

import static org.actsandbox.scenarios.explain.StepPhrases.text;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.ScenarioStep;
import tools.jackson.databind.JsonNode;

/** Explains in a sentence what a step of a scenario does, for people who watch it. */
public final class StepExplanations {

  private StepExplanations() {}

  /** Explains the step with the ids that the file writes. */
  public static Text of(ScenarioStep scenarioStep) {
    return of(scenarioStep, StepNames.IDS);
  }

  /**
   * Returns the file's own note on the step; without one, a sentence made of the step's arguments.
   */
  public static Text of(ScenarioStep scenarioStep, StepNames names) {
    var note = scenarioStep.note();
    if (note != null) {
      return note;
    }
    var sentence = withPrincipal(scenarioStep, names);
    return scenarioStep.times() == 1
        ? sentence
        : StepPhrases.joined(
            sentence,
            text(", " + scenarioStep.times() + " times", "，共 " + scenarioStep.times() + " 次"));
  }

  /** Puts the principal's name before the sentence, except for the first principal. */
  private static Text withPrincipal(ScenarioStep scenarioStep, StepNames names) {
    var sentence = sentence(scenarioStep, names);
    var who = scenarioStep.who();
    return who == null ? sentence : text(who + ": " + sentence.en(), who + "：" + sentence.zh());
  }

  private static Text sentence(ScenarioStep scenarioStep, StepNames names) {
    var with = scenarioStep.arguments();
    return switch (scenarioStep.verb()) {
      case SAY -> said(with);
      case CHOOSE -> ChoiceStepText.textOf(with, names);
      case APPROVE, DECLINE, CLOSE, IGNORE, CANCEL -> decided(scenarioStep, with);
      case INTENT, CART, BILL, PAY, PROOF, FETCH, BUY, RACE, CASHIER ->
          outside(scenarioStep, with, names);
      case DELEGATE, AUTHORIZE, SUSPEND, RESUME, REVOKE, EXPIRE, SUB_ACCOUNT ->
          AuthorityStepText.textOf(scenarioStep.verb(), with, names);
      case DISPUTE -> disputed(with);
      case ADVANCE -> advanced(with);
      case CLOCK -> clockSet(with);
      case FAULT, CLEAR, DISTURB -> StepPhrases.trouble(scenarioStep.verb(), with, names);
      case TAMPER, HEAL, ANCHOR, BUNDLE ->
          EvidenceStepText.textOf(scenarioStep.verb(), with, names);
      case CALL -> called(with, names);
      case CHECK -> StateCheckText.textOf(with);
    };
  }

  private static Text said(JsonNode with) {
    var words = with.isString() ? with.asString() : with.path("text").asString();
    return with.path("new").asBoolean(false)
        ? text("In a new conversation the principal says: " + words, "用户另开对话，说：" + words)
        : text("The principal says: " + words, "用户说：" + words);
  }

  private static Text decided(ScenarioStep scenarioStep, JsonNode with) {
    return switch (scenarioStep.verb()) {
      case APPROVE -> approved(with);
      case DECLINE -> text("The principal declines at the cashier", "用户在收银台拒绝付款");
      case CLOSE -> text("The principal closes the cashier without an answer", "用户未答复就关闭收银台");
      case IGNORE ->
          text("The principal does not answer until the payment expires", "用户没有答复，直到付款超时");
      default -> text("The principal tells the agent to give up", "用户让智能体放弃");
    };
  }

  private static Text approved(JsonNode with) {
    if (with.has("pin")) {
      var pin = with.path("pin").asString();
      return text(
          "The principal approves at the cashier with the PIN " + pin,
          "用户在收银台用支付密码 " + pin + " 确认付款");
    }
    return with.path("all").asBoolean(false)
        ? text("The principal approves every payment that waits", "用户确认每一笔等待的付款")
        : text("The principal approves at the cashier", "用户在收银台确认付款");
  }

  private static Text outside(ScenarioStep scenarioStep, JsonNode with, StepNames names) {
    var name = with.path("as").asString("deal");
    var merchant = with.path("merchant").asString("");
    var shop = names.participant(merchant);
    var at = merchant.isEmpty() ? text("", "") : text(" at " + shop.en(), "（" + shop.zh() + "）");
    var sentence =
        switch (scenarioStep.verb()) {
          case INTENT -> text("An agent asks for offers" + at.en(), "智能体询价" + at.zh());
          case CART -> text("The cart is confirmed", "确认购物车");
          case BILL -> text("The agent asks for the resource and gets the bill", "智能体请求资源，得到账单");
          case PAY -> text("The agent sends the payment request", "智能体发出付款请求");
          case PROOF -> text("The agent gets the payment proof", "智能体取得支付凭证");
          case FETCH -> fetched(with);
          case BUY -> bought(with, at);
          case RACE -> raced(with);
          default -> atCashier(with);
        };
    var named = StepPhrases.joined(sentence, StepPhrases.label(name.equals("deal") ? "" : name));
    return StepPhrases.joined(
        StepPhrases.joined(named, AuthorityStepText.under(with)),
        StepPhrases.deviations(with, names));
  }

  private static Text fetched(JsonNode with) {
    var proof = with.path("proof").asString("");
    return proof.isEmpty()
        ? text("The agent shows its proof and asks for the delivery", "智能体出示凭证，请求交付")
        : text(
            "The agent shows the proof of " + StepPhrases.quoted(proof),
            "智能体出示的是" + StepPhrases.quoted(proof) + "的凭证");
  }

  private static Text bought(JsonNode with, Text at) {
    var until = with.path("until").asString("delivered");
    return switch (until) {
      case "offers" -> text("An agent looks at offers" + at.en(), "智能体看报价" + at.zh());
      case "cart" -> text("An agent confirms a cart" + at.en(), "智能体确认购物车" + at.zh());
      case "bill" -> text("An agent gets as far as the bill" + at.en(), "智能体走到账单这一步" + at.zh());
      case "asked" -> text("An agent asks for payment" + at.en(), "智能体请求付款" + at.zh());
      case "paid" -> text("An agent buys and the principal pays" + at.en(), "智能体下单，用户付款" + at.zh());
      default ->
          text("An agent buys, from the wish to the delivery" + at.en(), "智能体从询价一直买到交付" + at.zh());
    };
  }

  private static Text raced(JsonNode with) {
    var buyers = with.path("buyers").asInt(10);
    return text(buyers + " buyers want the same thing at the same time", buyers + " 位买家同时抢同一件");
  }

  private static Text atCashier(JsonNode with) {
    var decision = with.path("decision").asString("APPROVE");
    var key = with.path("key").asString("principal");
    if (key.startsWith("agent")) {
      return text("The agent itself tries to decide at the cashier", "智能体自己想在收银台作决定");
    }
    if (key.startsWith("merchant")) {
      return text("A merchant tries to decide at the cashier", "商户想在收银台作决定");
    }
    if (key.startsWith("operator")) {
      return text("The operator tries to decide at the cashier", "操作员想在收银台作决定");
    }
    if (key.equals("none")) {
      return text("A caller without a key tries to decide at the cashier", "没有密钥的调用方想在收银台作决定");
    }
    return decision.equals("APPROVE")
        ? text("The principal approves at the cashier", "用户在收银台确认付款")
        : text("The principal declines at the cashier", "用户在收银台拒绝付款");
  }

  private static Text disputed(JsonNode with) {
    var key = with.path("key").asString("principal");
    return switch (with.path("do").asString("open")) {
      case "answer" -> text("The agent makes its statement in the dispute", "智能体在争议中作出陈述");
      case "withdraw" -> text("The dispute is withdrawn", "撤回争议");
      case "show" -> text("The state of the dispute is read", "查看争议进展");
      default ->
          key.startsWith("agent")
              ? text("The agent itself tries to dispute the order", "智能体自己想对订单提出争议")
              : claimed(with.path("kind").asString("not_delivered"));
    };
  }

  private static Text claimed(String kind) {
    return switch (kind) {
      case "wrong_item" ->
          text("The principal disputes the order: something else came", "用户对订单提出争议：送来的不是所订之物");
      case "not_authorized" ->
          text("The principal disputes the order: it was not authorized", "用户对订单提出争议：未经授权");
      case "amount_differs" ->
          text("The principal disputes the order: the amount differs", "用户对订单提出争议：金额不符");
      default -> text("The principal disputes the order: nothing came", "用户对订单提出争议：没有收到");
    };
  }

  private static Text clockSet(JsonNode with) {
    var to = moment(StepPhrases.brief(with));
    return text("The clock is set to " + to.en(), "时钟调到" + StepPhrases.inside(to).stripTrailing());
  }

  private static Text advanced(JsonNode with) {
    var by = with.isString() ? with.asString() : with.path("by").asString("");
    if (!by.isEmpty()) {
      return StepPhrases.joined(text("Time passes: ", "时间过去 "), StepPhrases.duration(by));
    }
    var to = moment(with.path("to").asString());
    return text("Time passes until " + to.en(), "时间走到" + StepPhrases.inside(to).stripTrailing());
  }

  /** Writes a moment without its zone, and a captured one as what it is: noted before. */
  private static Text moment(String written) {
    try {
      return Text.untranslated(
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
              .format(OffsetDateTime.parse(written)));
    } catch (DateTimeParseException captured) {
      return StepPhrases.value(written, text("the moment noted before", "先前记下的时刻"));
    }
  }

  private static Text called(JsonNode with, StepNames names) {
    var method = with.path("method").asString(with.has("body") ? "POST" : "GET");
    var request = names.request(method, with.path("path").asString());
    var key = with.path("key").asString(with.path("prove").asString(""));
    if (key.isEmpty() || key.equals("none")) {
      return text("A request without a key: " + request.en(), "不带密钥的请求：" + request.zh());
    }
    var holder = StepPhrases.holder(key, names);
    return text(
        "A request of " + holder.en() + ": " + request.en(),
        StepPhrases.inside(holder).strip() + "的请求：" + request.zh());
  }
}
