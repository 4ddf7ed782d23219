package org.actsandbox.sandbox.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.tamper.TamperLab;
import org.actsandbox.sandbox.tamper.TamperRequest;
import org.actsandbox.sandbox.trust.PurchaseEvents;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contains a probe for each defective trust service. */
final class TrustProbes {

  private static final Caller YOU = new Caller(Role.PRINCIPAL, World.PRINCIPAL);
  private static final String PAID = "act:payment:transaction-completed";
  private static final String DELIVERED = "act:commerce:fulfillment-completed";

  private TrustProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    return Map.of(
        "record-signature-unread",
        mutantTrial -> passesThough(mutantTrial, "signature_swapped", PAID, PAID),
        "inclusion-unread",
        mutantTrial -> passesThough(mutantTrial, "anchor_rewritten", PAID, PAID),
        "silence-taken-for-proof",
        mutantTrial -> passesThough(mutantTrial, "chain_silent", PAID, PAID),
        "causes-unread",
        mutantTrial -> passesThough(mutantTrial, "record_changed", PAID, DELIVERED),
        "salt-used-again",
        TrustProbes::saltsAreAlike,
        "address-in-a-record",
        mutantTrial ->
            records(mutantTrial).toString().contains(mutantTrial.world.settings().shipTo()),
        "second-anchor-accepted",
        TrustProbes::takesASecondAnchor,
        "event-lost-in-an-outage",
        TrustProbes::losesAnEvent);
  }

  /**
   * Says whether a record verifies with its causes although another record, or itself, is broken.
   */
  private static boolean passesThough(
      MutantTrial mutantTrial, String kind, String broken, String asked) {
    happened(mutantTrial, "R-1");
    happened(mutantTrial, "R-2");
    mutantTrial
        .world
        .participant(TamperLab.class)
        .tamper(new TamperRequest(kind, id(mutantTrial, broken), null, null, null));
    return mutantTrial
        .world
        .participant(TrustService.class)
        .verifications()
        .verify(id(mutantTrial, asked), true, YOU)
        .isVerified();
  }

  private static boolean saltsAreAlike(MutantTrial mutantTrial) {
    var salts = new HashSet<String>();
    records(mutantTrial).forEach(each -> salts.add(each.at("/record/salt").stringValue()));
    return salts.size() == 1;
  }

  private static boolean takesASecondAnchor(MutantTrial mutantTrial) {
    happened(mutantTrial, "R-1");
    var anchorChain = mutantTrial.world.participant(TrustService.class).chain();
    var first = anchorChain.find(id(mutantTrial, PAID)).orElseThrow().anchor();
    var other = ((ObjectNode) Json.tree(first)).put("payload_hash", "A".repeat(43));
    var second =
        AnchorCodec.sign(
            Json.read(other, Anchor.class), mutantTrial.world.signer(first.submitter()));
    var body = Json.object();
    body.putArray("anchors").add(second);
    var answer = mutantTrial.post("/trust/anchors", body.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/items/0/status").stringValue().equals("ANCHORED");
  }

  private static boolean losesAnEvent(MutantTrial mutantTrial) {
    var down =
        mutantTrial
            .world
            .faults()
            .add(
                new FaultRequest(
                    "error_status",
                    "sandbox-trust",
                    "POST /anchors",
                    null,
                    null,
                    null,
                    null,
                    null));
    happened(mutantTrial, "R-1");
    mutantTrial.world.faults().remove(down.fault().id());
    mutantTrial.advance("PT1H");
    return mutantTrial.world.participant(TrustService.class).chain().size() < 4;
  }

  private static void happened(MutantTrial mutantTrial, String orderNo) {
    PurchaseEvents.happen(mutantTrial.world, orderNo);
    mutantTrial.advance("PT0S");
  }

  private static JsonNode records(MutantTrial mutantTrial) {
    happened(mutantTrial, "R-1");
    return mutantTrial.get("/trust/records", mutantTrial.principal()).json().path("items");
  }

  private static String id(MutantTrial mutantTrial, String event) {
    var path = "/trust/records?order_no=R-1&event=" + event;
    var found = mutantTrial.get(path, mutantTrial.principal()).json().at("/items/0/record_id");
    return Objects.requireNonNull(found.stringValue());
  }
}
