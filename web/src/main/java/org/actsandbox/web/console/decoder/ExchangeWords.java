package org.actsandbox.web.console.decoder;

import java.time.DateTimeException;
import java.time.Instant;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Words one message in the reader's language: on its arrow, as a caption and for a speaker. The
 * words are in the bundle {@code stage}. They get what the message is about: 0 sender, 1 receiver,
 * 2 amount, 3 moment until which it counts, 4 count, 5 what was said.
 */
final class ExchangeWords {

  private static final int LONGEST_QUOTE = 60;

  private final PageText pageText;
  private final JournalExchange journalExchange;
  private final Operation operation;
  private final String key;
  private final Object[] about;

  ExchangeWords(PageText pageText, JournalExchange journalExchange, String from, String to) {
    this.pageText = pageText;
    this.journalExchange = journalExchange;
    this.operation = Operation.find(journalExchange.method(), journalExchange.path());
    this.key = operation.messageKey() + situation();
    this.about =
        new Object[] {
          from,
          to,
          amount(),
          until(),
          json(journalExchange.responseBody()).path("offers").size(),
          said()
        };
  }

  /** Tells apart messages of one operation that mean something different. */
  private String situation() {
    return switch (operation) {
      case RESOURCE, SERVICE ->
          journalExchange.decoded().containsKey(A402Headers.PAYMENT_PROOF)
              ? ".proof"
              : (journalExchange.status() == 402 ? ".unpaid" : "");
      case APPROVAL, AUTHORITY ->
          json(journalExchange.requestBody())
                  .path("decision")
                  .asString("")
                  .equalsIgnoreCase("DECLINE")
              ? ".declined"
              : "";
      case CART -> amount().isEmpty() ? ".open" : "";
      case NOTIFICATION ->
          NotificationEvent.find(sent().path("event").asString(""))
              .map(ExchangeWords::of)
              .orElse("");
      case PAY ->
          json(journalExchange.responseBody()).path("status").asString("").equals("paid")
              ? ".paid"
              : "";
      default -> "";
    };
  }

  /** Only a payment that succeeded says that it is paid; what has no words has a name. */
  private static String of(NotificationEvent event) {
    return switch (event) {
      case PAYMENT_SUCCEEDED -> "";
      case PAYMENT_CLOSED -> ".over";
      case REFUND_SUCCEEDED -> ".refund";
      default -> ".other";
    };
  }

  String request() {
    if (operation == Operation.OTHER) {
      var path = journalExchange.path();
      return journalExchange.method()
          + " "
          + (path.length() <= 40 ? path : path.substring(0, 40) + "…");
    }
    var operationName = pageText.say("operation." + operation.messageKey());
    return pageText.sayOr("plain." + key, operationName, about);
  }

  /** Returns the words on the answer's arrow; empty where success says enough. */
  String answer() {
    return pageText.sayOr("answer." + key, "", about);
  }

  String caption() {
    return pageText.sayOr("caption." + key, "", about);
  }

  String answerCaption() {
    return pageText.sayOr("caption.answer." + key, "", about);
  }

  String talk() {
    return pageText.sayOr("talk." + key, "", about);
  }

  private String amount() {
    for (var message : new JsonNode[] {bill(), sent(), answered()}) {
      for (var name : new String[] {"amount", "total", "expected_total"}) {
        var amount = message.path(name).asString("");
        if (!amount.isEmpty()) {
          return pageText.amount(amount, message.path("currency").asString("CNY"));
        }
      }
    }
    return "";
  }

  private String until() {
    for (var moment :
        new JsonNode[] {
          bill().path("pay_before"), answered().path("hold_until"), answered().path("expires_at")
        }) {
      try {
        if (moment.isString()) {
          return pageText.time(Instant.parse(moment.asString("")));
        }
      } catch (DateTimeException foreign) {
        return moment.asString("");
      }
    }
    return "";
  }

  /** Returns what a person said, shortened; empty for another message. */
  private String said() {
    var text = sent().path("text").asString("");
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE).strip() + "…";
  }

  private JsonNode bill() {
    var header = journalExchange.decoded().get(A402Headers.PAYMENT_NEEDED);
    return header == null ? Json.object() : header.path("protocol");
  }

  private JsonNode sent() {
    return json(journalExchange.requestBody());
  }

  private JsonNode answered() {
    return json(journalExchange.responseBody());
  }

  private static JsonNode json(JournalExchange.@Nullable Body body) {
    return body == null || body.json() == null ? Json.object() : body.json();
  }
}
