package org.actsandbox.scenarios.explain;

import static org.actsandbox.scenarios.explain.StepPhrases.text;

import org.actsandbox.protocol.commerce.Text;
import tools.jackson.databind.JsonNode;

/** Explains what a check compares with the state of the world. */
final class StateCheckText {

  private StateCheckText() {}

  static Text textOf(JsonNode with) {
    var en = new StringBuilder("Check: ");
    var zh = new StringBuilder("检查：");
    var between = "";
    for (var part : with.properties()) {
      var words = part(part.getKey(), part.getValue());
      en.append(between).append(words.en());
      zh.append(between.isEmpty() ? "" : "；").append(words.zh());
      between = "; ";
    }
    return text(en.toString(), zh.toString());
  }

  private static Text part(String kind, JsonNode wanted) {
    var name = kindName(kind);
    if (kind.equals("ledger") && wanted.path("wallet").isString()) {
      var amount =
          StepPhrases.value(wanted.path("wallet").asString(), text("as noted", "与先前记下的相同"));
      return text("the wallet holds " + amount.en(), "钱包余额 " + amount.zh());
    }
    if (wanted.path("count").isNumber()) {
      int count = wanted.path("count").asInt();
      return count == 0
          ? text("no " + name.en(), "没有" + name.zh())
          : text(name.en() + ": " + count, name.zh() + "：" + count);
    }
    return name;
  }

  private static Text kindName(String kind) {
    return switch (kind) {
      case "orders" -> text("orders", "订单");
      case "trades" -> text("payments", "付款");
      case "delegations" -> text("delegations", "授权");
      case "tasks" -> text("tasks", "任务");
      case "watches" -> text("watches", "守候");
      case "disputes" -> text("disputes", "争议");
      case "ledger" -> text("money of all participants", "各方资金");
      case "holds" -> text("holds at the merchants", "商户的锁定");
      case "notifications" -> text("notifications", "通知");
      case "stock" -> text("stock", "库存");
      case "faults" -> text("faults that happened", "发生过的故障");
      case "attestations" -> text("verified records", "记录的核验结果");
      case "chain" -> text("the chain of anchors", "存证链");
      case "leaks" -> text("who learned too much", "谁多知道了什么");
      case "journal" -> text("messages", "消息");
      case "knows" -> text("who knows what", "谁知道什么");
      default -> throw new IllegalStateException("no words for the expectation " + kind);
    };
  }
}
