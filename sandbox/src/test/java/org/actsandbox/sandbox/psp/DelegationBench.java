package org.actsandbox.sandbox.psp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.authority.PspDelegationStore;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission.AdmittedPayment;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Issues delegations and pays under them on a {@link PspTestBench}. */
final class DelegationBench implements AutoCloseable {

  static final Did OTHER_PRINCIPAL = Did.of("other-principal");

  final PspTestBench pspTestBench = new PspTestBench();

  /** The agent's own records: payments that the payment service confirmed, and failures. */
  private final Map<String, List<Money>> paid = new ConcurrentHashMap<>();

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  DelegationBench() {
    pspTestBench.addKey(OTHER_PRINCIPAL, 1);
  }

  /** Returns an ISR for goods at the shop that tests change: 100 each, 300 together, for a day. */
  ObjectNode isr() {
    var from = PspTestBench.START.minus(Duration.ofHours(1));
    return (ObjectNode)
        Json.parse(
            """
            {"conversation_history": {"user_intent_raw": "cables"}, "intent_id": "I-1",
             "delegation_mode": "SPECIFIED", "validity_start_time": "%s",
             "validity_end_time": "%s", "max_total_amount": 300, "currency": "CNY",
             "allowed_payment_methods": ["balance", "sub_account"],
             "agent_id": "did:act:demo-agent",
             "ext": {"commerce": {"max_single_amount": 100, "allowed_categories": ["shop"],
               "allowed_merchants": ["did:act:luma-mart"]},
               "vendor_private": {"targets": [{"kind": "shop", "what": "cable", "times": 30}]}}}
            """
                .formatted(from, from.plus(Duration.ofDays(1))));
  }

  Iac issue(String delegationId, Consumer<ObjectNode> change) {
    return issue(delegationId, PspTestBench.PRINCIPAL, change);
  }

  Iac issue(String delegationId, Did delegator, Consumer<ObjectNode> change) {
    var draft = isr();
    change.accept(draft);
    if (draft.path("delegation_mode").asString("").equals("BOUNDED")) {
      ((ObjectNode) draft.at("/ext/vendor_private")).remove("targets");
    }
    var payload =
        IacPayload.select(Json.read(draft, Isr.class), delegationId, delegator, "sha-256:isr");
    var iac =
        IacCodec.issue(
            payload.confirmed("payment_pin", PspTestBench.START),
            new Iac.StatusReference(pspTestBench.statusAddress(), 0),
            PspTestBench.START,
            null,
            pspTestBench.signer(delegator));
    pspTestBench.peers.issued.add(iac.digest());
    return iac;
  }

  Iac issue(String delegationId) {
    return issue(delegationId, _ -> {});
  }

  /** Returns a valid request, not signed yet. */
  ObjectNode request(Iac iac, String orderNo, String amount) {
    var request = pspTestBench.request("Q-" + orderNo, PspTestBench.SHOP, orderNo, amount);
    request.remove("intent_id");
    request.put("delegation_id", iac.payload().delegationId());
    request.put("iac", iac.compact());
    request.put("principal_id", iac.payload().delegatorIdentity());
    request.set("order", pspTestBench.order(PspTestBench.SHOP, orderNo, amount));
    return request;
  }

  AdmittedPayment take(ObjectNode request, DelegationMode mode) {
    var signed = SignedJson.sign(request, pspTestBench.signer(PspTestBench.AGENT));
    try {
      var admittedPayment =
          pspTestBench.psp().delegatedPayments().take(Json.bytes(signed), PspTestBench.AGENT, mode);
      if (admittedPayment.fresh() && admittedPayment.trade().progress().paid() != null) {
        paid.merge(
            request.path("delegation_id").stringValue(),
            List.of(admittedPayment.trade().terms().amount()),
            (before, now) -> Stream.concat(before.stream(), now.stream()).toList());
      }
      return admittedPayment;
    } catch (Refusal refused) {
      if (refused.problem() == Problem.INSUFFICIENT_BALANCE) {
        failures.merge(request.path("merchant_order_no").stringValue(), 1, Integer::sum);
      }
      throw refused;
    }
  }

  Trade pay(Iac iac, String orderNo, String amount) {
    return take(request(iac, orderNo, amount), iac.payload().mode()).trade();
  }

