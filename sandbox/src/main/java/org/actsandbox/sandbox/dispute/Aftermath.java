package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.dispute.RefundState;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.Messages;
import org.actsandbox.sandbox.dispute.judgement.Judgement;
import org.actsandbox.sandbox.psp.refund.Refunds;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.databind.JsonNode;

/**
 * What follows from a finding: the refund is ordered until the payment service answers, and both
 * sides are told. The same number never pays back twice, so a crash between does no harm.
 */
final class Aftermath {

  /** Ours: whoever cannot be told after a day can read it at the dispute service. */
  private static final int TRIES = 6;

  private final TrustWorld world;
  private final DisputeStore store;
  private final Surroundings around;
  private final Courier courier;

  Aftermath(TrustWorld world, DisputeStore store, Surroundings around, Courier courier) {
    this.world = world;
    this.store = store;
    this.around = around;
    this.courier = courier;
  }

  void announce(Dispute dispute, Judgement judgement) {
    note(
        dispute,
        JournalNote.Kind.DECISION,
        "dispute-decided",
        Map.of(
            "outcome", judgement.outcome().code(),
            "kind", dispute.claim().kind().code(),
            "refund", judgement.refund() == null ? "" : judgement.refund().decimal(),
            "reasons",
                judgement.reasons().stream()
                    .map(each -> each.code().code())
                    .collect(Collectors.joining(" "))));
  }

  /**
   * One attempt at everything that is left to do.
   *
   * @param next when to try again what did not work
   */
  Dispute of(Dispute dispute, Instant next) {
    var refund = refunded(dispute);
    boolean told = tell(dispute) || dispute.now().attempts() >= TRIES;
    boolean left = refund.state() == RefundState.PENDING || !told;
    return left ? dispute.refunded(refund, next) : dispute.refunded(refund, null);
  }

  private Dispute.Refund refunded(Dispute dispute) {
    var refund = dispute.now().refund();
    var ordered = refund.ordered();
    if (refund.state() != RefundState.PENDING || ordered == null) {
      return refund;
    }
    return switch (courier.post(around.refunds(), order(dispute, ordered))) {
      case Courier.Reply.Done(var body) -> {
        var done = Json.read(body, Messages.Refund.class);
        var back = Money.of(done.amount(), done.currency());
        note(
            dispute,
            JournalNote.Kind.STATE,
            "dispute-refunded",
            Map.of("refund_no", done.refundNo(), "amount", back.decimal()));
        yield refund.done(back, done.refundNo());
      }
      case Courier.Reply.Refused(int status, var code) -> {
        note(
            dispute,
            JournalNote.Kind.REFUSAL,
            "dispute-refund-refused",
            Map.of("code", code, "status", String.valueOf(status)));
        yield refund.refused(code.isEmpty() ? String.valueOf(status) : code);
      }
      case Courier.Reply.Silent _ -> refund;
    };
  }

  private JsonNode order(Dispute dispute, Money amount) {
    return courier.signed(
        new Messages.RefundRequest(
            Refunds.ORDERED + dispute.disputeId(),
            dispute.matter().tradeNo(),
            amount.decimal(),
            amount.currency().getCurrencyCode(),
            "dispute " + dispute.disputeId() + ": " + dispute.claim().kind().code(),
            world.now(),
            null,
            null,
            null));
  }

  /** True when everybody with an address has heard it. */
  private boolean tell(Dispute dispute) {
    boolean all = true;
    for (var each : store.asked().of(dispute.disputeId())) {
      var desk = around.desks().apply(new Surroundings.Seat(each.party(), each.role()));
      if (!each.told() && desk.isPresent()) {
        all &= told(dispute, each, desk.get());
      }
    }
    return all;
  }

  private boolean told(Dispute dispute, Asked party, URI desk) {
    var finding = dispute.now().finding();
    var target = URI.create(desk + "/findings");
    if (finding == null
        || courier.post(target, Json.parse(finding)) instanceof Courier.Reply.Silent) {
      return false;
    }
    store.asked().told(dispute.disputeId(), party.place());
    return true;
  }

  private void note(
      Dispute dispute, JournalNote.Kind kind, String event, Map<String, String> data) {
    var all = new TreeMap<String, String>(data);
    all.put("dispute_id", dispute.disputeId());
    world.note(world.did(), kind, Disputes.COMPONENT, event, dispute.journalIds(), all);
  }
}
