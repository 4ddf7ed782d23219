package org.actsandbox.sandbox.dispute;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.dispute.Asked.Answer;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.databind.JsonNode;

/** Asks the parties for their evidence, each at its own desk. */
final class Questions {

  private final TrustWorld world;
  private final DisputeStore store;
  private final Surroundings around;
  private final Intake intake;
  private final Courier courier;

  Questions(
      TrustWorld world, DisputeStore store, Surroundings around, Intake intake, Courier courier) {
    this.world = world;
    this.store = store;
    this.around = around;
    this.intake = intake;
    this.courier = courier;
  }

  /** Everybody who has not answered yet. */
  void ask(Dispute dispute, Instant deadline) {
    store.asked().of(dispute.disputeId()).stream()
        .filter(each -> each.answer() == Answer.WAITING)
        .forEach(each -> question(dispute, each, deadline));
  }

  private void question(Dispute dispute, Asked asked, Instant deadline) {
    var desk = around.desks().apply(new Surroundings.Seat(asked.party(), asked.role()));
    if (desk.isEmpty()) {
      // An agent from outside has no address: it looks for itself, and answers by itself.
      return;
    }
    var matter = dispute.matter();
    var request =
        new EvidenceRequest(
            dispute.disputeId(),
            dispute.claim().kind(),
            dispute.claim().description(),
            matter.intentId(),
            matter.delegationId(),
            matter.orderNo(),
            matter.tradeNo(),
            asked.party(),
            asked.role(),
            world.now(),
            deadline,
            null,
            null,
            null);
    var target = URI.create(desk.get() + "/evidence");
    switch (courier.post(target, courier.signed(request))) {
      case Courier.Reply.Done(var body) -> take(dispute, asked, body);
      case Courier.Reply.Refused(int status, var code) ->
          silent(dispute, asked, "refused with " + status + " " + code);
      case Courier.Reply.Silent(var why) -> silent(dispute, asked, why);
    }
  }

  private void take(Dispute dispute, Asked asked, JsonNode body) {
    try {
      intake.take(dispute.disputeId(), body);
    } catch (Refusal refused) {
      world.note(
          world.did(),
          JournalNote.Kind.REFUSAL,
          Disputes.COMPONENT,
          "evidence-refused",
          dispute.journalIds(),
          Map.of(
              "dispute_id", dispute.disputeId(),
              "party", asked.party().value(),
              "code", refused.problem().code(),
              "detail", refused.detail()));
      silent(dispute, asked, "what it sent was refused: " + refused.problem().code());
    }
  }

  private void silent(Dispute dispute, Asked asked, String why) {
    store.asked().unanswered(dispute.disputeId(), asked.place(), why);
  }
}
