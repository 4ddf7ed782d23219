package org.actsandbox.sandbox.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests services of seller agents over HTTP 402, paid autonomously (ACT scenario 4, PSD-7, A402).
 */
class SellerAgentTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final String COFFEE = "{\"symbol\": \"coffee\", \"days\": 30}";

  private final SandboxServer server = SandboxServer.shared();
  private ServiceBuyer buyer;

  @BeforeEach
  void begin() {
    var world = server.newWorld(NOW);
    buyer = new ServiceBuyer(server, world);
  }

  /** Checks ACT A402-1.a. */
  @Test
  void asksForPaymentThenDeliversOnce() {
    buyer.authorized(20);
    var body = buyer.request("R-1", COFFEE);
    var needed = buyer.ask("tickwell", "quotes", body);
    assertThat(needed.status()).as(needed.text()).isEqualTo(402);
    var bill = ServiceBuyer.bill(needed);
    assertThat(SignedJson.verify(bill, buyer.world.directory()).name()).isEqualTo("tickwell");
    assertThat(bill.path("amount").stringValue()).isEqualTo("2.00");
    assertThat(bill.path("resource_id").stringValue()).isEqualTo("services/quotes");
    assertThat(bill.path("request_method").stringValue()).isEqualTo("POST");
    assertThat(bill.path("idempotency_key").stringValue()).isEqualTo("R-1");
    assertThat(ServiceBuyer.bill(buyer.ask("tickwell", "quotes", body))).isEqualTo(bill);

    var proof = paid(bill);
    var delivered = buyer.ask("tickwell", "quotes", body, proof);
    assertThat(delivered.status()).as(delivered.text()).isEqualTo(200);
    var result = delivered.json().path("result");
    assertThat(result.path("symbol").stringValue()).isEqualTo("coffee");
    assertThat(result.path("as_of").stringValue()).isEqualTo("2026-03-02");
    assertThat(result.path("history").size()).isEqualTo(31);
    assertThat(validation(delivered).path("delivery_status").stringValue()).isEqualTo("DELIVERED");
    assertThat(buyer.balance()).isEqualTo("18.00");

    var again = buyer.ask("tickwell", "quotes", body, proof);
    assertThat(again.json()).isEqualTo(delivered.json());
    assertThat(buyer.balance()).isEqualTo("18.00");
  }

  @Test
  void competingSellersQuoteOneMarket() {
    buyer.authorized(20);
    var dear = bought("tickwell", "quotes", "R-1", COFFEE);
    var cheap = bought("marketlens", "quotes", "R-2", COFFEE);
    assertThat(cheap).isEqualTo(dear);
    assertThat(buyer.balance()).isEqualTo("16.80");
    var tooLong =
        buyer.ask(
            "marketlens", "quotes", buyer.request("R-3", "{\"symbol\": \"coffee\", \"days\": 90}"));
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.text()).contains("input.days").contains("1 to 30");
  }

  @Test
  void translatesAndRenders() {
    buyer.authorized(20);
    var text =
        "{\"text\": \"Coffee rose 3.2 percent in 30 days.\", \"from\": \"en\", \"to\": \"zh\"}";
    var chinese = bought("lingobee", "translate", "R-1", text);
    assertThat(chinese.path("text").stringValue()).isEqualTo("咖啡在30天内上涨了3.2%。");
    assertThat(chinese.path("coverage").stringValue()).isEqualTo("1.00");
    var report =
        bought(
            "pagepress",
            "report",
            "R-2",
            """
            {"title": "<script>", "language": "zh", "sections": [{"heading": "咖啡", "text": "a & b",
             "series": [{"label": "Coffee", "unit": "USD", "points":
               [{"at": "1", "value": "2.5"}, {"at": "2", "value": "3"}]}]}]}
            """);
    assertThat(report.path("content").stringValue())
        .startsWith("<!doctype html>")
        .contains("&lt;script&gt;", "a &amp; b", "<polyline")
        .doesNotContain("<script", "style=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tickwell  | quotes    | {"symbol": "unobtainium", "days": 3}          | 400 | input.symbol
          tickwell  | quotes    | {"symbol": "coffee", "days": 0}               | 400 | input.days
          tickwell  | quotes    | "coffee"                                      | 400 | input.symbol
          tickwell  | translate | {"text": "a", "from": "en", "to": "zh"}       | 404 | service
          lingobee  | translate | {"text": "a", "from": "en", "to": "en"}       | 400 | input.to
          lingobee  | translate | {"text": "a", "from": "fr", "to": "en"}       | 400 | input.from
          pagepress | report    | {"title": "t", "language": "zh", "sections": []}  | 400 | input.sections
          luma-mart | quotes    | {}                                            | 404 | service
          """)
  void refusesBeforeAnythingIsBilled(
      String merchant, String service, String input, int status, String field) {
    var refused = buyer.ask(merchant, service, buyer.request("R-1", input));
    assertThat(refused.status()).as(refused.text()).isEqualTo(status);
    assertThat(refused.header(A402Headers.PAYMENT_NEEDED)).isEmpty();
    assertThat(refused.json().path("error").path("details").path("field").stringValue())
        .isEqualTo(field);
  }

  @Test
  void aRequestIdIsForOneRequest() {
    var body = buyer.request("R-1", COFFEE);
    buyer.ask("tickwell", "quotes", body);
    var other = buyer.request("R-1", "{\"symbol\": \"copper\", \"days\": 30}");
    assertThat(buyer.ask("tickwell", "quotes", other).status()).isEqualTo(409);
    buyer.ask("pagepress", "report", buyer.request("R-2", "{}"));
    var tampered = (ObjectNode) Json.parse(body);
    tampered.put("intent_id", "I-9");
    assertThat(buyer.ask("tickwell", "quotes", Json.write(tampered)).status()).isEqualTo(401);
  }

  @Test
  void aProofOpensItsOwnRequestOnly() {
    buyer.authorized(20);
    var coffee = buyer.request("R-1", COFFEE);
    var proof = paid(ServiceBuyer.bill(buyer.ask("tickwell", "quotes", coffee)));
    var copper = buyer.request("R-2", "{\"symbol\": \"copper\", \"days\": 30}");
    var refused = buyer.ask("tickwell", "quotes", copper, proof);
    assertThat(refused.status()).as(refused.text()).isEqualTo(402);
    assertThat(refused.text()).contains("proof_mismatch");
    assertThat(buyer.ask("tickwell", "quotes", coffee, proof).status()).isEqualTo(200);
  }

  @Test
  void anOrderForAServiceOpensNoOtherResource() {
    var needed = buyer.ask("tickwell", "quotes", buyer.request("R-1", COFFEE));
    var orderNo = ServiceBuyer.bill(needed).path("out_trade_no").stringValue();
    var other = buyer.get("/merchants/tickwell/fulfilment/" + orderNo, null);
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.header(A402Headers.PAYMENT_NEEDED)).isEmpty();
  }

  @Test
  void aSellerThatCannotDeliverGivesTheMoneyBack() {
    buyer.authorized(20);
    var body = buyer.request("R-1", COFFEE);
    var proof = paid(ServiceBuyer.bill(buyer.ask("tickwell", "quotes", body)));
    assertThat(buyer.balance()).isEqualTo("18.00");
    assertThat(disturb("tickwell", "{\"type\": \"sold_out\", \"item\": \"quotes\"}").status())
        .isEqualTo(204);
    var failed = buyer.ask("tickwell", "quotes", body, proof);
    assertThat(failed.status()).as(failed.text()).isEqualTo(500);
    assertThat(failed.text()).contains("fulfilment_failed");
    assertThat(validation(failed).path("validation_status").stringValue()).isEqualTo("VALID");
    assertThat(validation(failed).path("delivery_status").stringValue()).isEqualTo("FAILED");
    assertThat(buyer.balance()).isEqualTo("20.00");
    assertThat(buyer.ask("tickwell", "quotes", body, proof).text()).contains("proof_revoked");
    assertThat(buyer.balance()).isEqualTo("20.00");
  }

  @Test
  void onlyUndeliveredServicesAreCancelledAndRefunded() {
    buyer.authorized(20);
    var first = ServiceBuyer.bill(buyer.ask("tickwell", "quotes", buyer.request("R-1", COFFEE)));
    paid(first);
    // Before the merchant learns of the payment, it cancels an unpaid order, and the money follows.
    var orderNo = first.path("out_trade_no").stringValue();
    assertThat(buyer.cancel("tickwell", orderNo).status()).isEqualTo(200);
    buyer.advance("PT1S");
    assertThat(buyer.balance()).isEqualTo("20.00");

    var body = buyer.request("R-2", COFFEE);
    var second = ServiceBuyer.bill(buyer.ask("tickwell", "quotes", body));
    var proof = paid(second);
    buyer.advance("PT1S");
    assertThat(buyer.ask("tickwell", "quotes", body, proof).status()).isEqualTo(200);
    assertThat(buyer.cancel("tickwell", second.path("out_trade_no").stringValue()).text())
        .contains("not_cancellable");
    assertThat(buyer.balance()).isEqualTo("18.00");
  }

  @Test
  void aPriceThatMovesIsBilledOpenly() {
    disturb("tickwell", "{\"type\": \"price_moved\", \"item\": \"quotes\", \"percent\": 50}");
    var bill = ServiceBuyer.bill(buyer.ask("tickwell", "quotes", buyer.request("R-1", COFFEE)));
    assertThat(bill.path("amount").stringValue()).isEqualTo("3.00");
    assertThat(buyer.get("/merchants/tickwell/catalog/quotes", null).text()).contains("\"3.00\"");
  }

  private Answer disturb(String merchant, String disturbance) {
    return buyer.disturb(merchant, disturbance);
  }

  private JsonNode bought(String merchant, String service, String requestId, String input) {
    var body = buyer.request(requestId, input);
    var proof = paid(ServiceBuyer.bill(buyer.ask(merchant, service, body)));
    var delivered = buyer.ask(merchant, service, body, proof);
    assertThat(delivered.status()).as(delivered.text()).isEqualTo(200);
    return delivered.json().path("result");
  }

  private JsonNode paid(JsonNode bill) {
    var payment = buyer.pay(bill);
    assertThat(payment.status()).as(payment.text()).isEqualTo(201);
    return payment.json().path("proof");
  }

  private static JsonNode validation(Answer answer) {
    return A402Headers.decode(
            A402Headers.PAYMENT_VALIDATION, answer.header(A402Headers.PAYMENT_VALIDATION))
        .path("protocol");
  }
}
