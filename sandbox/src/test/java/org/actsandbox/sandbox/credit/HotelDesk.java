package org.actsandbox.sandbox.credit;

import static org.actsandbox.sandbox.credit.CreditDesk.HOTEL;
import static org.actsandbox.sandbox.credit.CreditDesk.id;
import static org.actsandbox.sandbox.credit.CreditDesk.ok;

import java.util.List;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays an agent that books at the hotel platform of a {@link CreditDesk}. */
public final class HotelDesk {

  static final String SHOP = "/merchants/" + HOTEL.name();

  private final CreditDesk desk;
  private final World world;

  public HotelDesk(CreditDesk desk, World world) {
    this.desk = desk;
    this.world = world;
  }

  public void takeDeposit(String amount) {
    ok(desk.post(SHOP + "/deposit-policy", Json.object().put("amount", amount), desk.merchant()));
  }

  public List<JsonNode> asked() {
    return ok(desk.get("/credit-verifier/verifications", desk.merchant()))
        .path("items")
        .valueStream()
        .toList();
  }

  public static String decision(JsonNode order) {
    var deposit = order.path("deposit");
    return "%s %s %s %s"
        .formatted(
            deposit.path("decision").asString(),
            deposit.path("result").asString(),
            deposit.path("reason_code").asString(),
            deposit.path("amount").asString());
  }

  public static String line(JsonNode lines) {
    return lines
        .valueStream()
        .filter(each -> each.path("type").asString().equals("deposit"))
        .map(each -> each.path("amount").asString())
        .findFirst()
        .orElse("");
  }

  public ObjectNode withCredit(ObjectNode cart) {
    refer(cart, desk.credential(), desk.authorization(), "PLATFORM_DELEGATED");
    return cart;
  }

  public static void refer(ObjectNode cart, JsonNode credential, String permit, String mode) {
    cart.putObject("credit")
        .put("credential_id", id(credential))
        .put("assertion_ref", credential.path("subjectCreditAssertionRef").asString())
        .put("authorization_id", permit)
        .put("mode", mode);
  }

  public JsonNode offer() {
    var from = desk.now().atZone(World.ZONE).toLocalDate().plusDays(10);
    var need =
        Json.read(
            Json.parse(
                """
        {"kind":"hotel","city":"Hangzhou","check_in":"%s","nights":1,"guests":1,"rooms":1}
        """
                    .formatted(from)),
            Need.class);
    var request =
        new IntentRequest(
            world.ids().next("Q"),
            null,
            "I-1",
            World.AGENT.value(),
            desk.now(),
            IntentRequest.OFFERS,
            5,
            new IntentContext(List.of(need), null, null, null, null),
            null,
            null,
            null);
    return ok(desk.post(SHOP + "/intents", signed((ObjectNode) Json.tree(request))))
        .path("offers")
        .get(0);
  }

  public ObjectNode cart(JsonNode offer) {
    var cart =
        Json.object()
            .put("request_id", world.ids().next("Q"))
            .put("intent_id", "I-1")
            .put("agent_id", World.AGENT.value())
            .put("timestamp", desk.now().toString())
            .put("expected_total", offer.path("total").asString())
            .put("currency", "CNY");
    cart.putArray("lines")
        .addObject()
        .put("offer_id", offer.path("offer_id").asString())
        .put("quantity", 1);
    return cart;
  }

  public ObjectNode signed(ObjectNode message) {
    return SignedJson.sign(message, world.signer(World.AGENT));
  }

  public SandboxServer.Answer confirm(ObjectNode cart) {
    return send(signed(cart));
  }

  public SandboxServer.Answer send(ObjectNode cart) {
    return desk.post(SHOP + "/carts", cart);
  }
}
