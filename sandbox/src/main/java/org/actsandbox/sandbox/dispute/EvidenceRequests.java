package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.dispute.AskedParty.Answer;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends evidence requests to the parties that have not answered yet, each at its own address. */
final class EvidenceRequests {

  private final TrustWorld world;
  private final DisputeStore store;
  private final DisputeDependencies dependencies;
  private final StatementIntake statementIntake;
  private final ParticipantClient client;

  EvidenceRequests(
      TrustWorld world,
      DisputeStore store,
      DisputeDependencies dependencies,
      StatementIntake statementIntake,
      ParticipantClient client) {
    this.world = world;
    this.store = store;
    this.dependencies = dependencies;
    this.statementIntake = statementIntake;
    this.client = client;
  }

  /** Sends a request to each party that has not answered yet. */
  void ask(Dispute dispute, Instant deadline) {
    store.askedParties().ofDispute(dispute.disputeId()).stream()
        .filter(each -> each.answer() == Answer.WAITING)
        .forEach(each -> request(dispute, each, deadline));
  }

  private void request(Dispute dispute, AskedParty askedParty, Instant deadline) {
    var address =
        dependencies
            .addresses()
            .apply(new DisputeDependencies.PartyInRole(askedParty.party(), askedParty.role()));
    if (address.isEmpty()) {
      // An external agent has no address: it queries its disputes and answers by itself.
      return;
    }
    var disputedPurchase = dispute.purchase();
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
    var target = URI.create(address.get() + "/evidence");
    switch (client.post(target, SignedJson.sign((ObjectNode) Json.tree(request), world.signer()))) {
      case ParticipantAnswer.Done(int _, var body) -> take(dispute, askedParty, body);
      case ParticipantAnswer.Refused(int status, var code) ->
          recordFailure(dispute, askedParty, "refused with " + status + " " + code);
      case ParticipantAnswer.Unknown(int _, var why, var _) ->
          recordFailure(dispute, askedParty, why);
    }
  }

  private void take(Dispute dispute, AskedParty askedParty, JsonNode body) {
    try {
      statementIntake.take(dispute.disputeId(), body);
    } catch (Refusal refused) {
      world.note(
          JournalNote.Kind.REFUSAL,
          JournalEvent.EVIDENCE_REFUSED,
          dispute.journalIds(),
          Map.of(
              "dispute_id", dispute.disputeId(),
              "party", askedParty.party().value(),
              "code", refused.problem().code(),
              "detail", refused.detail()));
      recordFailure(dispute, askedParty, "what it sent was refused: " + refused.problem().code());
    }
  }

  private void recordFailure(Dispute dispute, AskedParty askedParty, String why) {
    store.askedParties().recordFailedRequest(dispute.disputeId(), askedParty.place(), why);
  }
}
