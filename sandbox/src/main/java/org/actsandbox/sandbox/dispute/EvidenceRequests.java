package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.dispute.AskedParty.Answer;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.databind.JsonNode;

/** Asks the parties for their evidence, each at its own desk. */
final class EvidenceRequests {

  private final TrustWorld world;
  private final DisputeStore store;
  private final DisputeDependencies around;
  private final StatementIntake statementIntake;
  private final SignedHttpClient signedHttpClient;

  EvidenceRequests(
      TrustWorld world,
      DisputeStore store,
      DisputeDependencies around,
      StatementIntake statementIntake,
      SignedHttpClient signedHttpClient) {
    this.world = world;
    this.store = store;
    this.around = around;
    this.statementIntake = statementIntake;
    this.signedHttpClient = signedHttpClient;
  }

  /** Everybody who has not answered yet. */
  void ask(Dispute dispute, Instant deadline) {
    store.asked().ofDispute(dispute.disputeId()).stream()
        .filter(each -> each.answer() == Answer.WAITING)
        .forEach(each -> question(dispute, each, deadline));
  }

  private void question(Dispute dispute, AskedParty askedParty, Instant deadline) {
    var desk =
        around
            .desks()
            .apply(new DisputeDependencies.PartyInRole(askedParty.party(), askedParty.role()));
    if (desk.isEmpty()) {
      // An agent from outside has no address: it looks for itself, and answers by itself.
      return;
    }
    var disputedPurchase = dispute.matter();
    var request =
        new EvidenceRequest(
            dispute.disputeId(),
            dispute.claim().kind(),
            dispute.claim().description(),
            disputedPurchase.intentId(),
            disputedPurchase.delegationId(),
            disputedPurchase.orderNo(),
            disputedPurchase.tradeNo(),
            askedParty.party(),
            askedParty.role(),
            world.now(),
            deadline,
            null,
            null,
            null);
    var target = URI.create(desk.get() + "/evidence");
    switch (signedHttpClient.post(target, signedHttpClient.sign(request))) {
      case SignedHttpClient.Reply.Done(var body) -> take(dispute, askedParty, body);
      case SignedHttpClient.Reply.Refused(int status, var code) ->
          silent(dispute, askedParty, "refused with " + status + " " + code);
      case SignedHttpClient.Reply.Silent(var why) -> silent(dispute, askedParty, why);
    }
  }

  private void take(Dispute dispute, AskedParty askedParty, JsonNode body) {
    try {
      statementIntake.take(dispute.disputeId(), body);
    } catch (Refusal refused) {
      world.note(
          world.did(),
          JournalNote.Kind.REFUSAL,
          Disputes.COMPONENT,
          "evidence-refused",
          dispute.journalIds(),
          Map.of(
              "dispute_id", dispute.disputeId(),
              "party", askedParty.party().value(),
              "code", refused.problem().code(),
              "detail", refused.detail()));
      silent(dispute, askedParty, "what it sent was refused: " + refused.problem().code());
    }
  }

  private void silent(Dispute dispute, AskedParty askedParty, String why) {
    store.asked().recordFailedAsk(dispute.disputeId(), askedParty.place(), why);
  }
}
