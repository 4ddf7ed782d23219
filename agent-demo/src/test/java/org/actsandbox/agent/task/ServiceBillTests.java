package org.actsandbox.agent.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.actsandbox.agent.AgentTestWorld;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaidResourceClient.CheckedBill;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.seller.BuyerCredentials;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests bills of a dishonest seller agent: none of them is paid. */
class ServiceBillTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final URI BASE = URI.create("http://localhost:1/merchants/tickwell");
  private static final Did SELLER = Did.of("tickwell");
  private static final Did AGENT = Did.of("demo-agent");
  private static final Ed25519KeyPair SELLER_KEY = AgentTestWorld.key(SELLER);

  private UnaryOperator<ObjectNode> bend = bill -> bill;
  private UnaryOperator<ObjectNode> bendMethod = layer -> layer;
  private int status = 402;

  @Test
  void anHonestBillIsAccepted() {
    assertThat(fetchBill().amount()).isEqualTo(Money.yuan("2.00"));
  }

  @ParameterizedTest
  @CsvSource({
    "resource_id, services/report",
    "request_method, GET",
    "request_fingerprint, sha-256:somebody-elses",
    "idempotency_key, Q-other",
    "seller_unique_id, did:act:marketlens",
    "buyer_unique_id, did:act:other-agent",
    "currency, USD",
    "method_id, other:method",
    "pay_before, 2026-03-02T00:59:59Z"
  })
  void aBillForSomethingElseIsRefused(String field, String value) {
    bend = bill -> bill.put(field, value);
    assertThat(refusal().code()).isIn("bill_mismatch", "bill_expired");
  }

  @Test
  void aBillWithoutAnAmountIsRefused() {
    bend = bill -> bill.put("amount", "a little");
    assertThat(refusal().code()).isEqualTo("bill_malformed");
  }

  @Test
  void aBillWithAForeignOrBrokenSignatureIsRefused() {
    bend = bill -> SignedJson.sign(bill, AgentTestWorld.AGENT_KEY);
    assertThat(refusal().code()).isEqualTo("bill_signature");
    bend = bill -> bill.put("signature_content", "AAAA");
    assertThat(refusal().code()).isEqualTo("signature_invalid");
  }

  /** The seller's signature covers the address and the payment service of the bill. */
  @ParameterizedTest
  @CsvSource({
    "endpoint, http://localhost:1/psp/elsewhere",
    "psp_id, did:act:other-pay",
    "method_schema_url, http://localhost:1/psp/other.json",
    "bill_digest, sha-256:another-bill"
  })
  void aBillWithAChangedMethodLayerIsRefused(String field, String value) {
    bendMethod = layer -> layer.put(field, value);
    assertThat(refusal().code()).isEqualTo("signature_invalid");
  }

  @Test
  void aBillWithAForeignMethodLayerIsRefused() {
    bendMethod = layer -> SignedJson.sign(layer.put("psp_id", "did:act:other-pay"), SELLER_KEY);
    assertThat(refusal().code()).isEqualTo("method_unsupported");
    bendMethod = layer -> SignedJson.sign(layer.put("bill_digest", "sha-256:other"), SELLER_KEY);
    assertThat(refusal().code()).isEqualTo("bill_mismatch");
    bendMethod = layer -> SignedJson.sign(layer, AgentTestWorld.AGENT_KEY);
    assertThat(refusal().code()).isEqualTo("bill_signature");
    bendMethod = layer -> layer.without(List.of("signer_id"));
    assertThat(refusal().code()).isEqualTo("signature_missing");
  }

  @Test
  void anAnswerWithoutABillIsRefused() {
    status = 200;
    assertThat(refusal().code()).isEqualTo("bill_missing");
  }

  private ParticipantRefusal refusal() {
    var participantRefusal = catchThrowableOfType(ParticipantRefusal.class, this::fetchBill);
    assertThat(participantRefusal).isNotNull();
    return participantRefusal;
  }

  private CheckedBill fetchBill() {
    var world = world();
    var agentHttpClient = new AgentHttpClient(world);
    var timeout = Duration.ofSeconds(1);
    var methods =
        new MethodAgreement(
            world, agentHttpClient, new AgentCards(world, agentHttpClient), timeout);
    var sellerAgentRequests =
        new SellerAgentRequests(world, new BuyerCredentials(world, agentHttpClient, timeout));
    var paidResourceClient =
        new PaidResourceClient(world, agentHttpClient, methods, timeout, CallRetries.NONE);
    var sellerService = new SellerService("tickwell", "quotes", "2.00", Map.of());
    var taskStep =
        TaskStep.of("quotes:coffee", TaskStep.Kind.QUOTES, "coffee", List.of(sellerService));
    var taskBrief = new TaskBrief(List.of(), 30, "en", "20", null, Duration.ofHours(1), 80);
    var task =
        new Task(
            "K-1",
            "C-1",
            "en",
            "a report",
            taskBrief,
            TaskState.WORKING,
            new Task.Authority("I-1", "", new DelegatedAuthority("D-1", "iac"), "SA-1"),
            List.of(taskStep),
            List.of(),
            List.of(),
            Task.Progress.NONE,
            NOW,
            NOW.plusSeconds(3600),
            0);
    return paidResourceClient.fetchBill(
        sellerAgentRequests.resource(
            task, taskStep.asked(sellerAgentRequests.request(task, taskStep, Json.object()))));
  }

  private OutboundClient.Answer answer(OutboundClient.Call call) {
    var request = Json.parse(call.body());
    var bill = Json.object();
    bill.put("method_id", "act-sandbox:instant").put("method_version", "1.0.0");
    bill.put("out_trade_no", "V-1").put("amount", "2.00").put("currency", "CNY");
    bill.put("resource_id", "services/quotes").put("pay_before", "2026-03-02T01:15:00Z");
    bill.put("seller_unique_id", SELLER.value()).put("buyer_unique_id", AGENT.value());
    bill.put("request_method", "POST");
    bill.put(
        "request_fingerprint",
        RequestFingerprint.of("POST", call.target(), "application/json", call.body()));
    bill.set("idempotency_key", request.path("request_id"));
    bill.put("replay_window_seconds", 86_400);
    var bent = bend.apply(bill);
    var signed = bent.has("signature_content") ? bent : SignedJson.sign(bent, SELLER_KEY);
    if (!signed.has("signer_id")) {
      signed.put("signer_id", SELLER_KEY.signerId()).put("signature_type", "ED25519");
    }
    var needed = Json.object();
    needed.set("protocol", signed);
    var psp = "http://localhost:1/psp/";
    var members =
        Map.of(
            "psp_id", "did:act:sandbox-pay",
            "endpoint", psp + "payments",
            "method_schema_url", psp + "methods/act-sandbox-instant/1.0.0.schema.json");
    var layer = (ObjectNode) Json.tree(MethodLayer.signed(signed, members, SELLER_KEY));
    needed.set("method", bendMethod.apply(layer));
    return new OutboundClient.Answer(
        status, Map.of("payment-needed", List.of(A402Headers.encode(needed))), new byte[0]);
  }

  private AgentWorld world() {
    return AgentTestWorld.of(
        new JdbcDataSource(),
        () -> NOW,
        _ -> {},
        this::answer,
        List.of(
            new Platform(
                "tickwell", SELLER, MerchantKind.SERVICE, Text.untranslated("Tickwell"), BASE)),
        SELLER_KEY);
  }
}
