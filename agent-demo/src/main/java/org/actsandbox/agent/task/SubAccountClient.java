package org.actsandbox.agent.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Uses the agent's sub-account (ACT PSD-2): it asks for its state and signs payments with the
 * dedicated key, which lives in the key service (PSD-7).
 */
final class SubAccountClient {

  static final String METHOD = "sub_account";

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Duration timeout;

  SubAccountClient(AgentWorld world, AgentHttpClient agentHttpClient, Duration timeout) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.timeout = timeout;
  }

  /**
   * Finds an active sub-account with money that the principal opened for this agent, and binds the
   * dedicated key if none is bound yet.
   */
  Optional<String> findFundedAccount(Task task) {
    var page = get(task, "/sub-accounts" + world.principalQuery());
    var found =
        page.path("items")
            .valueStream()
            .filter(account -> account.path("status").asString("").equals("ACTIVE"))
            .filter(this::isMine)
            .filter(account -> !balance(account).isZero())
            .findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var id = found.get().path("sub_account_id").asString("");
    if (!found.get().path("key_id").isString()) {
      bind(task, id);
    }
    return Optional.of(id);
  }

  /**
   * Returns whether the account has no key yet, or the one that this agent's key service holds for
   * it.
   */
  private boolean isMine(JsonNode account) {
    var id = account.path("sub_account_id").asString("");
    return id.matches("SA-[A-Za-z0-9-]{1,60}")
        && (!account.path("key_id").isString() || account.path("key_id").asString().endsWith(id));
  }

  private void bind(Task task, String id) {
    var binding = Json.object().put("sub_account_id", id);
    binding.set("jwk", Json.parse(world.dedicatedKeys().apply(id).jwk()));
    binding.put("timestamp", world.now().toString());
    AgentHttpClient.body(
        PaymentClient.PAYMENT_SERVICE,
        agentHttpClient.postWithKey(
            world.psp().at("/sub-accounts/" + id + "/key"),
            task.intentId(),
            Json.write(SignedJson.sign(binding, world.signer())),
            timeout));
  }

  /** Returns the state of the account, as the payment service tells it. */
  JsonNode account(Task task) {
    return get(task, "/sub-accounts/" + task.authority().subAccount());
  }

  static Money balance(JsonNode account) {
    return Money.of(account.path("balance").asString("0.00"), account.path("currency").asString());
  }

  /**
   * Returns what was paid under the authority, by the payment service's own count (PSD-7). The
   * service knows no delegation before its first payment, so it is not asked before a payment was
   * signed.
   */
  Sums fetchSums(Task task) {
    if (!task.mayHavePaid()) {
      return Sums.NONE;
    }
    var answer =
        agentHttpClient.getWithKey(
            world.psp().at("/delegations/" + task.requiredAuthority().delegationId()),
            task.intentId(),
            timeout);
    if (answer.status() == 404) {
      // The payment was signed and never arrived.
      return Sums.NONE;
    }
    var sums = AgentHttpClient.body(PaymentClient.PAYMENT_SERVICE, answer);
    return new Sums(
        Money.of(sums.path("spent").asString(""), sums.path("currency").asString("")),
        sums.path("payments").asInt(0));
  }

  record Sums(Money spent, int payments) {

    static final Sums NONE = new Sums(Money.zero(Money.CNY), 0);
  }

  /**
   * Signs the autonomous payment of a bill: the agent signs it, and so does the sub-account's own
   * key.
   *
   * @param needed both layers of the bill
   */
  JsonNode sign(Task task, JsonNode needed, String description) {
    var bill = needed.path("protocol");
    var id = world.ids().next("Q");
    var account = String.valueOf(task.authority().subAccount());
    var now = world.now().toString();
    var request = Json.object();
    request.put("request_id", id);
    request.put("delegation_id", task.requiredAuthority().delegationId());
    request.put("iac", task.requiredAuthority().iac());
    request.set("merchant_order_no", bill.path("out_trade_no"));
    request.set("amount", bill.path("amount"));
    request.set("currency", bill.path("currency"));
    request.put("timestamp", now);
    request.put("agent_id", world.agent().value());
    request.put("principal_id", world.delegations().principal().value());
    request.set("payee", bill.path("seller_unique_id"));
    request.set("bill", bill);
    request.set("bill_method", needed.path("method"));
    request.put("description", description);
    var authorization = Json.object().put("sub_account_id", account).put("request_id", id);
    for (var field : List.of("merchant_order_no", "amount", "currency", "timestamp")) {
      authorization.set(field, request.path(field));
    }
    request.set(
        "sub_account_authorization",
        SignedJson.sign(authorization, world.dedicatedKeys().apply(account).signer()));
    return SignedJson.sign(request, world.signer());
  }

  private JsonNode get(Task task, String path) {
    return AgentHttpClient.body(
        PaymentClient.PAYMENT_SERVICE,
        agentHttpClient.getWithKey(world.psp().at(path), task.intentId(), timeout));
  }
}
