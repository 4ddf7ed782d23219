package org.actsandbox.scenarios.load;

import static org.actsandbox.scenarios.load.PurchaseFlow.expect;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Authority;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Reply;
import org.actsandbox.scenarios.client.Target;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One complete L2 purchase: an authority asked for, read and confirmed, then intent, cart, 402, a
 * payment that nobody is asked about, proof, delivery.
 */
final class DelegatedFlow implements Errand {

  private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final PurchaseFlow shopping;
  private final Buyer buyer;
  private final Target target;
  private final Authority authority;
  private final InstantSource clock;
  private final Histogram issued = new ConcurrentHistogram(MAX_MICROS, 3);
  private final Histogram verified = new ConcurrentHistogram(MAX_MICROS, 3);

  DelegatedFlow(PurchaseFlow shopping, Buyer buyer, Target target, InstantSource clock) {
    this.shopping = shopping;
    this.buyer = buyer;
    this.target = target;
    this.clock = clock;
    this.authority = new Authority(target, buyer, clock);
  }

  @Override
  public void buy(long flow) {
    var granted = granted(shopping.id(flow));
    var resource = shopping.order(flow);
    var request =
        buyer.signed(authority.payment(shopping.id(flow), shopping.bill(resource), granted));
    var paid =
        expect(
            201,
            "pay",
            timed(verified, () -> authority.pay("SPECIFIED", request, buyer.agent().key())));
    if (!paid.path("status").asString().equals("paid")) {
      throw new FlowFailed("pay", 201, paid.toString());
    }
    shopping.fetch(paid.path("trade_no").asString(), resource);
  }

  void forget() {
    issued.reset();
    verified.reset();
  }

  /** From the PIN to the credential. */
  Histogram issued() {
    return issued;
  }

  /** From the payment request to the answer: signatures, state, limits, ledger, proof. */
  Histogram verified() {
    return verified;
  }

  private ObjectNode granted(String id) {
    var intentId = "I-" + id;
    var draft = buyer.signed(authority.draft(isr(intentId)));
    expect(201, "draft", authority.sendDraft(draft));
    var principal = target.keys().principal();
    var shown = expect(200, "confirmation", authority.confirmation(intentId, principal));
    var decision = Json.object().put("decision", "APPROVE").put("pin", Buyer.DEMO_PIN);
    decision.set("digest", shown.path("digest"));
    var decided =
        expect(200, "issue", timed(issued, () -> authority.decide(intentId, decision, principal)));
    var granted = Json.object();
    granted.set("delegation_id", decided.path("delegation_id"));
    granted.set(
        "iac",
        expect(200, "credential", authority.credential(decided.path("delegation_id").asString()))
            .path("iac"));
    granted.set("principal_id", shown.at("/content/principal_id"));
    return granted;
  }

  private JsonNode isr(String intentId) {
    var now = clock.instant();
    var isr = Json.object().put("intent_id", intentId).put("delegation_mode", "SPECIFIED");
    isr.putObject("conversation_history").put("user_intent_raw", "Buy it when you find it");
    isr.put("validity_start_time", now.minus(Duration.ofMinutes(1)).toString());
    isr.put("validity_end_time", now.plus(Duration.ofDays(1)).toString());
    isr.put("max_total_amount", 100_000).put("currency", "CNY");
    isr.putArray("allowed_payment_methods").add("balance");
    isr.put("agent_id", buyer.agent().agentId());
    isr.putObject("ext")
        .putObject("commerce")
        .putArray("allowed_categories")
        .add("train")
        .add("hotel")
        .add("shop");
    return isr;
  }

  private static Reply timed(Histogram histogram, Supplier<Reply> request) {
    long start = System.nanoTime();
    var reply = request.get();
    histogram.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - start) / 1000));
    return reply;
  }
}
