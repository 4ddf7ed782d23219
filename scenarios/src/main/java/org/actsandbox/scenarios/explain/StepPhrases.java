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
  static Text deviations(JsonNode with) {
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
      sentence = joined(sentence, text("; with the key: " + key, "；使用密钥 " + key));
    }
    return sentence;
  }

  static Text trouble(Verb verb, JsonNode with) {
    return switch (verb) {
      case FAULT -> fault(with);
      case CLEAR -> text("A fault ends: " + brief(with), "故障结束：" + brief(with));
      default -> disturbance(with);
    };
  }

  private static Text fault(JsonNode with) {
    var name = with.path("name").asString().replace('_', ' ');
    var who = with.path("participant").asString("*");
    var where = with.has("operation") ? " (" + with.path("operation").asString() + ")" : "";
    return text(
        "From now on, at " + (who.equals("*") ? "all participants" : who) + where + ": " + name,
        "从现在起，" + (who.equals("*") ? "所有参与方" : who) + where + " 会出现：" + name);
  }

  private static Text disturbance(JsonNode with) {
    var merchant = with.path("merchant").asString();
    return switch (with.path("type").asString()) {
      case "price_moved" ->
          text(
              merchant + " moves its price by " + with.path("percent").asString() + " %",
              merchant + " 调价 " + with.path("percent").asString() + "%");
      case "sold_out" ->
          text(
              "Another buyer takes the last one at " + merchant, "另一位买家买走了 " + merchant + " 的最后一件");
      default ->
          text(
              merchant + " has " + with.path("left").asString() + " left",
              merchant + " 只剩 " + with.path("left").asString() + " 件");
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
