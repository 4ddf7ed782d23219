package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * What a principal said is wrong with an order. The claim is signed with a PIN, which the journal
 * masks, so it is written as the verb that makes the same one.
 */
final class Complaints {

  private static final String PATH = "/trust/disputes";

  /** What an honest claim meets again. */
  private static final Set<String> NATURAL =
      Set.of("pin_wrong", "pin_locked", "dispute_open", "dispute_not_allowed");

  private final Draft draft;
  private final Breaks.OrderNames names;
  private final Map<String, String> open = new HashMap<>();
  private int complaints;

  Complaints(Draft draft, Breaks.OrderNames names) {
    this.draft = draft;
    this.names = names;
  }

  boolean any() {
    return complaints > 0;
  }

  /** Whether it was one of these. */
  boolean read(Exchange exchange) {
    if (!exchange.isByPrincipal()) {
      return false;
    }
    if (exchange.is("POST", PATH)) {
      claimed(exchange);
      return true;
    }
    var withdrawn = exchange.part("POST", PATH + "/*/withdraw");
    withdrawn.map(open::get).ifPresent(name -> withdrew(exchange, name));
    return withdrawn.isPresent();
  }

  /** The operator's own are in no message of the world. */
  void opened(JsonNode entry) {
    if (entry.at("/data/by").asString().equals("operator")) {
      draft.leaveOut("a dispute that the operator opened");
    }
  }

  /**
   * An agent from outside has told its side; what it said is no message of the world, and decides
   * nothing. The others are asked and tell theirs again.
   */
  void stated(JsonNode entry) {
    var name = open.get(entry.at("/data/dispute_id").asString(""));
    var party = Exchange.name(entry.at("/data/party").asString(""));
    if (name == null || !entry.at("/data/records").isEmpty()) {
      draft.leaveOut("a statement of %s in a dispute".formatted(party));
      return;
    }
    var arguments = Json.object().put("as", name).put("do", "answer").put("by", party);
    draft.step(Exchange.at(entry), "dispute", arguments);
  }

  private void claimed(Exchange exchange) {
    var code = exchange.code();
    if (!exchange.isGood() && !exchange.isLost() && !NATURAL.contains(code)) {
      draft.leaveOut("a claim that was refused: " + code);
      return;
    }
    var claim = exchange.request();
    var orderNo = claim.path("order_no").asString("");
    names.nameWhatIsIn(orderNo);
    var name = "complaint_" + ++complaints;
    var arguments = Json.object().put("as", name).put("order_no", draft.named(orderNo));
    arguments.set("kind", claim.path("kind"));
    arguments.set("says", claim.path("description"));
    if (claim.path("expected_amount").isString()) {
      arguments.set("expected", claim.path("expected_amount"));
    }
    if (claim.path("merchant").isString()) {
      arguments.putObject("with").set("/merchant", claim.path("merchant"));
    }
    if (code.equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    var expect = draft.step(exchange.at(), "dispute", arguments).putObject("expect");
    if (exchange.isLost()) {
      expect.put("unanswered", true);
      return;
    }
    expect.put("status", exchange.status());
    if (!code.isEmpty()) {
      expect.put("code", code);
    }
    var id = exchange.answer().path("dispute_id");
    if (id.isString()) {
      open.put(id.stringValue(), name);
      draft.name(id.stringValue(), name + "/dispute_id");
    }
  }

  private void withdrew(Exchange exchange, String name) {
    if (exchange.isGood()) {
      draft.step(exchange.at(), "dispute", Json.object().put("as", name).put("do", "withdraw"));
    } else {
      draft.leaveOut("a withdrawal that was refused: " + exchange.code());
    }
  }
}
