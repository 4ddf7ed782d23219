package org.actsandbox.sandbox.knowledge;

import static org.actsandbox.sandbox.knowledge.KnownValue.Match.NUMBER;
import static org.actsandbox.sandbox.knowledge.KnownValue.Match.PHRASE;
import static org.actsandbox.sandbox.knowledge.KnownValue.Match.SENTENCE;
import static org.actsandbox.sandbox.knowledge.KnownValue.Match.TOGETHER;
import static org.actsandbox.sandbox.knowledge.KnownValue.Match.TOKEN;

import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Extracts from a journal entry the values that are new to the world; the participant that tells a
 * value first has it.
 */
final class ValueExtractor {

  private static final Pattern JWT =
      Pattern.compile("[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}");

  private static final Set<String> NAMES =
      Set.of("real_name", "full_name", "passenger_name", "recipient_name", "contact_name");

  private static final Set<String> PRICES =
      Set.of("total", "amount", "price", "unit_price", "expected_total", "refunded", "refund");

  private static final Set<String> ORDER_NUMBERS =
      Set.of("order_no", "merchant_order_no", "out_trade_no");

  private static final Set<String> LIMITS =
      Set.of("max_total_amount", "max_single_amount", "min_single_amount");

  /** Receives each value with the DID of the participant that has it first. */
  private final BiConsumer<KnownValue, String> found;

  private final ParticipantKinds participantKinds;

  ValueExtractor(ParticipantKinds participantKinds, BiConsumer<KnownValue, String> found) {
    this.participantKinds = participantKinds;
    this.found = found;
  }

  void extract(JournalEntry entry) {
    if (entry.kind() != JournalNote.Kind.EXCHANGE) {
      return;
    }
    var data = entry.data();
    var operation =
        Operation.find(data.path("method").asString(""), data.path("path").asString(""));
    var request = data.at("/request_body/json");
    var answer = data.at("/response_body/json");
    var caller = MessageExtractor.caller(entry);
    var server = Objects.requireNonNullElse(entry.peer(), "");
    if (participantKinds.of(caller) == ParticipantKind.YOU && operation == Operation.WISH) {
      extractSentence(request.path("text").asString(""), caller);
    }
    if (operation == Operation.INTENT) {
      request.at("/context/explicit_needs").forEach(need -> extractNeed(need, caller));
      answer.path("offers").forEach(offer -> extractOffer(offer, server));
    }
    walk(request, "", caller);
    walk(answer, "", server);
  }

  private void extractSentence(String sentence, String by) {
    report(Datum.WISHES, SENTENCE, sentence, null, by);
    ValuePatterns.amounts(sentence)
        .forEach(amount -> report(Datum.BUDGET, NUMBER, amount, null, by));
  }

  private void extractNeed(JsonNode need, String by) {
    var route =
        MerchantKind.find(need.path("kind").asString("")).map(kind -> route(kind, need)).orElse("");
    if (route.length() > 3) {
      report(Datum.ITINERARY, TOGETHER, route, null, by);
    }
  }

  /** Returns where the principal goes and when, as far as a need says it; empty if it does not. */
  private static String route(MerchantKind kind, JsonNode need) {
    return switch (kind) {
      case TRAIN -> need.path("from").asString("") + "|" + need.path("to").asString("");
      case HOTEL -> need.path("city").asString("") + "|" + need.path("check_in").asString("");
      case SHOP, SERVICE -> "";
    };
  }

  private void extractOffer(JsonNode offer, String merchant) {
    report(Datum.OFFERS, TOKEN, offer.path("offer_id").asString(""), merchant, merchant);
    report(Datum.OFFERS, NUMBER, offer.path("total").asString(""), merchant, merchant);
  }

  /** Extracts the values in fields with a known name, anywhere in the message. */
  private void walk(JsonNode node, String field, String by) {
    if (node.isObject()) {
      if (node.path("role").asString("").equals("USER")) {
        report(Datum.WISHES, SENTENCE, node.path("content").asString(""), null, by);
      }
      node.properties().forEach(each -> walk(each.getValue(), each.getKey(), by));
    } else if (node.isArray()) {
      node.forEach(each -> walk(each, field, by));
    } else if (!node.isNull() && !node.isBoolean()) {
      extractField(field, node.asString(), by);
    }
  }

  private void extractField(String field, String value, String by) {
    var participantKind = participantKinds.of(by);
    if (LIMITS.contains(field)) {
      report(Datum.LIMITS, NUMBER, value, null, by);
    } else if (PRICES.contains(field) && participantKind.sells()) {
      report(Datum.PRICE, NUMBER, value, by, by);
    } else if (ORDER_NUMBERS.contains(field)) {
      report(Datum.ORDER, TOKEN, value, null, by);
    } else if (field.equals("instrument_ref")) {
      report(Datum.INSTRUMENT, TOKEN, value, null, by);
    } else if (field.equals("reportNo")) {
      report(Datum.CREDIT, TOKEN, value, null, by);
    } else if (NAMES.contains(field)) {
      report(Datum.NAME, PHRASE, value, null, by);
    } else if (field.equals("user_intent_raw")) {
      report(Datum.WISHES, SENTENCE, value, null, by);
    } else if ((field.equals("iac") || field.equals("credential"))
        && JWT.matcher(value).matches()) {
      report(Datum.CREDENTIAL, TOKEN, value, null, by);
    }
  }

  private void report(
      Datum datum, KnownValue.Match match, String value, @Nullable String owner, String by) {
    if (!value.isBlank()) {
      found.accept(new KnownValue(datum, match, value, owner), by);
    }
  }
}
