package org.actsandbox.sandbox.delegation;

import java.util.Map;
import org.actsandbox.protocol.delegation.IntentDecision;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;

/**
 * Tells the agent how its intent was decided, after the decision is committed. An agent that cannot
 * be reached learns it by querying the intent.
 */
final class IntentDecisionNotifier {

  private final DelegationWorld world;
  private final ParticipantClient client;

  IntentDecisionNotifier(DelegationWorld world) {
    this.world = world;
    this.client = world.client();
  }

  void notifyAgent(DelegationIntent decided) {
    var address = world.decisionsTo().apply(decided.agent());
    if (address.isEmpty()) {
      return;
    }
    var at = decided.decidedAt() == null ? world.now() : decided.decidedAt();
    var decision =
        SignedJson.sign(
            new IntentDecision(decided.intentId(), decided.status().code(), at, null, null, null),
            IntentDecision.class,
            world.signer());
    DelegationWorld.failure(client.tell(address.get(), Json.bytes(decision), Map.of()))
        .ifPresent(why -> noteNotTold(decided, why));
  }

  private void noteNotTold(DelegationIntent decided, String why) {
    world.note(
        JournalNote.Kind.DECISION,
        JournalEvent.DECISION_NOT_TOLD,
        decided.journalIds(),
        Map.of("agent_id", decided.agent().value(), "why", why));
  }
}
