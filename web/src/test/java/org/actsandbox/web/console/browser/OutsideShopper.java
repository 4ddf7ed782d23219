package org.actsandbox.web.console.browser;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is an outside agent that shops while its principal is absent: it drafts an authority and pays
 * under it.
 */
final class OutsideShopper implements AutoCloseable {

  static final String NAME = "night-shopper";

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);
  private final SandboxClient client = new SandboxClient(outbound);
  private final AtomicInteger count = new AtomicInteger();
  private final World world;
  private final TargetWorld targetWorld;
  private final PurchaseClient purchaseClient;

  OutsideShopper(World world, String origin) {
    this.world = world;
    var issuedRoleKeys =
        new IssuedRoleKeys(
            world.roleKey(Role.PRINCIPAL, null),
            world.roleKey(Role.AGENT, null),
            world.roleKey(Role.OPERATOR, null),
            Map.of());
    this.targetWorld = new TargetWorld(URI.create(origin), world.name(), issuedRoleKeys);
    var agent = ExternalAgent.register(client, targetWorld, NAME, new byte[32]);
    this.purchaseClient =
        new PurchaseClient(targetWorld, agent, outbound, () -> world.clock().instant());
  }

  PurchaseClient buyer() {
    return purchaseClient;
  }

  /**
   * Submits a draft of an authority for chargers from the shop: at most 150 per payment, 300
   * together, for two days.
   *
   * @param change changes the draft before it is submitted
   * @return the intent's id
   */
  String drafts(Consumer<ObjectNode> change) {
    var now = world.clock().instant();
    var id = "I-absent-" + count.incrementAndGet();
    var isr =
        (ObjectNode)
            Json.parse(
                """
                {"conversation_history": {"user_intent_raw": [
                   {"role": "USER", "content": "Keep me in phone chargers while I am away",
                    "create_time": "%s"},
                   {"role": "ASSISTANT", "content": "Up to how much altogether?",
                    "create_time": "%s"},
                   {"role": "USER", "content": "300 yuan", "create_time": "%s"}]},
                 "delegation_mode": "SPECIFIED", "validity_start_time": "%s",
                 "validity_end_time": "%s", "max_total_amount": 300, "currency": "CNY",
                 "allowed_payment_methods": ["balance"],
                 "ext": {"commerce": {"max_single_amount": 150, "allowed_categories": ["shop"],
                   "allowed_merchants": ["did:act:luma-mart"]},
                   "vendor_private": {"targets": [{"kind": "shop", "what": "phone charger",
                     "times": 9}]}}}
                """
                    .formatted(now, now, now, now.minusSeconds(60), now.plus(Duration.ofDays(2))));
    isr.put("intent_id", id).put("agent_id", purchaseClient.agent().agentId());
    change.accept(isr);
    if (isr.path("delegation_mode").asString("").equals("BOUNDED")) {
      ((ObjectNode) isr.path("ext")).remove("vendor_private");
    }
    var message = Json.object();
    message.set("isr", isr);
    message.put("timestamp", now.toString());
    expect(
        201,
        purchaseClient.post(
            "/delegations/intents", purchaseClient.agent().key(), purchaseClient.signed(message)));
    return id;
  }

  String drafts() {
    return drafts(_ -> {});
  }

  /**
   * Drafts an authority, which the principal confirms over the API.
   *
   * @return the delegation's id
   */
  String getsDelegation(Consumer<ObjectNode> change) {
    var path = "/delegations/intents/" + drafts(change) + "/confirmation";
    var principal = targetWorld.keys().principal();
    var digest = expect(200, purchaseClient.get(path, principal)).path("digest").asString();
    var decision =
        Json.object()
            .put("decision", "APPROVE")
            .put("digest", digest)
            .put("pin", PurchaseClient.DEMO_PIN);
    return expect(200, purchaseClient.post(path, principal, decision))
        .path("delegation_id")
        .asString();
  }

  String getsDelegation() {
    return getsDelegation(_ -> {});
  }

  /** Revokes an authority, which only its agent and the principal may do. */
  void revokes(String delegationId) {
    var reason = Json.object().put("reason", "done");
    expect(
        200,
        purchaseClient.post(
            "/delegations/iacs/" + delegationId + "/revoke", purchaseClient.agent().key(), reason));
  }

  /**
   * Asks to pay for one charger from the shop under the delegation.
   *
   * @return the answer, also a refusal
   */
  Reply pays(String delegationId) {
    var id = "absent-" + count.incrementAndGet();
    var need = new Need.Shop("phone charger", null, null, List.of(), 1, null, null);
    var offers =
        expect(
            200,
            purchaseClient.sendIntent(
                "luma-mart", purchaseClient.signed(purchaseClient.intent(id, need, 10))));
    var cheapest =
        StreamSupport.stream(offers.path("offers").spliterator(), false)
            .min(Comparator.comparing(offer -> new BigDecimal(offer.path("total").asString())))
            .orElseThrow();
    var given =
        expect(
            200,
            purchaseClient.get(
                "/delegations/iacs/" + delegationId, targetWorld.keys().principal()));
    var cart = purchaseClient.cart(id, cheapest).put("delegation_id", delegationId);
    cart.set("intent_id", given.path("intent_id"));
    var order = expect(201, purchaseClient.sendCart("luma-mart", purchaseClient.signed(cart)));
    var resource = URI.create(order.path("resource_url").asString());
    var bill = PurchaseClient.bill(purchaseClient.askForResource(resource));
    var iac =
        expect(
            200,
            purchaseClient.get(
                "/delegations/iacs/" + delegationId + "/credential", purchaseClient.agent().key()));
    var payment = purchaseClient.payment(id, bill);
    payment.remove(List.of("intent_id"));
    payment.set("order", order);
    payment.put("delegation_id", delegationId);
    payment.put("iac", iac.path("iac").asString());
    payment.put("principal_id", World.PRINCIPAL.value());
    return purchaseClient.post(
        "/psp/delegated-payments", purchaseClient.agent().key(), purchaseClient.signed(payment));
  }

  static JsonNode expect(int status, Reply reply) {
    if (reply.status() != status) {
      throw new AssertionError("expected " + status + ", got " + reply);
    }
    return reply.json();
  }

  @Override
  public void close() {
    outbound.close();
  }
}
