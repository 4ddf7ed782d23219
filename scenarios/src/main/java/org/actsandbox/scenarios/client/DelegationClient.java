package org.actsandbox.scenarios.client;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Authority as an agent asks for it and its principal gives it, and payments that rest on it (ACT
 * ADD, PSD-2, PSD-5 to PSD-7). Messages are raw JSON, so that a caller can bend one before it goes
 * out.
 */
public final class DelegationClient {

  private static final String IACS = "/delegations/iacs/";
  private static final String SUB_ACCOUNTS = "/psp/sub-accounts";

  private final TargetWorld targetWorld;
  private final PurchaseClient purchaseClient;
  private final InstantSource clock;

  public DelegationClient(
      TargetWorld targetWorld, PurchaseClient purchaseClient, InstantSource clock) {
    this.targetWorld = targetWorld;
    this.purchaseClient = purchaseClient;
    this.clock = clock;
  }

  /** The unsigned draft of an intent, for {@code POST /delegations/intents}. */
  public ObjectNode draft(JsonNode isr) {
    var message = Json.object();
    message.set("isr", isr);
    message.put("timestamp", clock.instant().toString());
    return message;
  }

  public Reply sendDraft(ObjectNode signed) {
    return purchaseClient.post("/delegations/intents", purchaseClient.agent().key(), signed);
  }

  /** What the page shows before a PIN is asked for. */
  public Reply confirmation(String intentId, @Nullable String key) {
    return purchaseClient.get(confirming(intentId), key);
  }

  public Reply decide(String intentId, JsonNode decision, @Nullable String key) {
    return purchaseClient.post(confirming(intentId), key, decision);
  }

  /** The compact credential; its agent and its principal may have it. */
  public Reply credential(String delegationId) {
    return purchaseClient.get(IACS + delegationId + "/credential", purchaseClient.agent().key());
  }

  public Reply delegation(String delegationId) {
    return purchaseClient.get(IACS + delegationId, targetWorld.keys().principal());
  }

  /**
   * @param move suspend | resume | revoke
   * @param reason the whole body: of a resumption it has the PIN
   */
  public Reply changeState(
      String delegationId, String move, JsonNode reason, @Nullable String key) {
    return purchaseClient.post(IACS + delegationId + "/" + move, key, reason);
  }

  /**
   * An unsigned payment request under a delegation, from the agent's instrument.
   *
   * @param order the merchant's signed order that the bill names; null where the merchant gave none
   */
  public ObjectNode payment(
      String id, JsonNode bill, @Nullable JsonNode order, JsonNode authority) {
    var message = purchaseClient.payment(id, bill);
    message.remove("intent_id");
    if (order != null) {
      message.set("order", order);
    }
    for (var field : new String[] {"delegation_id", "iac", "principal_id"}) {
      message.set(field, authority.path(field));
    }
    return message;
  }

  /** Makes the request one that pays from a sub-account, authorized by the account's own key. */
  public void payFromSubAccount(String subAccountId, ObjectNode message) {
    var authorization = Json.object();
    authorization.put("sub_account_id", subAccountId);
    for (var field : new String[] {"request_id", "merchant_order_no", "amount", "currency"}) {
      authorization.set(field, message.path(field));
    }
    authorization.set("timestamp", message.path("timestamp"));
    message.remove("instrument_ref");
    message.set("sub_account_authorization", SignedJson.sign(authorization, key(subAccountId)));
  }

  /**
   * @param mode SPECIFIED | BOUNDED
   */
  public Reply pay(String mode, ObjectNode signed, @Nullable String key) {
    var path = mode.equals("BOUNDED") ? "/psp/autonomous-payments" : "/psp/delegated-payments";
    return purchaseClient.post(path, key, signed);
  }

  /** The principal opens a sub-account for the agent. */
  public Reply openSubAccount(String pin) {
    var wish = Map.of("agent_id", purchaseClient.agent().agentId(), "pin", pin);
    return purchaseClient.post(SUB_ACCOUNTS, targetWorld.keys().principal(), Json.tree(wish));
  }

  /** The agent registers the key it made for it. */
  public Reply bindKey(String subAccountId) {
    var message = Json.object().put("sub_account_id", subAccountId);
    message.set("jwk", Json.parse(key(subAccountId).publicKey().jwk()));
    message.put("timestamp", clock.instant().toString());
    return purchaseClient.post(
        SUB_ACCOUNTS + "/" + subAccountId + "/key",
        purchaseClient.agent().key(),
        purchaseClient.signed(message));
  }

  /**
   * @param from balance | card
   */
  public Reply topUp(
      String subAccountId, String requestId, JsonNode amount, String from, String pin) {
    var wish = Json.object().put("request_id", requestId).put("from", from).put("pin", pin);
    wish.set("amount", amount);
    return purchaseClient.post(
        SUB_ACCOUNTS + "/" + subAccountId + "/top-ups", targetWorld.keys().principal(), wish);
  }

  /**
   * @param move freeze | unfreeze | cancel
   * @param pin sent where money may go again
   */
  public Reply changeSubAccountState(String subAccountId, String move, String pin) {
    var body = move.equals("unfreeze") ? Json.object().put("pin", pin) : Json.object();
    return purchaseClient.post(
        SUB_ACCOUNTS + "/" + subAccountId + "/" + move, targetWorld.keys().principal(), body);
  }

  public Reply subAccount(String subAccountId) {
    return purchaseClient.get(SUB_ACCOUNTS + "/" + subAccountId, targetWorld.keys().principal());
  }

  /** The same for the same account, so that a scenario played again signs the same. */
  private Ed25519KeyPair key(String subAccountId) {
    var seed = (subAccountId + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
    return new Ed25519KeyPair(purchaseClient.agent().agentId() + "#" + subAccountId, seed);
  }

  private static String confirming(String intentId) {
    return "/delegations/intents/" + intentId + "/confirmation";
  }
}
