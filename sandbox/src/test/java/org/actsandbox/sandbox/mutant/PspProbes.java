package org.actsandbox.sandbox.mutant;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.actsandbox.sandbox.mutant.Trial.PIN;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** For each defective payment service, what shows it: true in its world, false in an honest one. */
final class PspProbes {

  private static final String RAIL = "raileast";
  private static final Did LIN = Did.of("lin");

  private PspProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.ofEntries(
        Map.entry("stale-request-accepted", PspProbes::takesStale),
        Map.entry("request-signature-unread", PspProbes::takesTampered),
        Map.entry("instrument-before-signature", PspProbes::tellsStrangers),
        Map.entry("bill-signature-unread", PspProbes::takesForgedBill),
        Map.entry("bill-content-unread", PspProbes::takesAnotherAmount),
        Map.entry("expired-bill-accepted", PspProbes::takesExpiredBill),
        Map.entry("flow-unread", PspProbes::takesAnotherIntent),
        Map.entry("limit-ignored", PspProbes::paysAboveTheLimit),
        Map.entry("freeze-ignored", PspProbes::paysWhileFrozen),
        Map.entry("binding-ignored", PspProbes::paysWithForeignInstrument),
        Map.entry("expired-instrument-accepted", PspProbes::paysAfterConsent),
        Map.entry("request-id-means-anything", PspProbes::takesOtherContent),
        Map.entry("pin-unread", PspProbes::takesAnyPin),
        Map.entry("pin-never-locks", PspProbes::neverLocks),
        Map.entry("agent-may-approve", PspProbes::agentApproves),
        Map.entry("approval-of-anything", PspProbes::takesAnyDigest),
        Map.entry("repeated-approval-debits-again", PspProbes::repeatCosts),
        Map.entry("cashier-names-itself", PspProbes::namesItself),
        Map.entry("payment-waits-for-ever", PspProbes::waitsForEver),
        Map.entry("debited-twice", PspProbes::costsAnotherAmount),
        Map.entry("one-sided-entry", PspProbes::booksDoNotAddUp),
        Map.entry("debited-in-whole-yuan", PspProbes::goodsCostAnotherAmount),
        Map.entry("money-kept-by-the-service", PspProbes::payeeGetsNothing),
        Map.entry("refund-not-credited", PspProbes::refundIsLost),
        Map.entry("proof-of-another-amount", trial -> isRefused(trial, "amount")),
        Map.entry("proof-of-another-resource", trial -> isRefused(trial, "resource_id")),
        Map.entry("proof-never-expires", PspProbes::proofLivesOn),
        Map.entry("notification-unsigned", PspProbes::merchantNeverHears),
        Map.entry("notification-never-sent", PspProbes::merchantNeverHears),
        Map.entry("notification-tried-once", PspProbes::isNotToldAgain),
        Map.entry("notification-before-debit", PspProbes::isTooEarly));
  }

  private static JsonNode held(Trial trial) {
    return trial.order(trial.offer(RAIL, trial.trainTomorrow()));
  }

  private static ObjectNode request(Trial trial) {
    return trial.payment(Trial.bill(trial.fetch(held(trial))));
  }

  /** In a world of two: Lin looks at what the other is asked to pay. */
  static boolean anotherDecides(Trial trial) {
    var asked = trial.pay(ofTheFirst(trial));
    var tradeNo = asked.json().path("trade_no").asString();
    var lin = bearer(trial.world.roleKey(Role.PRINCIPAL, LIN));
    return taken(asked) && taken(trial.get("/psp/payments/" + tradeNo + "/approval", lin));
  }

  /** In a world of two: for Lin, with the other's instrument. */
  static boolean anotherPays(Trial trial) {
    return taken(trial.pay(ofTheFirst(trial).put("principal_id", LIN.value())));
  }

  private static ObjectNode ofTheFirst(Trial trial) {
    return request(trial).put("instrument_ref", bound(trial, binding(World.AGENT.value())));
  }

  private static boolean taken(SandboxServer.Answer answer) {
    return answer.status() == 201 || answer.status() == 200;
  }

  private static boolean takesStale(Trial trial) {
    var hoursAgo = trial.now().minus(Duration.ofHours(3)).toString();
    return taken(trial.pay(request(trial).put("timestamp", hoursAgo)));
  }

  private static boolean takesTampered(Trial trial) {
    var signed = (ObjectNode) Json.parse(trial.signed(request(trial)));
    return taken(trial.paySigned(Json.write(signed.put("description", "changed on the way"))));
  }

  private static boolean tellsStrangers(Trial trial) {
    var signed = (ObjectNode) Json.parse(trial.signed(request(trial)));
    var answer = trial.paySigned(Json.write(signed.put("instrument_ref", "pi_guessed")));
    return Trial.code(answer).equals("instrument_invalid");
  }

  private static boolean takesForgedBill(Trial trial) {
    var request = request(trial);
    var bill = (ObjectNode) request.path("bill").deepCopy();
    bill.put("amount", "0.01");
    request.put("amount", "0.01").set("bill", bill);
    return taken(trial.pay(request));
  }

  private static boolean takesAnotherAmount(Trial trial) {
    return taken(trial.pay(request(trial).put("amount", "0.01")));
  }

  private static boolean takesExpiredBill(Trial trial) {
    var bill = Trial.bill(trial.fetch(held(trial)));
    trial.advance("PT2H");
    return taken(trial.pay(trial.payment(bill)));
  }

  private static boolean takesAnotherIntent(Trial trial) {
    var bill = Trial.bill(trial.fetch(held(trial)));
    return taken(trial.pay(trial.payment(bill).put("intent_id", "I-another")));
  }

  private static boolean paysAboveTheLimit(Trial trial) {
    var binding = binding(World.AGENT.value()).put("limit_per_payment", "1.00");
    return taken(trial.pay(request(trial).put("instrument_ref", bound(trial, binding))));
  }

  private static boolean paysWhileFrozen(Trial trial) {
    var request = request(trial);
    var ref = bound(trial, binding(World.AGENT.value()));
    trial.post("/psp/instruments/" + ref + "/freeze", "", trial.principal());
    return taken(trial.pay(request.put("instrument_ref", ref)));
  }

  private static boolean paysWithForeignInstrument(Trial trial) {
    var stranger = trial.stranger("other-agent");
    return taken(trial.pay(request(trial).put("instrument_ref", bound(trial, binding(stranger)))));
  }

  private static boolean paysAfterConsent(Trial trial) {
    var until = trial.now().plus(Duration.ofMinutes(1)).toString();
    var ref = bound(trial, binding(World.AGENT.value()).put("valid_until", until));
    trial.advance("PT2M");
    return taken(trial.pay(request(trial).put("instrument_ref", ref)));
  }

  private static ObjectNode binding(String agent) {
    return Json.object().put("agent_id", agent).put("account", "balance");
  }

  private static String bound(Trial trial, ObjectNode binding) {
    var asked = trial.post("/psp/bindings", Json.write(binding), trial.principal());
    var decision = Json.object().put("decision", "APPROVE").put("pin", PIN);
    decision.set("digest", asked.json().path("digest"));
    var answer =
        trial.post(
            "/psp/bindings/" + asked.json().path("binding_id").asString() + "/confirmation",
            Json.write(decision),
            trial.principal());
    if (answer.status() != 201) {
      throw new AssertionError(asked.text() + answer.text());
    }
    return answer.json().path("instrument_ref").asString();
  }

  private static boolean takesOtherContent(Trial trial) {
    var request = request(trial);
    trial.pay(request.deepCopy());
    return taken(trial.pay(request.put("description", "something else")));
  }

  private static boolean takesAnyPin(Trial trial) {
    return trial.approve(trial.asked(held(trial)), "000000").status() == 200;
  }

  private static boolean neverLocks(Trial trial) {
    var payment = trial.asked(held(trial));
    for (int attempt = 0; attempt < 4; attempt++) {
      trial.approve(payment, "000000");
    }
    return trial.approve(payment, PIN).status() == 200;
  }

  private static boolean agentApproves(Trial trial) {
    var payment = trial.asked(held(trial));
    var digest = trial.cashier(payment).path("digest").asString();
    var agent = bearer(trial.world.roleKey(Role.AGENT, null));
    return trial.decide(payment, PIN, digest, agent).status() == 200;
  }

  private static boolean takesAnyDigest(Trial trial) {
    return trial.approve(trial.asked(held(trial)), PIN, "sha-256:something-else").status() == 200;
  }

  private static boolean repeatCosts(Trial trial) {
    var payment = trial.asked(held(trial));
    var digest = trial.cashier(payment).path("digest").asString();
    trial.approve(payment, PIN, digest);
    var before = trial.balance();
    trial.approve(payment, PIN, digest);
    return !trial.balance().equals(before);
  }

  private static boolean namesItself(Trial trial) {
    var content = trial.cashier(trial.asked(held(trial))).path("content");
    return content.path("payee_name").asString().equals("Sandbox Pay");
  }

  private static boolean waitsForEver(Trial trial) {
    var payment = trial.asked(held(trial));
    trial.advance("PT2H");
    return trial.paymentNow(payment).path("status").asString().equals("waiting_for_approval");
  }

  private static boolean costsAnotherAmount(Trial trial) {
    return isChargedOtherwise(trial, held(trial));
  }

  private static boolean goodsCostAnotherAmount(Trial trial) {
    return isChargedOtherwise(trial, trial.order(unround(trial)));
  }

  private static JsonNode unround(Trial trial) {
    return trial.offers("bazaar88", Trial.goods("headphones")).stream()
        .filter(offer -> !offer.path("total").asString().endsWith(".00"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isChargedOtherwise(Trial trial, JsonNode order) {
    var before = wallet(trial);
    trial.paid(order);
    var expected = before.subtract(new BigDecimal(order.path("total").asString()));
    return wallet(trial).compareTo(expected) != 0;
  }

  private static BigDecimal wallet(Trial trial) {
    var lines = trial.get("/psp/wallet", trial.principal()).json().path("accounts");
    return lines
        .valueStream()
        .map(line -> new BigDecimal(line.path("amount").asString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static boolean booksDoNotAddUp(Trial trial) {
    trial.paid(held(trial));
    return !trial.booksSum().equals("0");
  }

  private static boolean payeeGetsNothing(Trial trial) {
    trial.paid(held(trial));
    return trial
        .get("/psp/ledger/balance", trial.operator())
        .json()
        .path("accounts")
        .valueStream()
        .noneMatch(line -> line.path("account").asString().equals("merchant:" + RAIL));
  }

  private static boolean refundIsLost(Trial trial) {
    var order = held(trial);
    trial.bought(order);
    var before = wallet(trial);
    trial.cancel(order);
    return wallet(trial).compareTo(before) == 0;
  }

  private static boolean isRefused(Trial trial, String field) {
    var order = held(trial);
    var answer = trial.show(order, trial.paid(order).path("proof"));
    return Trial.code(answer).equals("proof_mismatch") && answer.text().contains(field);
  }

  private static boolean proofLivesOn(Trial trial) {
    // Paid and fetched, so that the hold has nothing to do with it.
    var order = held(trial);
    var proof = trial.paid(order).path("proof");
    trial.advance("PT25H");
    return trial.show(order, proof).status() == 200;
  }

  private static boolean merchantNeverHears(Trial trial) {
    var order = held(trial);
    trial.paid(order);
    trial.advance("PT1M");
    return trial.orderNow(order).path("status").asString().equals("HELD");
  }

  private static boolean isNotToldAgain(Trial trial) {
    var order = held(trial);
    trial.fault(RAIL, "POST /notifications", "error_status", 1);
    trial.paid(order);
    trial.advance("PT1M");
    return trial.orderNow(order).path("status").asString().equals("HELD");
  }

  private static boolean isTooEarly(Trial trial) {
    var order = held(trial);
    trial.asked(order);
    trial.advance("PT10S");
    return trial.orderNow(order).path("status").asString().equals("PAID");
  }
}
