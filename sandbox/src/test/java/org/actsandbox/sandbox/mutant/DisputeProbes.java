package org.actsandbox.sandbox.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;

/** Contains a probe for each participant that is defective in disputes. */
final class DisputeProbes {

  private static final String SHOP = "bazaar88";

  private DisputeProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    return Map.of(
        "claim-signed-by-the-service", DisputeProbes::signsForThePrincipal,
        "something-else-delivered", DisputeProbes::sendsSomethingElse,
        "delivery-record-borrowed", DisputeProbes::showsAnothersDelivery,
        "late-evidence-counts", DisputeProbes::acceptsLateEvidence,
        "outage-held-against-the-party", DisputeProbes::blamesAnOutageOnTheMerchant);
  }

  private static boolean signsForThePrincipal(MutantTrial mutantTrial) {
    var order = ordered(mutantTrial);
    mutantTrial.bought(order);
    return !disputed(mutantTrial, order, "not_delivered")
        .at("/claim/signer_id")
        .asString()
        .startsWith(World.PRINCIPAL.value() + "#");
  }

  private static boolean sendsSomethingElse(MutantTrial mutantTrial) {
    var order = ordered(mutantTrial);
    mutantTrial.bought(order);
    return outcome(disputed(mutantTrial, order, "wrong_item")).equals("upheld");
  }

  private static boolean showsAnothersDelivery(MutantTrial mutantTrial) {
    mutantTrial.bought(ordered(mutantTrial));
    var order = ordered(mutantTrial);
    mutantTrial.paid(order);
    var dispute = disputed(mutantTrial, order, "not_delivered");
    assertThat(outcome(dispute)).isEqualTo("upheld");
    return dispute.toString().contains("record_of_another_order");
  }

  private static boolean acceptsLateEvidence(MutantTrial mutantTrial) {
    var order = ordered(mutantTrial);
    mutantTrial.bought(order);
    var silent = silenced(mutantTrial, SHOP, "POST /disputes/evidence");
    var dispute = disputed(mutantTrial, order, "not_delivered");
    mutantTrial.advance("P1D");
    mutantTrial.world.faults().remove(silent);
    mutantTrial.advance("P1D");
    return outcome(shown(mutantTrial, dispute)).equals("dismissed");
  }

  private static boolean blamesAnOutageOnTheMerchant(MutantTrial mutantTrial) {
    var order = ordered(mutantTrial);
    mutantTrial.bought(order);
    mutantTrial.advance("PT0S");
    silenced(mutantTrial, "sandbox-trust", "GET /anchors/*");
    return outcome(disputed(mutantTrial, order, "not_delivered")).equals("upheld");
  }

  private static JsonNode ordered(MutantTrial mutantTrial) {
    return mutantTrial.order(mutantTrial.offer(SHOP, MutantTrial.goods("phone charger")));
  }

  private static String silenced(MutantTrial mutantTrial, String participant, String operation) {
    return mutantTrial
        .world
        .faults()
        .add(
            new FaultRequest(
                "error_status", participant, operation, null, null, null, Map.of(), null))
        .fault()
        .id();
  }

  private static JsonNode disputed(MutantTrial mutantTrial, JsonNode order, String kind) {
    var claim =
        Json.object()
            .put("order_no", MutantTrial.orderNo(order))
            .put("kind", kind)
            .put("description", "Something is wrong.")
            .put("pin", World.OPENING_PIN);
    var opened = mutantTrial.post("/trust/disputes", Json.write(claim), mutantTrial.principal());
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    mutantTrial.advance("PT0S");
    return shown(mutantTrial, opened.json());
  }

  private static JsonNode shown(MutantTrial mutantTrial, JsonNode dispute) {
    return mutantTrial
        .get("/trust/disputes/" + dispute.path("dispute_id").asString(), mutantTrial.principal())
        .json();
  }

  private static String outcome(JsonNode dispute) {
    return dispute.path("outcome").asString("");
  }
}
