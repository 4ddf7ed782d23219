package org.actsandbox.sandbox.delegation;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.delegation.IntentDecision;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;

/**
 * Tells the agent how its intent was decided, after the decision is committed. An agent that cannot
 * be reached learns it by querying the intent.
 */
final class IntentDecisionNotifier {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final DelegationWorld world;

  IntentDecisionNotifier(DelegationWorld world) {
    this.world = world;
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
            world.signer().get());
    var call =
        new OutboundClient.Call(
            "POST",
            address.get(),
            Map.of("Content-Type", "application/json"),
            Json.bytes(decision),
            TIMEOUT);
    try {
      var answer = world.outbound().send(call);
      if (!answer.isSuccess()) {
        noteNotTold(decided, "answered " + answer.status());
      }
    } catch (NoAnswerException silent) {
      noteNotTold(decided, "did not answer");
    }
  }

  private void noteNotTold(DelegationIntent decided, String why) {
    world.note(
        JournalNote.Kind.DECISION,
        JournalEvent.DECISION_NOT_TOLD,
        decided.journalIds(),
        Map.of("agent_id", decided.agent().value(), "why", why));
  }
}
