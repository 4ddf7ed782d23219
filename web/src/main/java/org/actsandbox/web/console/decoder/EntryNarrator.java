package org.actsandbox.web.console.decoder;

import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.psp.instrument.DefaultLabel;
import org.actsandbox.web.console.words.PageText;
import org.actsandbox.web.console.words.ParticipantNames;
import tools.jackson.databind.JsonNode;

/** Tells a journal entry in the reader's language. */
public final class EntryNarrator {

  private final PageText pageText;

  public EntryNarrator(PageText pageText) {
    this.pageText = pageText;
  }

  public NarratedEntry narrate(JournalEntry entry) {
    return entry.kind() == Kind.EXCHANGE ? exchange(entry) : event(entry);
  }

  public static JournalExchange exchangeOf(JournalEntry entry) {
    return Json.read(entry.data(), JournalExchange.class);
  }

  private NarratedEntry exchange(JournalEntry entry) {
    var journalExchange = exchangeOf(entry);
    var to = entry.peer() == null ? entry.actor() : entry.peer();
    var told = new ExchangeWords(pageText, journalExchange, name(entry.actor()), name(to));
    var answer = answer(journalExchange, told);
    return new NarratedEntry(
        entry.seq(),
        entry.actor(),
        to,
        told.request(),
        answer,
        pageText.say("step.exchange", name(entry.actor()), name(to)),
        pageText.say("step.answer", name(to), name(entry.actor())),
        told.caption(),
        isError(journalExchange) ? refusedCaption(name(to), answer) : told.answerCaption(),
        told.talk(),
        "%s %s → %d"
            .formatted(journalExchange.method(), path(journalExchange), journalExchange.status()),
        isError(journalExchange));
  }

  private String refusedCaption(String to, String answer) {
    return pageText.say("step.refused", to, answer.replaceFirst("^✕ ", ""));
  }

  private String answer(JournalExchange journalExchange, ExchangeWords told) {
    if (journalExchange.status() == 0) {
      return "✕ " + pageText.say("step.unanswered");
    }
    var body = json(journalExchange);
    var error =
        body.path("error").path("details").path("code").asString(body.path("code").asString(""));
    if (journalExchange.status() >= 400 && journalExchange.status() != 402) {
      return "✕ " + (error.isEmpty() ? journalExchange.status() : refusal(error));
    }
    var text = told.answer();
    return text.isEmpty() ? result(journalExchange, body) : text;
  }

  /** Says how an operation ended that has a state; empty where success says enough. */
  private String result(JournalExchange journalExchange, JsonNode body) {
    return switch (Operation.find(journalExchange.method(), journalExchange.path())) {
      case PAY, DELEGATED, AUTONOMOUS, PAYMENT_STATUS, APPROVAL ->
          pageText.sayOr(
              "payment." + body.path("status").asString(""), body.path("status").asString(""));
      case DRAFT, DRAFT_STATUS, AUTHORITY -> intent(body.path("status").asString(""));
      case PAUSE, RESUME, REVOKE -> delegation(body.path("state").asString(""));
      default -> "";
    };
  }

  private String intent(String status) {
    return pageText.sayOr("intent.status." + status, status);
  }

  private String delegation(String state) {
    return pageText.sayOr("delegations.state." + state.toLowerCase(Locale.ROOT), state);
  }

  private static JsonNode json(JournalExchange journalExchange) {
    var body = journalExchange.responseBody();
    return body == null || body.json() == null ? Json.object() : body.json();
  }

  private static boolean isError(JournalExchange journalExchange) {
    return journalExchange.status() == 0
        || (journalExchange.status() >= 400 && journalExchange.status() != 402);
  }

  private NarratedEntry event(JournalEntry entry) {
    var sign =
        switch (entry.kind()) {
          case REFUSAL -> "✕ ";
          case FAULT -> "⚡ ";
          case CLOCK -> "◷ ";
          case DECISION -> "◆ ";
          case STATE, EXCHANGE -> "";
        };
    var text = sign + eventText(entry);
    return new NarratedEntry(
        entry.seq(),
        entry.actor(),
        null,
        text,
        "",
        pageText.say("step.event", name(entry.actor())),
        "",
        pageText.say("step.event", name(entry.actor())) + " " + eventText(entry),
        "",
        "",
        "",
        entry.kind() == Kind.REFUSAL);
  }

  private String eventText(JournalEntry entry) {
    var event = entry.event();
    var plain = pageText.sayOr("event." + event, event.replace('-', ' '));
    return switch (entry.kind()) {
      case REFUSAL -> refusalText(entry, plain);
      case FAULT -> pageText.sayOr("fault." + event, plain);
      case STATE, DECISION, CLOCK, EXCHANGE -> plain;
    };
  }

  /** Words a refusal by the code in its data, else by the name of its event. */
  private String refusalText(JournalEntry entry, String plain) {
    var code = entry.data().path("code").asString(entry.event());
    return pageText.sayOr("refusal." + code, pageText.sayOr("refusal." + entry.event(), plain));
  }

  /** Returns the meaning of a refusal's code; the code itself if the sandbox does not know it. */
  private String refusal(String code) {
    return pageText.sayOr("refusal." + code, code);
  }

  /**
   * Returns a participant's name by its DID; the last part of the DID for an unknown participant.
   */
  public String name(String did) {
    return pageText.participant(did);
  }

  /** Returns the name in both languages; merchants from outside have the name of their card. */
  public Text nameInWorld(String did) {
    return pageText.participantName(did);
  }

  /** Returns the name of a participant that is in every world. */
  public static Text nameOf(String did) {
    return ParticipantNames.of(did);
  }

  /**
   * Returns the name of an account or instrument, in the reader's language if the payment service
   * gave it its name.
   */
  public String purse(String label) {
    return DefaultLabel.of(label)
        .map(
            given ->
                switch (given.kind()) {
                  case BALANCE -> pageText.say("account.balance");
                  case CARD -> pageText.say("account.card", given.detail());
                  case SUB_ACCOUNT ->
                      pageText.say("account.sub_account", name("did:act:" + given.detail()));
                })
        .orElse(label);
  }

  private static String path(JournalExchange journalExchange) {
    var path = journalExchange.path();
    return path.length() <= 40 ? path : path.substring(0, 40) + "…";
  }
}
