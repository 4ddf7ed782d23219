package org.actsandbox.scenarios.explain;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;

/** Builds the parts of the sentences that explain steps. */
final class StepPhrases {

  private StepPhrases() {}

  static Text text(String en, String zh) {
    return new Text(en, zh);
  }

  static Text joined(Text one, Text other) {
    return new Text(one.en() + other.en(), one.zh() + other.zh());
  }

  /**
   * Says how the step deviates from what an honest agent does: a repeated or changed message, or
   * another key.
   */
  static Text deviations(JsonNode with, StepNames names) {
    var sentence = text("", "");
    if (with.path("same").asBoolean(false)) {
      sentence = text(": the same message again", "：同一条消息再发一次");
    }
    if (!with.path("with").isEmpty()) {
      var fields = String.join(", ", with.path("with").propertyNames());
      sentence =
          joined(sentence, text("; changed before it is signed: " + fields, "；签名前改动 " + fields));
    }
    if (!with.path("tamper").isEmpty()) {
      var fields = String.join(", ", with.path("tamper").propertyNames());
      sentence =
          joined(sentence, text("; tampered with after signing: " + fields, "；签名后篡改 " + fields));
    }
    var key = with.path("key").asString("");
    if (!key.isEmpty() && !key.equals("principal") && !key.equals("none")) {
      var holder = holder(key, names);
      sentence =
          joined(
              sentence, text("; with the key of " + holder.en(), "；使用" + inside(holder) + "的密钥"));
    }
    return sentence;
  }

  /** Names who holds a key, such as {@code agent:outside-agent} or {@code operator}. */
  static Text holder(String key, StepNames names) {
    int colon = key.indexOf(':');
    var name = colon < 0 ? key : key.substring(colon + 1);
    return switch (key) {
      case "agent" -> text("the agent", "智能体");
      case "principal" -> text("the principal", "用户");
      default ->
          key.startsWith("principal:")
              ? text("the principal " + name, "用户 " + name)
              : names.participant(name);
    };
  }

  /** Returns a name as it stands inside a Chinese sentence: foreign words have spaces around. */
  static String inside(Text name) {
    var zh = name.zh();
    return zh.isEmpty() || Character.isIdeographic(zh.codePointAt(0)) ? zh : " " + zh + " ";
  }

  /** Returns the label that a file gives to a purchase or a delegation; empty without one. */
  static Text label(String name) {
    var quoted = quoted(name);
    return name.isEmpty() ? text("", "") : text(" (" + quoted + ")", "（" + quoted + "）");
  }

  /** Quotes a label of the file, without the underscores that join its words. */
  static String quoted(String name) {
    return "“" + name.replace('_', ' ') + "”";
  }

  /** Replaces a value that is known only when the scenario is played. */
  static Text value(String written, Text instead) {
    return written.contains("${") ? instead : Text.untranslated(written);
  }

  static Text trouble(Verb verb, JsonNode with, StepNames names) {
    return switch (verb) {
      case FAULT -> fault(with, names);
      case CLEAR ->
          brief(with).equals("all")
              ? text("All faults end", "所有故障结束")
              : text("The fault ends", "故障结束");
      default -> disturbance(with, names);
    };
  }

  private static Text fault(JsonNode with, StepNames names) {
    var id = with.path("participant").asString("*");
    var who = id.equals("*") ? text("all participants", "所有参与方") : names.participant(id);
    var operation = with.path("operation").asString("");
    var what = operation.isEmpty() ? text("", "") : names.faultyRequest(id, operation);
    var fault = names.fault(with.path("name").asString());
    return text(
        "From now on, at "
            + who.en()
            + (operation.isEmpty() ? "" : " (" + what.en() + ")")
            + ": "
            + fault.en(),
        "从现在起，"
            + who.zh()
            + (operation.isEmpty() ? "" : "（" + what.zh() + "）")
            + "会出现："
            + fault.zh());
  }

  private static Text disturbance(JsonNode with, StepNames names) {
    var merchant = names.participant(with.path("merchant").asString());
    return switch (with.path("type").asString()) {
      case "price_moved" ->
          text(
              merchant.en() + " moves its price by " + with.path("percent").asString() + " %",
              merchant.zh() + "调价 " + with.path("percent").asString() + "%");
      case "sold_out" ->
          text(
              "Another buyer takes the last one at " + merchant.en(),
              "另一位买家买走了" + inside(merchant) + "的最后一件");
      default ->
          text(
              merchant.en() + " has " + with.path("left").asString() + " left",
              merchant.zh() + "只剩 " + with.path("left").asString() + " 件");
    };
  }

  /**
   * Writes a duration such as {@code PT23H59M59S} in words; a text that is not a duration stays as
   * it is.
   */
  static Text duration(String iso) {
    try {
      var span = Duration.parse(iso);
      var en = new StringBuilder();
      var zh = new StringBuilder();
      part(span.toDaysPart(), " d ", " 天 ", en, zh);
      part(span.toHoursPart(), " h ", " 小时 ", en, zh);
      part(span.toMinutesPart(), " min ", " 分 ", en, zh);
      part(span.toSecondsPart(), " s ", " 秒 ", en, zh);
      return en.isEmpty()
          ? text("no time at all", "片刻")
          : text(en.toString().strip(), zh.toString().strip());
    } catch (DateTimeParseException captured) {
      return Text.untranslated(iso);
    }
  }

  private static void part(
      long count, String en, String zh, StringBuilder enTo, StringBuilder zhTo) {
    if (count > 0) {
      enTo.append(count).append(en);
      zhTo.append(count).append(zh);
    }
  }

  static String brief(JsonNode arguments) {
    if (!arguments.isObject()) {
      return value(arguments);
    }
    return String.join(
        ", ",
        arguments.properties().stream()
            .map(field -> field.getKey() + " " + value(field.getValue()))
            .toList());
  }

  private static String value(JsonNode node) {
    return node.isString() ? node.stringValue() : node.toString();
  }
}
