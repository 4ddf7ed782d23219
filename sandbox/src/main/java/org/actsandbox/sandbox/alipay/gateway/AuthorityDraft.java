package org.actsandbox.sandbox.alipay.gateway;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what an agent platform asks for in {@code alipay.user.agreement.delegation.apply}, and
 * writes it as ACT's intent (AIP-50, AIP-51, AIP-203). The wire has no limit of one payment, and
 * names neither merchants nor kinds (AIP-200), so all kinds are in the intent.
 *
 * @param from the beginning of the first day
 * @param to the end of the last day
 */
record AuthorityDraft(
    String externalAgreementNo,
    String externalDelegationId,
    String description,
    String tag,
    BigDecimal most,
    @Nullable Integer timesLimit,
    Instant from,
    Instant to,
    ArrayNode turns) {

  private static final int MAX_NUMBER = 32;
  private static final int MAX_TURNS = 10;
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_TAG = 64;
  private static final int MAX_TIMES = 100_000;

  /** Ours: ACT's intents end before the year 10000, and no authority lasts so long. */
  private static final int LAST_YEAR = 2999;

  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,5}");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /**
   * @throws GatewayRefusal {@code INVALID_PARAMETER}, naming the field
   */
  static AuthorityDraft read(JsonNode content) {
    requireConstant(content, "/personal_product_code", "UAM_AGENT_AUTH_P");
    requireConstant(content, "/access_params/channel", "ALIPAYAPP");
    text(content, "/agent_id", MAX_NUMBER);
    var params = content.path("delegation_params");
    var from = date(params, "/validity_start_time");
    var to = date(params, "/validity_end_time");
    if (to.isBefore(from) || to.getYear() > LAST_YEAR) {
      throw invalid(
          "validity_end_time is not before validity_start_time, and in " + LAST_YEAR + " at most");
    }
    return new AuthorityDraft(
        number(content, "/external_agreement_no"),
        number(params, "/external_delegation_id"),
        text(params, "/delegation_desc", MAX_TEXT),
        params.path("delegation_tag").asString("").isBlank()
            ? ""
            : text(params, "/delegation_tag", MAX_TAG),
        new BigDecimal(TradeOrderFields.amount(params, "max_total_amount").decimal()),
        timesLimit(params),
        from.atStartOfDay(World.ZONE).toInstant(),
        to.plusDays(1).atStartOfDay(World.ZONE).toInstant(),
        turns(content.path("conversation_history")));
  }

  private static GatewayRefusal invalid(String expected) {
    return new GatewayRefusal(SubCode.INVALID_PARAMETER, expected);
  }

  private static void requireConstant(JsonNode content, String path, String value) {
    if (!content.at(path).asString("").equals(value)) {
      throw invalid(path.substring(1) + " is " + value);
    }
  }

  private static String text(JsonNode content, String path, int most) {
    var text = content.at(path).asString("");
    if (text.isBlank() || text.length() > most) {
      throw invalid(path.substring(1) + " has 1 to " + most + " characters");
    }
    return text;
  }

  /** Ours: official samples have an underscore where the text says letters and digits (AIP-51). */
  private static String number(JsonNode content, String path) {
    var number = text(content, path, MAX_NUMBER);
    if (!NUMBER.matcher(number).matches()) {
      throw invalid(path.substring(1) + " has letters, digits and underscores");
    }
    return number;
  }

  private static LocalDate date(JsonNode params, String path) {
    try {
      return LocalDate.parse(params.at(path).asString(""));
    } catch (DateTimeParseException malformed) {
      throw invalid(path.substring(1) + " has the form yyyy-MM-dd");
    }
  }

  private static @Nullable Integer timesLimit(JsonNode params) {
    var node = params.path("times_limit");
    var text = node.isNumber() ? node.decimalValue().toPlainString() : node.asString("");
    if (text.isEmpty()) {
      return null;
    }
    if (!COUNT.matcher(text).matches() || Integer.parseInt(text) > MAX_TIMES) {
      throw invalid("times_limit is 1 to " + MAX_TIMES);
    }
    return Integer.valueOf(text);
  }

  private static ArrayNode turns(JsonNode history) {
    var turns = Json.object().putArray("turns");
    if (history.size() > MAX_TURNS || !(history.isMissingNode() || history.isArray())) {
      throw invalid("conversation_history has at most " + MAX_TURNS + " entries");
    }
    for (var each : history) {
      var role = each.path("role").asString("");
      if (!List.of("USER", "ASSISTANT").contains(role)) {
        throw invalid("conversation_history.role is USER or ASSISTANT");
      }
      var written = each.path("create_time").asString(each.path("createTime").asString(""));
      try {
        turns
            .addObject()
            .put("role", role)
            .put("content", text(each, "/content", MAX_TEXT))
            .put(
                "create_time",
                LocalDateTime.parse(written, TIME).atZone(World.ZONE).toInstant().toString());
      } catch (DateTimeParseException malformed) {
        throw invalid("conversation_history.create_time has the form yyyy-MM-dd HH:mm:ss");
      }
    }
    return turns;
  }

  /** Returns the digest of what is asked for; the same number with another one is refused. */
  String digest() {
    var content =
        Json.object()
            .put("delegation", externalDelegationId)
            .put("desc", description)
            .put("tag", tag)
            .put("most", most.toPlainString())
            .put("times", timesLimit == null ? "" : timesLimit.toString())
            .put("from", from.toString())
            .put("to", to.toString());
    return RequestFingerprint.digest(CanonicalJson.bytes(content));
  }

  /** Writes ACT's intent; what the user is shown stands as the last words of the conversation. */
  ObjectNode isr(String intentId, String agent) {
    var words = turns.deepCopy();
    words
        .addObject()
        .put("role", "ASSISTANT")
        .put("content", description)
        .put("create_time", from.toString());
    var isr = Json.object();
    isr.putObject("conversation_history")
        .set("user_intent_raw", words)
        .asObject()
        .putArray("input_mode")
        .add("TEXT");
    isr.put("intent_id", intentId)
        .put("delegation_mode", "BOUNDED")
        .put("validity_start_time", from.toString())
        .put("validity_end_time", to.toString())
        .put("max_total_amount", most)
        .put("currency", "CNY")
        .put("agent_id", agent);
    isr.putArray("allowed_payment_methods").add("balance").add("card");
    var kinds = isr.putObject("ext").putObject("commerce").putArray("allowed_categories");
    Arrays.stream(MerchantKind.values()).map(MerchantKind::code).forEach(kinds::add);
    return isr;
  }
}
