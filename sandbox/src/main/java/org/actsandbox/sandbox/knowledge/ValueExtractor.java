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
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes out of a journal entry what comes into the world with it: who said it first has it. */
final class ValueExtractor {

  private static final Pattern SENTENCE_PATH =
      Pattern.compile("/agents/[^/]+/conversations/[^/]+/messages");

  private static final Pattern INTENT_PATH = Pattern.compile("/merchants/[^/]+/intents");
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

  /** Gets the value, and the DID of who has it to begin with. */
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
    var path = data.path("path").asString("").split("\\?", 2)[0];
    var request = data.at("/request_body/json");
    var answer = data.at("/response_body/json");
    var caller = MessageExtractor.caller(entry);
    var server = Objects.requireNonNullElse(entry.peer(), "");
    if (participantKinds.of(caller) == ParticipantKind.YOU
        && SENTENCE_PATH.matcher(path).matches()) {
      said(request.path("text").asString(""), caller);
    }
    if (INTENT_PATH.matcher(path).matches()) {
      request.at("/context/explicit_needs").forEach(need -> need(need, caller));
      answer.path("offers").forEach(offer -> offer(offer, server));
    }
    walk(request, "", caller);
    walk(answer, "", server);
  }

  private void said(String sentence, String by) {
    take(Datum.WISHES, SENTENCE, sentence, null, by);
    ValuePatterns.amounts(sentence).forEach(amount -> take(Datum.BUDGET, NUMBER, amount, null, by));
  }

  private void need(JsonNode need, String by) {
    var route =
        switch (need.path("kind").asString("")) {
          case "train" -> need.path("from").asString("") + "|" + need.path("to").asString("");
          case "hotel" -> need.path("city").asString("") + "|" + need.path("check_in").asString("");
          default -> "";
        };
    if (route.length() > 3) {
      take(Datum.ITINERARY, TOGETHER, route, null, by);
    }
  }

  private void offer(JsonNode offer, String merchant) {
    take(Datum.OFFERS, TOKEN, offer.path("offer_id").asString(""), merchant, merchant);
    take(Datum.OFFERS, NUMBER, offer.path("total").asString(""), merchant, merchant);
  }

  /** What its field says what it is, wherever in a message it stands. */
  private void walk(JsonNode node, String field, String by) {
    if (node.isObject()) {
      if (node.path("role").asString("").equals("USER")) {
        take(Datum.WISHES, SENTENCE, node.path("content").asString(""), null, by);
      }
      node.properties().forEach(each -> walk(each.getValue(), each.getKey(), by));
    } else if (node.isArray()) {
      node.forEach(each -> walk(each, field, by));
    } else if (!node.isNull() && !node.isBoolean()) {
      named(field, node.asString(), by);
    }
  }

  private void named(String field, String value, String by) {
    var participantKind = participantKinds.of(by);
    if (LIMITS.contains(field)) {
      take(Datum.LIMITS, NUMBER, value, null, by);
    } else if (PRICES.contains(field) && participantKind.sells()) {
      take(Datum.PRICE, NUMBER, value, by, by);
    } else if (ORDER_NUMBERS.contains(field)) {
      take(Datum.ORDER, TOKEN, value, null, by);
    } else if (field.equals("instrument_ref")) {
      take(Datum.INSTRUMENT, TOKEN, value, null, by);
    } else if (NAMES.contains(field)) {
      take(Datum.NAME, PHRASE, value, null, by);
    } else if (field.equals("user_intent_raw")) {
      take(Datum.WISHES, SENTENCE, value, null, by);
    } else if ((field.equals("iac") || field.equals("credential"))
        && JWT.matcher(value).matches()) {
      take(Datum.CREDENTIAL, TOKEN, value, null, by);
    }
  }

  private void take(
      Datum datum, KnownValue.Match match, String value, @Nullable String owner, String by) {
    if (!value.isBlank()) {
      found.accept(new KnownValue(datum, match, value, owner), by);
    }
  }
}
