package org.actsandbox.client;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the messages of delegated payments as an agent and its principal send them: drafts,
 * confirmations, sub-accounts and payments under a credential (ACT ADD, PSD-2, PSD-5 to PSD-7).
 * Messages are raw JSON, so that a caller can change one before it is sent.
 */
public final class DelegationClient {

  private static final String IACS = "/delegations/iacs/";
  private static final String SUB_ACCOUNTS = "/psp/sub-accounts";

  private final TargetWorld targetWorld;
  private final PurchaseClient purchaseClient;
  private final InstantSource clock;
  private final Function<String, Ed25519KeyPair> subAccountKeys;

  /**
   * Creates a client whose keys of sub-accounts follow from their ids, so that a scenario that is
   * played again signs alike. An id is no secret: an agent with money of its own has other keys.
   */
  public DelegationClient(
      TargetWorld targetWorld, PurchaseClient purchaseClient, InstantSource clock) {
    this(targetWorld, purchaseClient, clock, id -> derivedKey(purchaseClient.agent(), id));
  }

  /**
   * Creates a client.
   *
   * @param subAccountKeys the agent's keys by the id of the sub-account
   */
  public DelegationClient(
      TargetWorld targetWorld,
      PurchaseClient purchaseClient,
      InstantSource clock,
      Function<String, Ed25519KeyPair> subAccountKeys) {
    this.targetWorld = targetWorld;
    this.purchaseClient = purchaseClient;
    this.clock = clock;
    this.subAccountKeys = subAccountKeys;
  }

  /** Builds the unsigned draft of an intent for {@code POST /delegations/intents}. */
  public ObjectNode draft(JsonNode isr) {
    var message = Json.object();
    message.set("isr", isr);
    message.put("timestamp", clock.instant().toString());
    return message;
  }

  public Reply sendDraft(ObjectNode signed) {
    return purchaseClient.post("/delegations/intents", purchaseClient.agent().key(), signed);
  }

  /** Gets what the principal is shown before the PIN is entered. */
  public Reply confirmation(String intentId, @Nullable String key) {
    return purchaseClient.get(confirmationPath(intentId), key);
  }

  public Reply decide(String intentId, JsonNode decision, @Nullable String key) {
    return purchaseClient.post(confirmationPath(intentId), key, decision);
  }

  /** Gets the credential in compact form; only its agent and its principal may read it. */
  public Reply credential(String delegationId) {
    return purchaseClient.get(IACS + delegationId + "/credential", purchaseClient.agent().key());
  }

  public Reply delegation(String delegationId) {
    return purchaseClient.get(IACS + delegationId, targetWorld.keys().principal());
  }

  /**
   * Suspends, resumes or revokes a delegation.
   *
   * @param move suspend | resume | revoke
   * @param reason the whole request body; a resumption also carries the PIN in it
   */
  public Reply changeState(
      String delegationId, String move, JsonNode reason, @Nullable String key) {
    return purchaseClient.post(IACS + delegationId + "/" + move, key, reason);
  }

  /**
   * Builds an unsigned payment request under a delegation, paid from the agent's instrument.
   *
   * @param order the merchant's signed order that the bill names; null if the merchant gave none
   * @param authority the delegation id, the credential and the principal's id
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

  /**
   * Changes a payment request so that a sub-account pays, authorized with the account's own key.
   */
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
   * Sends a delegated (L2) or an autonomous (L3) payment request.
   *
   * @param mode SPECIFIED | BOUNDED
   */
  public Reply pay(String mode, ObjectNode signed, @Nullable String key) {
    var path = mode.equals("BOUNDED") ? "/psp/autonomous-payments" : "/psp/delegated-payments";
    return purchaseClient.post(path, key, signed);
  }

  /** Opens a sub-account for the agent with the principal's key. */
  public Reply openSubAccount(String pin) {
    var request = Map.of("agent_id", purchaseClient.agent().agentId(), "pin", pin);
    return purchaseClient.post(SUB_ACCOUNTS, targetWorld.keys().principal(), Json.tree(request));
  }

  /** Registers the agent's own key for the sub-account. */
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
   * Moves money to the sub-account with the principal's key.
   *
   * @param from balance | card
   */
  public Reply topUp(
      String subAccountId, String requestId, JsonNode amount, String from, String pin) {
    var request = Json.object().put("request_id", requestId).put("from", from).put("pin", pin);
    request.set("amount", amount);
    return purchaseClient.post(
        SUB_ACCOUNTS + "/" + subAccountId + "/top-ups", targetWorld.keys().principal(), request);
  }

  /**
   * Freezes, unfreezes or cancels a sub-account with the principal's key.
   *
   * @param move freeze | unfreeze | cancel
   * @param pin sent only with unfreeze, after which the account can pay again
   */
  public Reply changeSubAccountState(String subAccountId, String move, String pin) {
    var body = move.equals("unfreeze") ? Json.object().put("pin", pin) : Json.object();
    return purchaseClient.post(
        SUB_ACCOUNTS + "/" + subAccountId + "/" + move, targetWorld.keys().principal(), body);
  }

  public Reply subAccount(String subAccountId) {
    return purchaseClient.get(SUB_ACCOUNTS + "/" + subAccountId, targetWorld.keys().principal());
  }

  private Ed25519KeyPair key(String subAccountId) {
    return subAccountKeys.apply(subAccountId);
  }

  private static Ed25519KeyPair derivedKey(ExternalAgent agent, String subAccountId) {
    var seed = (subAccountId + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
    return new Ed25519KeyPair(agent.agentId() + "#" + subAccountId, seed);
  }

  private static String confirmationPath(String intentId) {
    return "/delegations/intents/" + intentId + "/confirmation";
  }
}
