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

/** What the agent attests of its comparisons (ACT TSD-1). */
final class AttestedDecisions {

  /** Ours: what nobody would have looked at need not be proven. */
  private static final int MAX_COMPARED = 20;

  private final AgentWorld world;

  AttestedDecisions(AgentWorld world) {
    this.world = world;
  }

  /** Of offers only digests: an offer names what somebody wishes for. */
  void compared(Proposal proposal) {
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
