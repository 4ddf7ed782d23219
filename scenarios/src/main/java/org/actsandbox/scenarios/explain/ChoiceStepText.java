package org.actsandbox.scenarios.explain;

import static org.actsandbox.scenarios.explain.StepPhrases.text;

import org.actsandbox.protocol.commerce.Text;
import tools.jackson.databind.JsonNode;

/** Explains which offer the principal takes. */
final class ChoiceStepText {

  private ChoiceStepText() {}

  static Text textOf(JsonNode with, StepNames names) {
    if (with.isNumber()) {
      return text("The principal takes offer no. " + with.asInt(), "用户选第 " + with.asInt() + " 个报价");
    }
    if (!with.isObject()) {
      return named(with.asString(""), names);
    }
    var seat = with.path("seat").asString("");
    var offer = offer(with, names);
    return seat.isEmpty()
        ? offer
        : StepPhrases.joined(offer, text(", seat " + seat, "，座位 " + seat));
  }

  private static Text offer(JsonNode with, StepNames names) {
    if (with.has("offer_id")) {
      return text("The principal takes an offer seen before", "用户选先前看到的那个报价");
    }
    if (with.has("merchant")) {
      return offerOf(names.participant(with.path("merchant").asString()));
    }
    return with.has("index")
        ? textOf(with.path("index"), names)
        : named(with.path("pick").asString("recommended"), names);
  }

  private static Text named(String pick, StepNames names) {
    return switch (pick) {
      case "recommended" -> text("The principal takes what the agent recommends", "用户接受智能体的推荐");
      case "cheapest" -> text("The principal takes the cheapest offer", "用户选最便宜的");
      case "dearest" -> text("The principal takes the dearest offer", "用户选最贵的");
      case "first" -> text("The principal takes the first offer", "用户选第一个报价");
      default -> offerOf(names.participant(pick));
    };
  }

  private static Text offerOf(Text merchant) {
    return text(
        "The principal takes the offer of " + merchant.en(),
        "用户选" + StepPhrases.inside(merchant) + "的报价");
  }
}
