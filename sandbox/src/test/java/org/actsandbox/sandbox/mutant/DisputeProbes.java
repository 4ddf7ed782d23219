package org.actsandbox.sandbox.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultOrder;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;

/** For everybody who is careless in disputes, what shows it. */
final class DisputeProbes {

  private static final String SHOP = "bazaar88";

  private DisputeProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.of(
        "claim-signed-by-the-service", DisputeProbes::signsForThePrincipal,
        "something-else-delivered", DisputeProbes::sendsSomethingElse,
        "delivery-record-borrowed", DisputeProbes::showsAnothersDelivery,
        "late-evidence-counts", DisputeProbes::hearsTheLate,
        "outage-held-against-the-party", DisputeProbes::blamesAnOutageOnSomebody);
  }

  private static boolean signsForThePrincipal(Trial trial) {
    var order = ordered(trial);
    trial.bought(order);
    return !disputed(trial, order, "not_delivered")
        .at("/claim/signer_id")
        .asString()
        .startsWith(World.PRINCIPAL.value() + "#");
  }

  private static boolean sendsSomethingElse(Trial trial) {
    var order = ordered(trial);
    trial.bought(order);
    return outcome(disputed(trial, order, "wrong_item")).equals("upheld");
  }

  private static boolean showsAnothersDelivery(Trial trial) {
    trial.bought(ordered(trial));
    var order = ordered(trial);
    trial.paid(order);
    var dispute = disputed(trial, order, "not_delivered");
    assertThat(outcome(dispute)).isEqualTo("upheld");
    return dispute.toString().contains("record_of_another_order");
  }

  private static boolean hearsTheLate(Trial trial) {
    var order = ordered(trial);
    trial.bought(order);
    var silent = silenced(trial, SHOP, "POST /disputes/evidence");
    var dispute = disputed(trial, order, "not_delivered");
    trial.advance("P1D");
    trial.world.faults().remove(silent);
    trial.advance("P1D");
    return outcome(shown(trial, dispute)).equals("dismissed");
  }

  private static boolean blamesAnOutageOnSomebody(Trial trial) {
    var order = ordered(trial);
    trial.bought(order);
    trial.advance("PT0S");
    silenced(trial, "sandbox-trust", "GET /anchors/*");
    return outcome(disputed(trial, order, "not_delivered")).equals("upheld");
  }

  private static JsonNode ordered(Trial trial) {
    return trial.order(trial.offer(SHOP, Trial.goods("phone charger")));
  }

  private static String silenced(Trial trial, String participant, String operation) {
    return trial
        .world
        .faults()
        .add(
            new FaultOrder(
                "error_status", participant, operation, null, null, null, Map.of(), null))
        .fault()
        .id();
  }

  private static JsonNode disputed(Trial trial, JsonNode order, String kind) {
    var claim =
        Json.object()
            .put("order_no", Trial.no(order))
            .put("kind", kind)
            .put("description", "Something is wrong.")
            .put("pin", World.OPENING_PIN);
    var opened = trial.post("/trust/disputes", Json.write(claim), trial.principal());
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    trial.advance("PT0S");
    return shown(trial, opened.json());
  }

  private static JsonNode shown(Trial trial, JsonNode dispute) {
    return trial
        .get("/trust/disputes/" + dispute.path("dispute_id").asString(), trial.principal())
        .json();
  }

  private static String outcome(JsonNode dispute) {
    return dispute.path("outcome").asString("");
  }
}
