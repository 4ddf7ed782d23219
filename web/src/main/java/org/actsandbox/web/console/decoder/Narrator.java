package org.actsandbox.web.console.decoder;

import java.util.Locale;
import org.actsandbox.merchants.Roster;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.journal.Exchange;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.psp.instrument.GivenLabel;
import org.actsandbox.web.console.words.Words;
import tools.jackson.databind.JsonNode;

/** Tells a journal entry in the reader's words. */
public final class Narrator {

  private final Words words;

  public Narrator(Words words) {
    this.words = words;
  }

  public Step tell(JournalEntry entry) {
    return entry.kind() == Kind.EXCHANGE ? exchange(entry) : event(entry);
  }

  public static Exchange exchangeOf(JournalEntry entry) {
    return Json.read(entry.data(), Exchange.class);
  }

  private Step exchange(JournalEntry entry) {
    var exchange = exchangeOf(entry);
    var request = request(Operation.find(exchange.method(), exchange.path()), exchange);
    var answer = answer(exchange);
    var to = entry.peer() == null ? entry.actor() : entry.peer();
    var label = words.say("step.exchange", name(entry.actor()), name(to), request, answer);
    return new Step(entry.seq(), entry.actor(), to, request, answer, label, wrong(exchange));
  }

  private String request(Operation operation, Exchange exchange) {
    if (operation == Operation.OTHER) {
      return exchange.method() + " " + path(exchange);
    }
    var withProof =
        operation == Operation.RESOURCE && exchange.decoded().containsKey(Headers.PAYMENT_PROOF);
    return withProof
        ? words.say("operation.resource.proof")
        : words.say("operation." + operation.words());
  }

  private String answer(Exchange exchange) {
    if (exchange.status() == 0) {
      return "✕ " + words.say("step.unanswered");
    }
    var body = json(exchange);
    var error =
        body.path("error").path("details").path("code").asString(body.path("code").asString(""));
    if (exchange.status() == 402) {
      return "402 Payment-Needed";
    }
    if (exchange.status() >= 400) {
      return "✕ " + exchange.status() + (error.isEmpty() ? "" : " " + refusal(error));
    }
    var said = what(exchange, body);
    return said.isBlank() ? String.valueOf(exchange.status()) : said.strip();
  }

  private String what(Exchange exchange, JsonNode body) {
    return " "
        + switch (Operation.find(exchange.method(), exchange.path())) {
          case INTENT -> words.say("step.offers", body.path("offers").size());
          case CART -> body.path("order_no").asString("");
          case PAY, DELEGATED, AUTONOMOUS, PAYMENT_STATUS, APPROVAL ->
              words.sayOr(
                  "payment." + body.path("status").asString(""), body.path("status").asString(""));
          case DRAFT, AUTHORITY -> intent(body.path("status").asString(""));
          case PAUSE, RESUME, REVOKE -> delegation(body.path("state").asString(""));
          case RESOURCE -> words.say("step.delivered");
          default -> "";
        };
  }

  private String intent(String status) {
    return words.sayOr("intent.status." + status, status);
  }

  private String delegation(String state) {
    return words.sayOr("delegations.state." + state.toLowerCase(Locale.ROOT), state);
  }

  private static JsonNode json(Exchange exchange) {
    var body = exchange.responseBody();
    return body == null || body.json() == null ? Json.object() : body.json();
  }

  private static boolean wrong(Exchange exchange) {
    return exchange.status() == 0 || (exchange.status() >= 400 && exchange.status() != 402);
  }

  private Step event(JournalEntry entry) {
    var sign =
        switch (entry.kind()) {
          case REFUSAL -> "✕ ";
          case FAULT -> "⚡ ";
          case CLOCK -> "◷ ";
          case DECISION -> "◆ ";
          case STATE, EXCHANGE -> "";
        };
    var said = sign + happened(entry);
    return new Step(
        entry.seq(),
        entry.actor(),
        null,
        said,
        "",
        words.say("step.event", name(entry.actor()), said),
        entry.kind() == Kind.REFUSAL);
  }

  private String happened(JournalEntry entry) {
    var event = entry.event();
    var plain = words.sayOr("event." + event, event.replace('-', ' '));
    return switch (entry.kind()) {
      case REFUSAL -> refused(entry, plain);
      case FAULT -> words.sayOr("fault." + event, plain);
      case STATE, DECISION, CLOCK, EXCHANGE -> plain;
    };
  }

  /** Told by its code: the event's own, or the one it carries. */
  private String refused(JournalEntry entry, String plain) {
    var code = entry.data().path("code").asString(entry.event());
    return words.sayOr("refusal." + code, words.sayOr("refusal." + entry.event(), plain));
  }

  /** What a refusal's code means; the code itself where it is not one of the sandbox's. */
  private String refusal(String code) {
    return words.sayOr("refusal." + code, code);
  }

  /** A participant's name by its DID; the DID itself for strangers. */
  public String name(String did) {
    return words.text(nameOf(did));
  }

  public static Text nameOf(String did) {
    return switch (did) {
      case "did:act:principal" -> new Text("You", "您");
      case "did:act:demo-agent" -> new Text("Demo agent", "演示代理");
      case "did:act:personal-agent" -> new Text("Personal agent", "专属代理");
      case "did:act:outside-agent" -> new Text("Outside agent", "外部代理");
      case "did:act:sandbox-pay" -> new Text("Sandbox Pay", "沙箱支付");
      case "did:act:sandbox-trust" -> new Text("Trust service", "信任服务");
      case "did:act:sandbox-delegations" -> new Text("Delegation service", "授权服务");
      case "did:act:sandbox" -> new Text("Sandbox", "沙箱");
      case "operator" -> new Text("Operator", "操作者");
      case "anonymous" -> new Text("Somebody", "匿名者");
      default ->
          Roster.all().stream()
              .filter(merchant -> merchant.did().value().equals(did))
              .map(merchant -> merchant.name())
              .findFirst()
              .orElse(Text.same(did.replace("did:act:", "")));
    };
  }

  /** What is paid from: in the reader's words where the payment service named it. */
  public String purse(String label) {
    return GivenLabel.of(label)
        .map(
            given ->
                switch (given.kind()) {
                  case BALANCE -> words.say("purse.balance");
                  case CARD -> words.say("purse.card", given.detail());
                  case SUB_ACCOUNT ->
                      words.say("purse.sub_account", name("did:act:" + given.detail()));
                })
        .orElse(label);
  }

  private static String path(Exchange exchange) {
    var path = exchange.path();
    return path.length() <= 40 ? path : path.substring(0, 40) + "…";
  }
}
