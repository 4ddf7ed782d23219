package org.actsandbox.sandbox.delegation;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.delegation.IntentDecision;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * Tells the agent that asked how its intent was decided, after the decision stands. An agent that
 * cannot be told finds out by asking.
 */
final class DecisionNews {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final DelegationWorld world;

  DecisionNews(DelegationWorld world) {
    this.world = world;
  }

  void tell(Intent decided) {
    var address = world.decisionsTo().apply(decided.agent());
    if (address.isEmpty()) {
      return;
    }
    var at = decided.decidedAt() == null ? world.now() : decided.decidedAt();
    var news =
        SignedJson.sign(
            new IntentDecision(decided.intentId(), decided.status().code(), at, null, null, null),
            IntentDecision.class,
            world.signer().get());
    var call =
        new Outbound.Call(
            "POST",
            address.get(),
            Map.of("Content-Type", "application/json"),
            Json.bytes(news),
            TIMEOUT);
    try {
      var answer = world.outbound().send(call);
      if (!answer.isSuccess()) {
        untold(decided, "answered " + answer.status());
      }
    } catch (Unanswered silent) {
      untold(decided, "did not answer");
    }
  }

  private void untold(Intent decided, String why) {
    world.note(
        JournalNote.Kind.DECISION,
        ActComponent.ADD_IAC_ISS,
        "decision-not-told",
        decided.journalIds(),
        Map.of("agent_id", decided.agent().value(), "why", why));
  }
}
