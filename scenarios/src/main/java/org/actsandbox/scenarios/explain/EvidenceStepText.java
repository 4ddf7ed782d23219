package org.actsandbox.scenarios.explain;

import static org.actsandbox.scenarios.explain.StepPhrases.text;

import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** Explains the steps that change or check evidence. */
final class EvidenceStepText {

  private EvidenceStepText() {}

  static Text textOf(Verb verb, JsonNode with, StepNames names) {
    return switch (verb) {
      case TAMPER -> tampered(with, names);
      case HEAL -> text("The evidence is put back as it was", "把被改动的证据恢复原样");
      case ANCHOR ->
          StepPhrases.joined(
              text("An agent anchors a record of its own", "智能体把自己的一条记录上链"),
              StepPhrases.deviations(with, names));
      default ->
          with.has("flip")
              ? text(
                  "The evidence is downloaded, one bit of it flipped, and verified",
                  "下载证据包，改动其中一位，再离线验证")
              : text("The evidence is downloaded and verified offline", "下载证据包，离线验证");
    };
  }

  private static Text tampered(JsonNode with, StepNames names) {
    var type = with.path("event").asString("");
    var event = names.event(type);
    var of = type.isEmpty() ? text("", "") : text(" (" + event.en() + ")", "（" + event.zh() + "）");
    var what =
        switch (with.path("kind").asString()) {
          case "record_changed" -> text("One character of a record is changed", "记录中的一个字符被改动");
          case "record_removed" -> text("A record disappears", "一条记录消失");
          case "record_forged" ->
              text(
                  "Its holder forges a record, signs it again and replaces the anchor",
                  "保管方改写记录，重新签名并替换锚点");
          case "records_swapped" -> text("Two records are swapped", "两条记录互换");
          case "signature_swapped" -> text("A record gets the signature of another", "记录换上别的记录的签名");
          case "upstream_reordered" -> text("A record names other causes", "记录的上游被改动");
          case "anchor_rewritten" -> text("An anchor on the chain is rewritten", "链上的锚点被改写");
          case "anchor_removed" -> text("An anchor disappears from the chain", "链上的锚点消失");
          case "node_changed" -> text("A node of the chain's tree is changed", "链的默克尔节点被改动");
          case "head_changed" -> text("The chain's head gets another root", "链的树头换了根");
          case "key_removed" -> text("A signer's key disappears", "签名方的公钥消失");
          case "key_replaced" ->
              text("A signer's key is replaced by an impostor's", "签名方的公钥被换成冒名者的");
          case "key_postdated" ->
              text("A signer's key is dated after the event", "签名方公钥的生效时间被推迟到事件之后");
          default -> text("The chain does not answer", "链不应答");
        };
    return StepPhrases.joined(what, of);
  }
}