  /**
   * Does what an honest agent does before it asks: it reads its credential and the status list, and
   * checks the payment against its own records (ACT CID-6, PSD-5).
   *
   * @throws Refusal for the first limit that the payment exceeds
   */
  void selfCheck(BoundaryCheck boundaries, ObjectNode request, DelegationMode mode) {
    var iac = IacCodec.verify(request.path("iac").stringValue(), pspTestBench.world().keys());
    var amount =
        Money.of(request.path("amount").stringValue(), request.path("currency").stringValue());
    var order = request.path("merchant_order_no").stringValue();
    var payments = paid.getOrDefault(iac.payload().delegationId(), List.of());
    var spent =
        payments.stream().reduce(Money.zero(iac.payload().maxTotal().currency()), Money::plus);
    var fulfilment = request.path("fulfilment_at");
    boundaries.requireWithin(
        iac.payload(),
        new DelegationUsage(
            pspTestBench.peers.statusList.orElse(Map.of()).getOrDefault(0, DelegationState.ACTIVE),
            spent,
            payments.size(),
            failures.getOrDefault(order, 0),
            List.of(payments.size()),
            payments.isEmpty() ? null : payments.getFirst()),
        new PaymentAttempt(
            pspTestBench.now.get(),
            PspTestBench.AGENT,
            PspTestBench.PRINCIPAL,
            mode,
            amount,
            request.has("instrument_ref") ? "balance" : "sub_account",
            new Did(request.path("payee").stringValue()),
            "shop",
            fulfilment.isString() ? Instant.parse(fulfilment.stringValue()) : null,
            goods(request)));
  }

  private static @Nullable List<Order.Line> goods(ObjectNode request) {
    return request.has("order")
        ? List.of(Json.read(request.at("/order/lines"), Order.Line[].class))
        : null;
  }

  /** Reports a state as the status service does. */
  void reportState(String delegationId, DelegationState state) {
    var change =
        SignedJson.sign(
            new StatusChange(delegationId, state, pspTestBench.now.get(), null, null, null),
            StatusChange.class,
            pspTestBench.signer(PspTestBench.STATUS));
    pspTestBench.psp().delegationStates().receiveChange(Json.bytes(change));
  }

  /** Opens a sub-account of the agent with a bound key and money on it. */
  String subAccount(String amount) {
    var accounts = pspTestBench.psp().subAccounts();
    var opened =
        accounts.open(
            PspTestBench.PRINCIPAL,
            new SubAccounts.Opening(null, PspTestBench.AGENT.value(), null, PspTestBench.PIN));
    accounts.topUp(
        PspTestBench.PRINCIPAL,
        opened.id(),
        new SubAccounts.TopUp("U-1", amount, null, PspTestBench.PIN));
    var binding = Json.object();
    binding.put("sub_account_id", opened.id());
    binding.set("jwk", Json.parse(key(opened.keyId()).publicKey().jwk()));
    binding.put("timestamp", pspTestBench.now.get().toString());
    accounts.bindKey(
        Json.bytes(SignedJson.sign(binding, pspTestBench.signer(PspTestBench.AGENT))),
        PspTestBench.AGENT);
    return opened.id();
  }

  /** Makes the request one that pays from the sub-account, with its key's authorization. */
  ObjectNode payFromSubAccount(String subAccountId, ObjectNode request) {
    return payFromSubAccount(
        subAccountId, request, key(PspTestBench.AGENT.value() + "#" + subAccountId));
  }

  ObjectNode payFromSubAccount(String subAccountId, ObjectNode request, Signer key) {
    var authorization = Json.object();
    authorization.put("sub_account_id", subAccountId);
    for (var field : new String[] {"request_id", "merchant_order_no", "amount", "currency"}) {
      authorization.set(field, request.path(field));
    }
    authorization.set("timestamp", request.path("timestamp"));
    request.remove("instrument_ref");
    request.set("sub_account_authorization", SignedJson.sign(authorization, key));
    return request;
  }

  static Ed25519KeyPair key(String id) {
    var seed = new byte[32];
    var bytes = id.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, seed, 0, Math.min(32, bytes.length));
    return new Ed25519KeyPair(id, seed);
  }

  /** Returns the sum spent; zero when the payment service does not know the delegation yet. */
  String spent(Iac iac) {
    return pspTestBench
        .psp()
        .delegationBook()
        .find(iac.payload().delegationId())
        .map(PspDelegationStore.Entry::spent)
        .orElse(Money.zero(iac.payload().maxTotal().currency()))
        .decimal();
  }

  String recounted(Iac iac) {
    return pspTestBench
        .psp()
        .delegationBook()
        .recount(iac.payload().delegationId(), iac.payload().maxTotal().currency())
        .decimal();
  }

  @Override
  public void close() {
    pspTestBench.close();
  }
}
