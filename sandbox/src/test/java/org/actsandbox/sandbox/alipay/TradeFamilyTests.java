package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import com.alipay.api.request.AlipayTradeAppPayRequest;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;
import com.alipay.api.request.AlipayTradePagePayRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayTradeRefundRequest;
import com.alipay.api.response.AlipayTradeRefundResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.notification.WebhookReceiver;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/**
 * Tests payments on a page and in an app with Alipay's own Java SDK: it makes forms and order
 * texts, and verifies notifications and return addresses with its own code (AIP-42 to AIP-48,
 * AIP-187 to AIP-195, AIP-317).
 */
@TestInstance(Lifecycle.PER_CLASS)
class TradeFamilyTests {

  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern HIDDEN = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");
  private static final Pattern NEXT = Pattern.compile("id=\"next\" href=\"([^\"]+)\"");

  final AlipayBench bench = new AlipayBench();

  private static Map<String, Object> order(String orderNo, String amount) {
    var content = new HashMap<String, Object>();
    content.put("out_trade_no", orderNo);
    content.put("total_amount", amount);
    content.put("subject", "两本书 & \"more\"");
    content.put("product_code", "FAST_INSTANT_TRADE_PAY");
    return content;
  }

  /** Posts the SDK's form as a browser does, from the merchant's site. */
  private Answer post(Map<String, Object> content, @Nullable String notifyUrl, String returnUrl)
      throws AlipayApiException {
    var request = new AlipayTradePagePayRequest();
    request.setBizContent(Json.write(content));
    request.setNotifyUrl(notifyUrl);
    request.setReturnUrl(returnUrl);
    var form = bench.client().pageExecute(request).getBody();
    var action = ACTION.matcher(form);
    assertThat(action.find()).as(form).isTrue();
    var fields = new LinkedHashMap<String, String>();
    var hidden = HIDDEN.matcher(form);
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2).replace("&quot;", "\""));
    }
    return SERVER.send(
        "POST",
        URI.create(action.group(1)).getRawPath() + "?" + URI.create(action.group(1)).getRawQuery(),
        "biz_content="
            + URLEncoder.encode(fields.getOrDefault("biz_content", ""), StandardCharsets.UTF_8),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Origin",
        "http://shop.example",
        "Sec-Fetch-Site",
        "cross-site");
  }

  private static String next(Answer page) {
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    var link = NEXT.matcher(page.text());
    assertThat(link.find()).as(page.text()).isTrue();
    return link.group(1).replace("&amp;", "&");
  }

  private String platformKey() {
    return bench.app.path("alipay_public_key").stringValue();
  }

  private boolean verifies(Map<String, String> fields) throws AlipayApiException {
    return AlipaySignature.rsaCheckV1(new HashMap<>(fields), platformKey(), "UTF-8", "RSA2");
  }

  private String status(String orderNo) throws AlipayApiException {
    var request = new AlipayTradeQueryRequest();
    request.setBizContent(Json.write(Map.of("out_trade_no", orderNo)));
    var answer = bench.client().execute(request);
    return answer.getSubCode() == null ? answer.getTradeStatus() : answer.getSubCode();
  }

  private AlipayTradeRefundResponse refund(Map<String, ?> content) throws AlipayApiException {
    var request = new AlipayTradeRefundRequest();
    request.setBizContent(Json.write(content));
    return bench.client().execute(request);
  }

  private void advance(Duration by) {
    var answer =
        SERVER.post(
            "/api/worlds/" + bench.world.name() + "/clock/advance",
            Json.write(Map.of("by", by.toString())),
            bench.operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private JsonNode delivery() {
    var log =
        SERVER.get(
            "/api/worlds/" + bench.world.name() + "/deliveries?endpoint=alipay", bench.operator);
    assertThat(log.status()).as(log.text()).isEqualTo(200);
    return log.json().at("/items/0");
  }

  /**
   * The first attempt is made in the background, and a clock set meanwhile does not wait for it.
   */
  private void awaitFirstAttempt() {
    await().atMost(Duration.ofMinutes(1)).until(() -> delivery().path("attempts").asInt(0) == 1);
  }

  private static WebhookReceiver receiver(List<String> answers) {
    var receiver = new WebhookReceiver();
    receiver.answering =
        exchange -> {
          var text = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
          exchange.sendResponseHeaders(200, text.length());
          exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        };
    return receiver;
  }

  private static Map<String, String> received(WebhookReceiver receiver, int number) {
    return AlipayBench.fields(
        new String(receiver.arrivals.get(number).body(), StandardCharsets.UTF_8));
  }

  @Test
  void aFormLeadsToTheCashierAndOnceItIsPaidBackToTheSeller() throws AlipayApiException {
    approving(false);
    var content = order("P_1", "12.50");
    var cashier = next(post(content, null, "http://shop.example/return?a=1"));
    assertThat(cashier).contains("/cashier/20");
    // The same form again leads to the same payment.
    assertThat(next(post(content, null, "http://shop.example/return?a=1"))).isEqualTo(cashier);
    assertThat(status("P_1")).isEqualTo("WAIT_BUYER_PAY");
    assertThat(post(order("P_1", "12.60"), null, "").text()).contains("ACQ.CONTEXT_INCONSISTENT");

    approving(true);
    var back = next(post(content, null, "http://shop.example/return?a=1"));
    assertThat(status("P_1")).isEqualTo("TRADE_SUCCESS");
    var evidence = new EvidenceBundles(bench.world).verified("P_1");
    assertThat(evidence.verified()).as(evidence.toString()).isTrue();
    assertThat(back).startsWith("http://shop.example/return?a=1&");
    var signed = AlipayBench.fields(back.substring(back.indexOf("&") + 1));
    assertThat(signed)
        .containsEntry("out_trade_no", "P_1")
        .containsEntry("total_amount", "12.50")
        .containsEntry("method", "alipay.trade.page.pay.return")
        .containsEntry("app_id", bench.appId());
    assertThat(verifies(signed)).isTrue();
    signed.put("total_amount", "0.01");
    assertThat(verifies(signed)).isFalse();
  }

  private static final List<String[]> WRONG_ORDERS =
      List.of(
          new String[] {"out_trade_no", "a b"},
          new String[] {"out_trade_no", ""},
          new String[] {"total_amount", "0"},
          new String[] {"total_amount", "1.001"},
          new String[] {"total_amount", "200000000"},
          new String[] {"subject", ""},
          new String[] {"product_code", "OTHER"},
          new String[] {"timeout_express", "5x"},
          new String[] {"timeout_express", "16d"},
          new String[] {"time_expire", "2001-01-01 00:00:00"},
          new String[] {"time_expire", "tomorrow"});

  @Test
  void aWrongOrderIsRefusedOnAPageThatNamesTheField() throws AlipayApiException {
    for (var wrong : WRONG_ORDERS) {
      var content = order("P_2", "1.00");
      content.put(wrong[0], wrong[1]);
      var page = post(content, null, "http://shop.example/return");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text()).contains("ACQ.INVALID_PARAMETER", wrong[0]);
    }
    approving(true);
    assertThat(post(order("P_2", "99000000"), null, "").text())
        .contains("ACQ.BUYER_BALANCE_NOT_ENOUGH");
    assertThat(status("P_2")).isEqualTo("ACQ.TRADE_NOT_EXIST");
  }

  private void approving(boolean automatically) {
    bench.set("{\"approve_automatically\":" + automatically + "}");
  }

  @Test
  void anAddressThatIsNotCalledIsRefusedWithTheOrder() throws AlipayApiException {
    assertThat(post(order("P_3", "1.00"), "http://10.0.0.1/notify", "").text())
        .contains("isv.invalid-parameter", "notify_url");
    assertThat(post(order("P_3", "1.00"), null, "javascript:alert(1)").text())
        .contains("isv.invalid-parameter", "return_url");
    assertThat(status("P_3")).isEqualTo("ACQ.TRADE_NOT_EXIST");
  }

  @Test
  void aNotificationVerifiesAndIsRepeatedUntilTheAnswerIsSuccess() throws AlipayApiException {
    try (var receiver = receiver(new ArrayList<>(List.of("fail", "success\n", "success")))) {
      approving(true);
      post(order("P_4", "3.00"), receiver.url("/notify"), "http://shop.example/");
      awaitFirstAttempt();
      assertThat(receiver.arrivals).hasSize(1);
      advance(Duration.ofMinutes(3));
      assertThat(receiver.arrivals).hasSize(1);
      advance(Duration.ofMinutes(2));
      assertThat(receiver.arrivals).hasSize(2);
      advance(Duration.ofMinutes(11));
      assertThat(receiver.arrivals).hasSize(3);
      advance(Duration.ofHours(30));
      assertThat(receiver.arrivals).hasSize(3);

      var first = received(receiver, 0);
      assertThat(verifies(first)).isTrue();
      assertThat(first)
          .containsEntry("notify_type", "trade_status_sync")
          .containsEntry("trade_status", "TRADE_SUCCESS")
          .containsEntry("out_trade_no", "P_4")
          .containsEntry("total_amount", "3.00")
          .containsEntry("subject", "两本书 & \"more\"")
          .containsEntry("seller_id", bench.app.path("seller_id").stringValue());
      assertThat(received(receiver, 2).get("notify_id")).isEqualTo(first.get("notify_id"));
      first.put("trade_status", "TRADE_CLOSED");
      assertThat(verifies(first)).isFalse();
    }
  }

  @Test
  void aNotificationThatIsNeverAcknowledgedIsGivenUpAfterEightAttempts() throws AlipayApiException {
    try (var receiver = receiver(new ArrayList<>(List.of("fail")))) {
      approving(true);
      post(order("P_5", "3.00"), receiver.url("/notify"), "");
      awaitFirstAttempt();
      advance(Duration.ofHours(24));
      assertThat(receiver.arrivals).hasSize(7);
      advance(Duration.ofHours(200));
      assertThat(receiver.arrivals).hasSize(8);
      assertThat(delivery().path("status").asString("")).isEqualTo("GIVEN_UP");
      assertThat(delivery().path("last_outcome").asString(""))
          .isEqualTo("status 200, the answer is not: success");
    }
  }

  @Test
  void aRefundMovesMoneyOnceAndIsTold() throws AlipayApiException {
    try (var receiver = receiver(new ArrayList<>(List.of("success")))) {
      approving(true);
      post(order("P_6", "10.00"), receiver.url("/notify"), "");
      var part = Map.of("out_trade_no", "P_6", "refund_amount", "4.00", "out_request_no", "R1");
      assertThat(refund(Map.of("out_trade_no", "P_6", "refund_amount", "4.00")).getSubCode())
          .isEqualTo("ACQ.INVALID_PARAMETER");
      var first = refund(part);
      assertThat(first.getSubCode()).as(first.getBody()).isNull();
      assertThat(first.getFundChange()).isEqualTo("Y");
      assertThat(first.getRefundFee()).isEqualTo("4.00");
      assertThat(refund(part).getFundChange()).isEqualTo("N");
      assertThat(
              refund(Map.of("out_trade_no", "P_6", "refund_amount", "5", "out_request_no", "R1"))
                  .getSubCode())
          .isEqualTo("ACQ.DISCORDANT_REPEAT_REQUEST");
      assertThat(
              refund(Map.of("out_trade_no", "P_6", "refund_amount", "7", "out_request_no", "R2"))
                  .getSubCode())
          .isEqualTo("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
      assertThat(status("P_6")).isEqualTo("TRADE_SUCCESS");
      assertThat(
              refund(Map.of("out_trade_no", "P_6", "refund_amount", 6, "out_request_no", "R3"))
                  .getRefundFee())
          .isEqualTo("10.00");
      assertThat(refundStatus("P_6", "R3")).isEqualTo("REFUND_SUCCESS 6.00");
      assertThat(refundStatus("P_6", "R2")).isEqualTo("null null");

      advance(Duration.ofSeconds(1));
      assertThat(receiver.arrivals).hasSize(3);
      // Receivers know by this field that it is no payment (AIP-194).
      assertThat(received(receiver, 0)).doesNotContainKey("out_biz_no");
      assertThat(received(receiver, 1)).containsEntry("out_biz_no", "R1");
      var told = received(receiver, 2);
      assertThat(verifies(told)).isTrue();
      assertThat(told)
          .containsEntry("trade_status", "TRADE_CLOSED")
          .containsEntry("refund_fee", "10.00")
          .containsEntry("out_biz_no", "R3")
          .containsKey("gmt_refund");
    }
  }

  @Test
  void aFieldThatIsNotUsedIsNamedInTheJournal() throws AlipayApiException {
    approving(true);
    post(order("P_8", "10.00"), null, "");
    var refund = Map.of("out_trade_no", "P_8", "refund_amount", "10.00", "operator_id", "x");
    assertThat(refund(refund).getSubCode()).isNull();
    assertThat(bench.world.journalStore().page(JournalQuery.after(0, 500)).items())
        .filteredOn(entry -> entry.event().equals(JournalEvent.ALIPAY_REMARK.code()))
        .anyMatch(entry -> entry.data().toString().contains("not used here: operator_id"));
  }

  private String refundStatus(String orderNo, String number) throws AlipayApiException {
    var request = new AlipayTradeFastpayRefundQueryRequest();
    request.setBizContent(Json.write(Map.of("out_trade_no", orderNo, "out_request_no", number)));
    var answer = bench.client().execute(request);
    assertThat(answer.getCode()).as(answer.getBody()).isEqualTo("10000");
    return answer.getRefundStatus() + " " + answer.getRefundAmount();
  }

  @Test
  void anUnpaidOrderIsNotRefundedAndItsEndIsTold() throws AlipayApiException {
    try (var receiver = receiver(new ArrayList<>(List.of("success")))) {
      approving(false);
      var cashier = next(post(order("P_7", "10.00"), receiver.url("/notify"), ""));
      var tradeNo = cashier.substring(cashier.lastIndexOf('/') + 1);
      assertThat(refund(Map.of("trade_no", tradeNo, "refund_amount", "10.00")).getSubCode())
          .isEqualTo("ACQ.TRADE_STATUS_ERROR");
      bench.world.participant(Psp.class).payments().close(tradeNo);
      advance(Duration.ofSeconds(1));
      assertThat(received(receiver, 0)).containsEntry("trade_status", "TRADE_CLOSED");
      assertThat(post(order("P_7", "10.00"), null, "").text()).contains("ACQ.TRADE_HAS_CLOSE");
    }
  }

  @Test
  void theWalletTakesTheAppsTextAndSaysWhenItIsPaid() throws AlipayApiException {
    approving(false);
    var content = order("A_1", "2.00");
    content.put("product_code", "QUICK_MSECURITY_PAY");
    var request = new AlipayTradeAppPayRequest();
    request.setBizContent(Json.write(content));
    var text = bench.client().sdkExecute(request).getBody();

    var waiting = wallet(text);
    assertThat(waiting.json().path("result_status").asString("")).isEqualTo("8000");
    assertThat(waiting.json().path("confirmation").asString("")).contains("/cashier/20");
    approving(true);
    var paid = wallet(text).json();
    assertThat(paid.path("result_status").asString("")).isEqualTo("9000");
    var result = Json.parse(paid.path("result").asString(""));
    assertThat(result.at("/alipay_trade_app_pay_response/out_trade_no").asString(""))
        .isEqualTo("A_1");
    var signed = paid.path("result").asString("");
    assertThat(
            AlipaySignature.rsaCheck(
                signed.substring(signed.indexOf(':') + 1, signed.indexOf("},") + 1),
                result.path("sign").asString(""),
                platformKey(),
                "UTF-8",
                "RSA2"))
        .isTrue();
    assertThat(
            bench
                .world
                .participant(Psp.class)
                .payments()
                .paidTrades("A_1", null)
                .getFirst()
                .terms()
                .principal())
        .isEqualTo(Principals.FIRST);

    var forged = wallet(text.replace("2.00", "1.00")).json();
    assertThat(forged.path("result_status").asString("")).isEqualTo("4000");
    assertThat(forged.path("memo").asString("")).startsWith("isv.invalid-signature");
    // No program calls this method at the gateway.
    assertThat(bench.client().execute(request).getSubCode()).isEqualTo("isv.invalid-method");
  }

  private SandboxServer.Answer wallet(String text) {
    var answer =
        SERVER.post(
            bench.api + "/wallet", Json.write(Map.of("order_string", text)), bench.operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }
}
