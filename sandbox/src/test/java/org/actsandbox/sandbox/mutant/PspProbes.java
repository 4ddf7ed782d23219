package org.actsandbox.sandbox.mutant;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.actsandbox.sandbox.mutant.MutantTrial.PIN;

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

/**
 * Contains a probe for each defective payment service: true in its world, false in an honest one.
 */
final class PspProbes {

  private static final String RAIL = "raileast";
  private static final Did LIN = Did.of("lin");

  private PspProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
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
        Map.entry("proof-of-another-amount", mutantTrial -> isRefused(mutantTrial, "amount")),
        Map.entry(
            "proof-of-another-resource", mutantTrial -> isRefused(mutantTrial, "resource_id")),
        Map.entry("proof-never-expires", PspProbes::proofLivesOn),
        Map.entry("notification-unsigned", PspProbes::merchantNeverHears),
        Map.entry("notification-never-sent", PspProbes::merchantNeverHears),
        Map.entry("notification-tried-once", PspProbes::isNotToldAgain),
        Map.entry("notification-before-debit", PspProbes::isTooEarly));
  }

  private static JsonNode held(MutantTrial mutantTrial) {
    return mutantTrial.order(mutantTrial.offer(RAIL, mutantTrial.trainTomorrow()));
  }

  private static ObjectNode request(MutantTrial mutantTrial) {
    return mutantTrial.payment(MutantTrial.bill(mutantTrial.fetch(held(mutantTrial))));
  }

  /**
   * Reads, as Lin, the payment that the other principal is asked for, in a world with two
   * principals.
   */
  static boolean anotherDecides(MutantTrial mutantTrial) {
    var asked = mutantTrial.pay(ofTheFirst(mutantTrial));
    var tradeNo = asked.json().path("trade_no").asString();
    var lin = bearer(mutantTrial.world.roleKey(Role.PRINCIPAL, LIN));
    return taken(asked) && taken(mutantTrial.get("/psp/payments/" + tradeNo + "/approval", lin));
  }

  /** Pays for Lin with the other principal's instrument, in a world with two principals. */
  static boolean anotherPays(MutantTrial mutantTrial) {
    return taken(mutantTrial.pay(ofTheFirst(mutantTrial).put("principal_id", LIN.value())));
  }

  private static ObjectNode ofTheFirst(MutantTrial mutantTrial) {
    return request(mutantTrial)
        .put("instrument_ref", bound(mutantTrial, binding(World.AGENT.value())));
  }

  private static boolean taken(SandboxServer.Answer answer) {
    return answer.status() == 201 || answer.status() == 200;
  }

  private static boolean takesStale(MutantTrial mutantTrial) {
    var hoursAgo = mutantTrial.now().minus(Duration.ofHours(3)).toString();
    return taken(mutantTrial.pay(request(mutantTrial).put("timestamp", hoursAgo)));
  }

  private static boolean takesTampered(MutantTrial mutantTrial) {
    var signed = (ObjectNode) Json.parse(mutantTrial.signed(request(mutantTrial)));
    return taken(
        mutantTrial.paySigned(Json.write(signed.put("description", "changed on the way"))));
  }

  private static boolean tellsStrangers(MutantTrial mutantTrial) {
    var signed = (ObjectNode) Json.parse(mutantTrial.signed(request(mutantTrial)));
    var answer = mutantTrial.paySigned(Json.write(signed.put("instrument_ref", "pi_guessed")));
    return MutantTrial.code(answer).equals("instrument_invalid");
  }

  private static boolean takesForgedBill(MutantTrial mutantTrial) {
    var request = request(mutantTrial);
    var bill = (ObjectNode) request.path("bill").deepCopy();
    bill.put("amount", "0.01");
    request.put("amount", "0.01").set("bill", bill);
    return taken(mutantTrial.pay(request));
  }

  private static boolean takesAnotherAmount(MutantTrial mutantTrial) {
    return taken(mutantTrial.pay(request(mutantTrial).put("amount", "0.01")));
  }

  private static boolean takesExpiredBill(MutantTrial mutantTrial) {
    var bill = MutantTrial.bill(mutantTrial.fetch(held(mutantTrial)));
    mutantTrial.advance("PT2H");
    return taken(mutantTrial.pay(mutantTrial.payment(bill)));
  }

  private static boolean takesAnotherIntent(MutantTrial mutantTrial) {
    var bill = MutantTrial.bill(mutantTrial.fetch(held(mutantTrial)));
    return taken(mutantTrial.pay(mutantTrial.payment(bill).put("intent_id", "I-another")));
  }

  private static boolean paysAboveTheLimit(MutantTrial mutantTrial) {
    var binding = binding(World.AGENT.value()).put("limit_per_payment", "1.00");
    return taken(
        mutantTrial.pay(request(mutantTrial).put("instrument_ref", bound(mutantTrial, binding))));
  }

  private static boolean paysWhileFrozen(MutantTrial mutantTrial) {
    var request = request(mutantTrial);
    var ref = bound(mutantTrial, binding(World.AGENT.value()));
    mutantTrial.post("/psp/instruments/" + ref + "/freeze", "", mutantTrial.principal());
    return taken(mutantTrial.pay(request.put("instrument_ref", ref)));
  }

  private static boolean paysWithForeignInstrument(MutantTrial mutantTrial) {
    var stranger = mutantTrial.stranger("other-agent");
    return taken(
        mutantTrial.pay(
            request(mutantTrial).put("instrument_ref", bound(mutantTrial, binding(stranger)))));
  }

  private static boolean paysAfterConsent(MutantTrial mutantTrial) {
    var until = mutantTrial.now().plus(Duration.ofMinutes(1)).toString();
    var ref = bound(mutantTrial, binding(World.AGENT.value()).put("valid_until", until));
    mutantTrial.advance("PT2M");
    return taken(mutantTrial.pay(request(mutantTrial).put("instrument_ref", ref)));
  }

  private static ObjectNode binding(String agent) {
    return Json.object().put("agent_id", agent).put("account", "balance");
  }

  private static String bound(MutantTrial mutantTrial, ObjectNode binding) {
    var asked = mutantTrial.post("/psp/bindings", Json.write(binding), mutantTrial.principal());
    var decision = Json.object().put("decision", "APPROVE").put("pin", PIN);
    decision.set("digest", asked.json().path("digest"));
    var answer =
        mutantTrial.post(
            "/psp/bindings/" + asked.json().path("binding_id").asString() + "/confirmation",
            Json.write(decision),
            mutantTrial.principal());
    if (answer.status() != 201) {
      throw new AssertionError(asked.text() + answer.text());
    }
    return answer.json().path("instrument_ref").asString();
  }

  private static boolean takesOtherContent(MutantTrial mutantTrial) {
    var request = request(mutantTrial);
    mutantTrial.pay(request.deepCopy());
    return taken(mutantTrial.pay(request.put("description", "something else")));
  }

  private static boolean takesAnyPin(MutantTrial mutantTrial) {
    return mutantTrial.approve(mutantTrial.asked(held(mutantTrial)), "000000").status() == 200;
  }

  private static boolean neverLocks(MutantTrial mutantTrial) {
    var payment = mutantTrial.asked(held(mutantTrial));
    for (int attempt = 0; attempt < 4; attempt++) {
      mutantTrial.approve(payment, "000000");
    }
    return mutantTrial.approve(payment, PIN).status() == 200;
  }

  private static boolean agentApproves(MutantTrial mutantTrial) {
    var payment = mutantTrial.asked(held(mutantTrial));
    var digest = mutantTrial.cashier(payment).path("digest").asString();
    var agent = bearer(mutantTrial.world.roleKey(Role.AGENT, null));
    return mutantTrial.decide(payment, PIN, digest, agent).status() == 200;
  }

  private static boolean takesAnyDigest(MutantTrial mutantTrial) {
    return mutantTrial
            .approve(mutantTrial.asked(held(mutantTrial)), PIN, "sha-256:something-else")
            .status()
        == 200;
  }

  private static boolean repeatCosts(MutantTrial mutantTrial) {
    var payment = mutantTrial.asked(held(mutantTrial));
    var digest = mutantTrial.cashier(payment).path("digest").asString();
    mutantTrial.approve(payment, PIN, digest);
    var before = mutantTrial.balance();
    mutantTrial.approve(payment, PIN, digest);
    return !mutantTrial.balance().equals(before);
  }

  private static boolean namesItself(MutantTrial mutantTrial) {
    var content = mutantTrial.cashier(mutantTrial.asked(held(mutantTrial))).path("content");
    return content.path("payee_name").asString().equals("Sandbox Pay");
  }

  private static boolean waitsForEver(MutantTrial mutantTrial) {
    var payment = mutantTrial.asked(held(mutantTrial));
    mutantTrial.advance("PT2H");
    return mutantTrial.paymentNow(payment).path("status").asString().equals("waiting_for_approval");
  }

  private static boolean costsAnotherAmount(MutantTrial mutantTrial) {
    return isChargedOtherwise(mutantTrial, held(mutantTrial));
  }

  private static boolean goodsCostAnotherAmount(MutantTrial mutantTrial) {
    return isChargedOtherwise(mutantTrial, mutantTrial.order(unround(mutantTrial)));
  }

  private static JsonNode unround(MutantTrial mutantTrial) {
    return mutantTrial.offers("bazaar88", MutantTrial.goods("headphones")).stream()
        .filter(offer -> !offer.path("total").asString().endsWith(".00"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isChargedOtherwise(MutantTrial mutantTrial, JsonNode order) {
    var before = wallet(mutantTrial);
    mutantTrial.paid(order);
    var expected = before.subtract(new BigDecimal(order.path("total").asString()));
    return wallet(mutantTrial).compareTo(expected) != 0;
  }

  private static BigDecimal wallet(MutantTrial mutantTrial) {
    var lines = mutantTrial.get("/psp/wallet", mutantTrial.principal()).json().path("accounts");
    return lines
        .valueStream()
        .map(line -> new BigDecimal(line.path("amount").asString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static boolean booksDoNotAddUp(MutantTrial mutantTrial) {
    mutantTrial.paid(held(mutantTrial));
    return !mutantTrial.booksSum().equals("0");
  }

  private static boolean payeeGetsNothing(MutantTrial mutantTrial) {
    mutantTrial.paid(held(mutantTrial));
    return mutantTrial
        .get("/psp/ledger/balance", mutantTrial.operator())
        .json()
        .path("accounts")
        .valueStream()
        .noneMatch(line -> line.path("account").asString().equals("merchant:" + RAIL));
  }

  private static boolean refundIsLost(MutantTrial mutantTrial) {
    var order = held(mutantTrial);
    mutantTrial.bought(order);
    var before = wallet(mutantTrial);
    mutantTrial.cancel(order);
    return wallet(mutantTrial).compareTo(before) == 0;
  }

  private static boolean isRefused(MutantTrial mutantTrial, String field) {
    var order = held(mutantTrial);
    var answer = mutantTrial.show(order, mutantTrial.paid(order).path("proof"));
    return MutantTrial.code(answer).equals("proof_mismatch") && answer.text().contains(field);
  }

  private static boolean proofLivesOn(MutantTrial mutantTrial) {
    // Paid and fetched, so that the hold does not matter.
    var order = held(mutantTrial);
    var proof = mutantTrial.paid(order).path("proof");
    mutantTrial.advance("PT25H");
    return mutantTrial.show(order, proof).status() == 200;
  }

  private static boolean merchantNeverHears(MutantTrial mutantTrial) {
    var order = held(mutantTrial);
    mutantTrial.paid(order);
    mutantTrial.advance("PT1M");
    return mutantTrial.orderNow(order).path("status").asString().equals("HELD");
  }

  private static boolean isNotToldAgain(MutantTrial mutantTrial) {
    var order = held(mutantTrial);
    mutantTrial.fault(RAIL, "POST /notifications", "error_status", 1);
    mutantTrial.paid(order);
    mutantTrial.advance("PT1M");
    return mutantTrial.orderNow(order).path("status").asString().equals("HELD");
  }

  private static boolean isTooEarly(MutantTrial mutantTrial) {
    var order = held(mutantTrial);
    mutantTrial.asked(order);
    mutantTrial.advance("PT10S");
    return mutantTrial.orderNow(order).path("status").asString().equals("PAID");
  }
}
