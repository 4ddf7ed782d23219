package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.dispute.DisputeRefundState;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.sandbox.dispute.judgement.Judgement;
import org.actsandbox.sandbox.psp.refund.Refunds;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Performs what follows from a finding: it orders the refund until the payment service answers, and
 * tells the parties. A refund number never pays back twice, so a crash in between does no harm.
 */
final class DisputeFollowUp {

  /**
   * Ours: after a day of attempts, a party that cannot be reached can read the finding at the
   * dispute service.
   */
  private static final int MAX_ATTEMPTS = 6;

  private final TrustWorld world;
  private final DisputeStore store;
  private final DisputeDependencies dependencies;
  private final ParticipantClient client;

  DisputeFollowUp(
      TrustWorld world,
      DisputeStore store,
      DisputeDependencies dependencies,
      ParticipantClient client) {
    this.world = world;
    this.store = store;
    this.dependencies = dependencies;
    this.client = client;
  }

  void journalDecision(Dispute dispute, Judgement judgement) {
    note(
        dispute,
        JournalNote.Kind.DECISION,
        JournalEvent.DISPUTE_DECIDED,
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
   * Makes one attempt at everything that is left to do.
   *
   * @param next when to repeat what failed
   */
  Dispute perform(Dispute dispute, Instant next) {
    var refund = refundIfPending(dispute);
    boolean told = tellParties(dispute) || dispute.progress().attempts() >= MAX_ATTEMPTS;
    boolean left = refund.state() == DisputeRefundState.PENDING || !told;
    return left ? dispute.refunded(refund, next) : dispute.refunded(refund, null);
  }

  private Dispute.Refund refundIfPending(Dispute dispute) {
    var refund = dispute.progress().refund();
    var ordered = refund.ordered();
    if (refund.state() != DisputeRefundState.PENDING || ordered == null) {
      return refund;
    }
    return switch (client.post(dependencies.refunds(), order(dispute, ordered))) {
      case ParticipantAnswer.Done(int _, var body) -> {
        var done = Json.read(body, PspMessages.Refund.class);
        var back = Money.of(done.amount(), done.currency());
        note(
            dispute,
            JournalNote.Kind.STATE,
            JournalEvent.DISPUTE_REFUNDED,
            Map.of("refund_no", done.refundNo(), "amount", back.decimal()));
        yield refund.done(back, done.refundNo());
      }
      case ParticipantAnswer.Refused(int status, var code) -> {
        note(
            dispute,
            JournalNote.Kind.REFUSAL,
            JournalEvent.DISPUTE_REFUND_REFUSED,
            Map.of("code", code, "status", String.valueOf(status)));
        yield refund.refused(code.isEmpty() ? String.valueOf(status) : code);
      }
      case ParticipantAnswer.Unknown _ -> refund;
    };
  }

  private JsonNode order(Dispute dispute, Money amount) {
    return SignedJson.sign(
        (ObjectNode)
            Json.tree(
                new PspMessages.RefundRequest(
                    Refunds.DISPUTE_PREFIX + dispute.disputeId(),
                    dispute.purchase().tradeNo(),
                    amount.decimal(),
                    amount.currency().getCurrencyCode(),
                    "dispute " + dispute.disputeId() + ": " + dispute.claim().kind().code(),
                    world.now(),
                    null,
                    null,
                    null)),
        world.signer());
  }

  /**
   * Tells the finding to the parties, and returns true when all parties with an address know it.
   */
  private boolean tellParties(Dispute dispute) {
    boolean all = true;
    for (var each : store.askedParties().ofDispute(dispute.disputeId())) {
      var address =
          dependencies
              .addresses()
              .apply(new DisputeDependencies.PartyInRole(each.party(), each.role()));
      if (!each.told() && address.isPresent()) {
        all &= tellParty(dispute, each, address.get());
      }
    }
    return all;
  }

  private boolean tellParty(Dispute dispute, AskedParty party, URI address) {
    var finding = dispute.progress().finding();
    var target = URI.create(address + "/findings");
    if (finding == null
        || client.post(target, Json.parse(finding)) instanceof ParticipantAnswer.Unknown) {
      return false;
    }
    store.askedParties().markTold(dispute.disputeId(), party.place());
    return true;
  }

  private void note(
      Dispute dispute, JournalNote.Kind kind, JournalEvent event, Map<String, String> data) {
    var all = new TreeMap<String, String>(data);
    all.put("dispute_id", dispute.disputeId());
    world.note(kind, event, dispute.journalIds(), all);
  }
}
