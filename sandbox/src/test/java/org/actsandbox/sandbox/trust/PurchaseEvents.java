package org.actsandbox.sandbox.trust;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;

/** Puts the attestation events of a purchase into the outbox, participant by participant. */
public final class PurchaseEvents {

  public static final Did RAIL = Did.of("raileast");

  private PurchaseEvents() {}

  public static void happen(World world, String orderNo) {
    var attestations = world.participant(TrustService.class).attestations();
    var intent = "I-" + orderNo;
    var agent = new Party(World.AGENT, Party.Role.PAYER_AGENT, World.PRINCIPAL);
    var merchant = Party.of(RAIL, Party.Role.MERCHANT);
    var psp = Party.of(World.PSP, Party.Role.PSP);
    var now = world.clock().instant();
    var body = Json.object().put("total", "39.90").put("currency", "CNY");
    var paid = new RecordLinks(intent, null, orderNo, "T-" + orderNo);
    var events = new ArrayList<AttestationEvent>();
    events.add(
        new AttestationEvent(
            EventType.DECISION_LOGGED, now, RecordLinks.ofIntent(intent), List.of(agent), body));
    events.add(
        new AttestationEvent(
            EventType.CART_CONFIRMED,
            now,
            new RecordLinks(intent, null, orderNo, null),
            List.of(merchant, agent),
            body));
    events.add(
        new AttestationEvent(
            EventType.TRANSACTION_COMPLETED, now, paid, List.of(psp, agent, merchant), body));
    events.add(
        new AttestationEvent(
            EventType.FULFILLMENT_COMPLETED, now, paid, List.of(merchant, agent), body));
    events.forEach(attestations::report);
  }
}
