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
import org.actsandbox.sandbox.fault.FaultOrder;
import org.actsandbox.sandbox.tamper.Lab;
import org.actsandbox.sandbox.tamper.TamperOrder;
import org.actsandbox.sandbox.trust.Purchases;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** For each defective trust service, what shows it. */
final class TrustProbes {

  private static final Caller YOU = new Caller(Role.PRINCIPAL, World.PRINCIPAL);
  private static final String PAID = "act:payment:transaction-completed";
  private static final String DELIVERED = "act:commerce:fulfillment-completed";

  private TrustProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.of(
        "record-signature-unread",
        trial -> passesThough(trial, "signature_swapped", PAID, PAID),
        "inclusion-unread",
        trial -> passesThough(trial, "anchor_rewritten", PAID, PAID),
        "silence-taken-for-proof",
        trial -> passesThough(trial, "chain_silent", PAID, PAID),
        "causes-unread",
        trial -> passesThough(trial, "record_changed", PAID, DELIVERED),
        "salt-used-again",
        TrustProbes::saltsAreAlike,
        "address-in-a-record",
        trial -> records(trial).toString().contains(trial.world.settings().shipTo()),
        "second-anchor-accepted",
        TrustProbes::takesASecondAnchor,
        "event-lost-in-an-outage",
        TrustProbes::losesAnEvent);
  }

  /** Whether one record verifies with its causes though another one, or itself, is broken. */
  private static boolean passesThough(Trial trial, String kind, String broken, String asked) {
    happened(trial, "R-1");
    happened(trial, "R-2");
    trial.world.part(Lab.class).tamper(new TamperOrder(kind, id(trial, broken), null, null, null));
    return trial
        .world
        .part(Trust.class)
        .verifications()
        .verify(id(trial, asked), true, YOU)
        .isVerified();
  }

  private static boolean saltsAreAlike(Trial trial) {
    var salts = new HashSet<String>();
    records(trial).forEach(each -> salts.add(each.at("/record/salt").stringValue()));
    return salts.size() == 1;
  }

  private static boolean takesASecondAnchor(Trial trial) {
    happened(trial, "R-1");
    var chain = trial.world.part(Trust.class).chain();
    var first = chain.find(id(trial, PAID)).orElseThrow().anchor();
    var other = ((ObjectNode) Json.tree(first)).put("payload_hash", "A".repeat(43));
    var second =
        AnchorCodec.sign(Json.read(other, Anchor.class), trial.world.signer(first.submitter()));
    var body = Json.object();
    body.putArray("anchors").add(second);
    var answer = trial.post("/trust/anchors", body.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().at("/items/0/status").stringValue().equals("ANCHORED");
  }

  private static boolean losesAnEvent(Trial trial) {
    var down =
        trial
            .world
            .faults()
            .add(
                new FaultOrder(
                    "error_status",
                    "sandbox-trust",
                    "POST /anchors",
                    null,
                    null,
                    null,
                    null,
                    null));
    happened(trial, "R-1");
    trial.world.faults().remove(down.fault().id());
    trial.advance("PT1H");
    return trial.world.part(Trust.class).chain().size() < 4;
  }

  private static void happened(Trial trial, String orderNo) {
    Purchases.happen(trial.world, orderNo);
    trial.advance("PT0S");
  }

  private static JsonNode records(Trial trial) {
    happened(trial, "R-1");
    return trial.get("/trust/records", trial.principal()).json().path("items");
  }

  private static String id(Trial trial, String event) {
    var path = "/trust/records?order_no=R-1&event=" + event;
    var found = trial.get(path, trial.principal()).json().at("/items/0/record_id");
    return Objects.requireNonNull(found.stringValue());
  }
}
