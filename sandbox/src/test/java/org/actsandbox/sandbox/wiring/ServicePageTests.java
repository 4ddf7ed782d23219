package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests the services of seller agents that are billed in Alipay's form, with a buyer that does what
 * the official script does (AIP-170 to AIP-178), and with the demo agent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServicePageTests {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  private static final String QUOTES = "/merchants/tickwell/alipay/quotes?symbol=coffee&days=7";

  private final SandboxServer server = SandboxServer.shared();
  private final World world =
      server
          .worlds()
          .create(
              new Worlds.NewWorld(
                  null,
                  null,
                  WorldSettings.DEFAULT.withMerchants(List.of("tickwell", "luma-mart")),
                  ClockState.of(WorldClock.Mode.STOPPED, START, START)));

  @BeforeEach
  void paysAtOnce() {
    set(
        "{\"approve_automatically\":true,\"altered_answer\":\"none\",\"prepared_answers\":[],"
            + "\"agent_finds_pages\":false}");
  }

  private void set(String settings) {
    var answer =
        server.send(
            "PATCH",
            "/api/worlds/" + world.name() + "/alipay/settings",
            settings,
            bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private Answer get(String path, String... headers) {
    return server.get("/w/" + world.name() + path, headers);
  }

  private static AlipayBill bill(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(402);
    return AlipayBill.decode(answer.header("Payment-Needed")).orElseThrow();
  }

  /** Pays as the script does: its proof is invented, its signature a dash (AIP-175). */
  private String paid(AlipayBill bill) {
    var buyer = AlipayNumbers.account(world, World.PRINCIPAL);
    var order = CashierOrder.message(Json.tree(bill), buyer, "-", 1785000000000L);
    var answer = server.post("/openclawpay/agent/v1/pay", Json.write(order)).json();
    assertThat(answer.path("success").asBoolean(false)).as(answer.toString()).isTrue();
    return answer.at("/protocol/tradeNo").stringValue();
  }

  private static String proof(String tradeNo, String secret) {
    var session =
        Base64.getEncoder()
            .encodeToString("{\"signature\":\"-\"}".getBytes(StandardCharsets.UTF_8));
    return AlipayProof.of(secret, tradeNo, session).encode();
  }

  @Test
  void aBillHasAllFourteenFieldsAndTheSignatureOfTheSellersApplication() {
    var bill = bill(get(QUOTES));
    assertThat(bill.fields()).hasSize(14).allSatisfy((_, value) -> assertThat(value).isNotBlank());
    var appId = String.valueOf(bill.method().sellerAppId());
    var app = server.bean(AlipayApps.class).find(appId).orElseThrow();
    assertThat(bill.isSignedBy(app.currentKey().orElseThrow().key())).isTrue();
    assertThat(bill.protocol().amount()).isEqualTo("2.00");
    assertThat(bill.protocol().payBefore()).isEqualTo("2026-03-02T09:30:00+08:00");
    // Each request is an order of its own, by one application.
    var next = bill(get(QUOTES));
    assertThat(next.protocol().outTradeNo()).isNotEqualTo(bill.protocol().outTradeNo());
    assertThat(next.method().sellerAppId()).isEqualTo(bill.method().sellerAppId());
  }

  @Test
  void theSameRequestWithTheProofIsDeliveredConfirmedAndGivenAgain() {
    var bill = bill(get(QUOTES));
    var tradeNo = paid(bill);
    var delivered = get(QUOTES, "Payment-Proof", proof(tradeNo, "p"));
    assertThat(delivered.status()).as(delivered.text()).isEqualTo(200);
    assertThat(delivered.json().at("/content/symbol").asString()).isEqualTo("coffee");
    assertThat(delivered.json().path("fulfillment_confirmed").asBoolean(false)).isTrue();
    var validation = AlipayValidation.decode(delivered.header("Payment-Validation")).orElseThrow();
    assertThat(validation.validated()).isTrue();
    assertThat(validation.resourceId()).isEqualTo("/alipay/quotes");

    var again = get(QUOTES, "Payment-Proof", proof(tradeNo, "p")).json();
    assertThat(again.path("already_fulfilled").asBoolean(false)).isTrue();
    assertThat(again.path("content")).isEqualTo(delivered.json().path("content"));
    var orderNo = String.valueOf(bill.protocol().outTradeNo());
    var evidence = new EvidenceBundles(world).verified(orderNo);
    assertThat(evidence.verified()).as(evidence.toString()).isTrue();
    assertThat(events(orderNo))
        .containsExactly(
            JournalEvent.BILL_ISSUED.code(),
            JournalEvent.PROOF_ACCEPTED.code(),
            JournalEvent.DELIVERED.code());
  }

  /** Returns what the seller noted about the order. */
  private List<String> events(String orderNo) {
    return world
        .journalStore()
        .page(
            JournalQuery.after(0, JournalQuery.MAX_LIMIT)
                .of(JournalNote.Kind.STATE)
                .with(JournalIds.ORDER_NO, orderNo))
        .items()
        .stream()
        .filter(entry -> entry.actor().equals("did:act:tickwell"))
        .map(JournalEntry::event)
        .toList();
  }

  @Test
  void aPostIsBilledForItsJson() {
    var path = "/w/" + world.name() + "/merchants/tickwell/alipay/quotes";
    var body = "{\"symbol\":\"coffee\",\"days\":7}";
    var bill = bill(server.post(path, body));
    var proof = proof(paid(bill), "p");
    // The order is for an input, however its JSON is written.
    var other = server.post(path, "{\"symbol\":\"coffee\",\"days\":8}", "Payment-Proof", proof);
    assertThat(other.json().path("code").asString()).isEqualTo("RESOURCE_ID_MISMATCH");
    assertThat(other.status()).isEqualTo(402);
    var delivered =
        server.post(path, "{ \"days\": 7, \"symbol\": \"coffee\" }", "Payment-Proof", proof);
    assertThat(delivered.status()).as(delivered.text()).isEqualTo(200);
    var stolen = server.post(path, body, "Payment-Proof", proof(trade(proof), "q"));
    assertThat(stolen.json().path("code").asString()).isEqualTo("INVALID_PAYMENT_PROOF");
  }

  private static String trade(String proof) {
    return String.valueOf(AlipayProof.decode(proof).orElseThrow().protocol().tradeNo());
  }

  @ParameterizedTest
  @CsvSource({
    "active,402,INVALID_PAYMENT_PROOF",
    "amount,402,AMOUNT_MISMATCH",
    "out_trade_no,402,ORDER_NOT_FOUND",
    "resource_id,402,RESOURCE_ID_MISMATCH",
    "signature,503,VERIFY_FAILED",
    "not base64,402,INVALID_PAYMENT_PROOF_FORMAT",
    "unknown trade,402,TRADE_NOT_FOUND",
    "SYSTEM_ERROR,503,VERIFY_FAILED",
  })
  void aProofThatIsNotGoodOpensNothing(String mistake, int status, String code) {
    var tradeNo = paid(bill(get(QUOTES)));
    var proof = proof(tradeNo, "p");
    switch (mistake) {
      case "not base64" -> proof = "!!";
      case "unknown trade" -> proof = proof("2026030222001000000000000001", "p");
      case "SYSTEM_ERROR" ->
          set(
              "{\"prepared_answers\":[{\"method\":\"alipay.aipay.agent.payment.verify\","
                  + "\"sub_code\":\"SYSTEM_ERROR\",\"times\":1}]}");
      default -> set("{\"altered_answer\":\"%s\"}".formatted(mistake));
    }
    var refused = get(QUOTES, "Payment-Proof", proof);
    assertThat(refused.json().path("code").asString()).as(refused.text()).isEqualTo(code);
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.header("Payment-Needed").isEmpty()).isEqualTo(status != 402);
    // The right proof still opens it afterwards.
    set("{\"altered_answer\":\"none\"}");
    assertThat(get(QUOTES, "Payment-Proof", proof(tradeNo, "p")).status()).isEqualTo(200);
  }

  @Test
  void aLostConfirmIsMadeUpForByTheSameProof() {
    var proof = proof(paid(bill(get(QUOTES))), "p");
    set(
        "{\"prepared_answers\":[{\"method\":\"alipay.aipay.agent.fulfillment.confirm\","
            + "\"sub_code\":\"SYSTEM_ERROR\",\"times\":1}]}");
    var failed = get(QUOTES, "Payment-Proof", proof);
    assertThat(failed.json().path("code").asString()).isEqualTo("FULFILLMENT_CONFIRM_FAILED");
    assertThat(failed.status()).isEqualTo(502);
    assertThat(get(QUOTES, "Payment-Proof", proof).status()).isEqualTo(200);
  }

  @Test
  void oneProofThatComesTwiceAtOnceIsDeliveredOnce() throws Exception {
    var bill = bill(get(QUOTES));
    var proof = proof(paid(bill), "p");
    Callable<Answer> request = () -> get(QUOTES, "Payment-Proof", proof);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(List.of(request, request, request))) {
        assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
      }
    }
    assertThat(events(String.valueOf(bill.protocol().outTradeNo())))
        .containsOnlyOnce(JournalEvent.DELIVERED.code());
  }

  @ParameterizedTest
  @CsvSource({
    "/merchants/tickwell/alipay/quotes?symbol=sand&days=7,400",
    "/merchants/tickwell/alipay/quotes?symbol=coffee&symbol=tea&days=7,400",
    "/merchants/tickwell/alipay/poems,404",
    "/merchants/luma-mart/alipay/quotes,404",
  })
  void whatCannotBeSoldIsNotBilled(String path, int status) {
    var answer = get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Payment-Needed")).isEmpty();
  }

  @Test
  void theDemoAgentBuysWhereTheWorldWishesIt() {
    set("{\"agent_finds_pages\":true}");
    var conversation = new DirectedConversation(server, world);
    conversation.says("Buy the quotes from tickwell");
    var offers =
        conversation.told("offers").stream()
            .flatMap(told -> told.findParents("offer_id").stream())
            .filter(offer -> offer.has("merchant_name"))
            .toList();
    assertThat(offers).as(conversation.said()).hasSize(1);
    conversation.post(
        conversation.conversationPath() + "/choice",
        Json.write(Map.of("offer_ids", List.of(offers.getFirst().path("offer_id").asString()))));
    conversation.rests();
    assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
    JsonNode delivery = conversation.told("delivery").getLast();
    assertThat(delivery.at("/delivery/result/content/last").asString()).isNotEmpty();
    conversation.ledgerIsEven();
  }
}
