package org.actsandbox.agent.turn;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;

/** Attests what the agent compared and which offers it recommended (ACT TSD-1). */
final class AttestedDecisions {

  /**
   * Ours: offers beyond this number are not proven, because the principal would not look at them.
   */
  private static final int MAX_COMPARED = 20;

  private final AgentWorld world;

  AttestedDecisions(AgentWorld world) {
    this.world = world;
  }

  /**
   * Reports the comparison with digests of the offers alone, because an offer says what the
   * principal wishes for.
   */
  void reportComparison(Proposal proposal) {
    var body = Json.object();
    var compared = body.putArray("compared");
    proposal.all().stream()
        .limit(MAX_COMPARED)
        .forEach(
            shown ->
                compared
                    .addObject()
                    .put("merchant_id", shown.offer().merchantId())
                    .put(
                        "offer_digest",
                        RequestFingerprint.digest(CanonicalJson.bytes(Json.tree(shown.offer()))))
                    .put("total", shown.offer().total())
                    .put("currency", shown.offer().currency())
                    .put("recommended", shown.recommended()));
    var leftOut = body.putArray("left_out");
    proposal.searches().stream()
        .flatMap(searchResult -> searchResult.leftOut().stream())
        .forEach(
            out -> leftOut.addObject().put("merchant_id", out.platform()).put("code", out.code()));
    world
        .attestations()
        .report(
            new AttestationEvent(
                EventType.DECISION_LOGGED,
                world.now(),
                RecordLinks.ofIntent(proposal.intentId()),
                List.of(
                    new Party(
                        world.agent(),
                        Party.Role.PAYER_AGENT,
                        world.delegations().forSeveral() ? world.principalDid() : null)),
                body));
  }
}
