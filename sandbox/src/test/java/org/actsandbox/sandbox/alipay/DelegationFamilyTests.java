package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayRequest;
import com.alipay.api.AlipayResponse;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.request.AlipayTradeAgentDelegationPayRequest;
import com.alipay.api.request.AlipayTradeOrderPrepayRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.alipay.api.request.AlipayUserAgreementDelegationApplyRequest;
import com.alipay.api.request.AlipayUserAgreementDelegationCancelRequest;
import com.alipay.api.request.AlipayUserAgreementDelegationQueryRequest;
import com.alipay.api.response.AlipayTradeAgentDelegationPayResponse;
import com.alipay.api.response.AlipayTradeOrderPrepayResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/**
 * Tests the delegation family with Alipay's own Java SDK: an authority that the principal gives in
 * the wallet, orders that sellers place, and payments under ACT's own limits (AIP-50 to AIP-58,
 * AIP-196 to AIP-203).
 */
@TestInstance(Lifecycle.PER_CLASS)
class DelegationFamilyTests {

  private final AlipayBench bench = new AlipayBench();
  private final JsonNode platform = bench.registerOther(World.AGENT.value());

  private AlipayClient platform() throws AlipayApiException {
    var config = bench.config();
    config.setAppId(platform.path("app_id").stringValue());
    config.setPrivateKey(platform.path("private_key_pkcs8").stringValue());
    return new DefaultAlipayClient(config);
  }

  private static <T extends AlipayResponse> T call(
      AlipayClient client, AlipayRequest<T> request, Map<String, ?> content)
      throws AlipayApiException {
    request.setBizModel(null);
    return client.execute(with(request, content));
  }

  private static <T extends AlipayResponse> AlipayRequest<T> with(
      AlipayRequest<T> request, Map<String, ?> content) {
    var text = Json.write(content);
    switch (request) {
      case AlipayUserAgreementDelegationApplyRequest each -> each.setBizContent(text);
      case AlipayUserAgreementDelegationQueryRequest each -> each.setBizContent(text);
      case AlipayUserAgreementDelegationCancelRequest each -> each.setBizContent(text);
      case AlipayTradeOrderPrepayRequest each -> each.setBizContent(text);
      case AlipayTradeAgentDelegationPayRequest each -> each.setBizContent(text);
      case AlipayTradeQueryRequest each -> each.setBizContent(text);
      default -> throw new IllegalArgumentException(request.getApiMethodName());
    }
    return request;
  }

  private Map<String, Object> authority(String number, String most, int times) {
    var today = bench.world.clock().instant().atZone(World.ZONE).toLocalDate();
    var params = new HashMap<String, Object>();
    params.put("external_delegation_id", "D_" + number);
    params.put("delegation_desc", "每周买一份报纸");
    params.put("max_total_amount", most);
    params.put("times_limit", times);
    params.put("validity_start_time", today.toString());
    params.put("validity_end_time", today.plusDays(30).toString());
    var content = new HashMap<String, Object>();
    content.put("agent_id", "agent_1");
    content.put("external_agreement_no", "A_" + number);
    content.put("personal_product_code", "UAM_AGENT_AUTH_P");
    content.put("delegation_params", params);
    content.put("access_params", Map.of("channel", "ALIPAYAPP"));
    content.put(
        "conversation_history",
        List.of(Map.of("role", "USER", "content", "每周买报纸", "create_time", "2026-08-25 10:00:00")));
    return content;
  }

  private JsonNode applied(Map<String, Object> content) throws AlipayApiException {
    var request = new AlipayUserAgreementDelegationApplyRequest();
    request.setBizContent(Json.write(content));
    var text = platform().sdkExecute(request).getBody();
    var answer =
        SERVER.post(
            bench.api + "/wallet", Json.write(Map.of("order_string", text)), bench.operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** Has an authority given, and returns its two numbers. */
  private Map<String, String> given(String number, String most, int times)
      throws AlipayApiException {
    bench.set("{\"approve_automatically\":true}");
    var answer = applied(authority(number, most, times));
    assertThat(answer.path("result_status").asString("")).as(answer.toString()).isEqualTo("9000");
    var root =
        Json.parse(answer.path("result").asString(""))
            .path("alipay_user_agreement_delegation_apply_response");
    return Map.of(
        "agreement_no", root.path("agreement_no").asString(""),
        "delegation_id", root.path("delegation_id").asString(""));
  }

  private AlipayTradeOrderPrepayResponse prepay(String orderNo, String amount)
      throws AlipayApiException {
    return call(
        bench.client(),
        new AlipayTradeOrderPrepayRequest(),
        Map.of(
            "out_trade_no", orderNo,
            "total_amount", amount,
            "subject", "报纸",
            "product_code", "QUICK_MSECURITY_PAY",
            "payment_type", "agent_pay"));
  }

  private AlipayTradeAgentDelegationPayResponse pay(String prepayId, Map<String, String> numbers)
      throws AlipayApiException {
    var content = new HashMap<String, Object>(numbers);
    content.put("prepay_id", prepayId);
    return call(platform(), new AlipayTradeAgentDelegationPayRequest(), content);
  }

  private String state(Map<String, String> numbers) throws AlipayApiException {
    var answer = call(platform(), new AlipayUserAgreementDelegationQueryRequest(), numbers);
    return answer.getSubCode() == null
        ? answer.getStatus() + " " + answer.getRemainingAmount() + " " + answer.getRemainingTimes()
        : answer.getSubCode();
  }

  @Test
  void thePrincipalIsAskedAndTheSameTextAsksForTheOutcome() throws AlipayApiException {
    bench.set("{\"approve_automatically\":false}");
    var content = authority("ask", "100.00", 3);
    var asked = applied(content);
    assertThat(asked.path("result_status").asString("")).isEqualTo("8000");
    assertThat(asked.path("confirmation").asString("")).contains("/cashier/delegations/alipay-");
    assertThat(applied(content).path("confirmation")).isEqualTo(asked.path("confirmation"));
    assertThat(state(Map.of("external_agreement_no", "A_ask", "external_delegation_id", "D_ask")))
        .startsWith("SIGNING");
    var other = authority("ask", "200.00", 3);
    assertThat(applied(other).path("memo").asString("")).startsWith("INVALID_PARAMETER");
    bench.set("{\"approve_automatically\":true}");
    assertThat(applied(content).path("result_status").asString("")).isEqualTo("9000");
  }

  @Test
  void ordersArePaidWithinAmountAndNumberAndNotBeyond() throws AlipayApiException {
    var numbers = given("limits", "10.00", 3);
    assertThat(state(numbers)).isEqualTo("NORMAL 10.00 3");
    var order = prepay("L_1", "4.00");
    assertThat(order.getSubCode()).as(order.getBody()).isNull();
    assertThat(prepay("L_1", "4.00").getPrepayId()).isEqualTo(order.getPrepayId());
    assertThat(prepay("L_1", "4.50").getSubCode()).isEqualTo("CONTEXT_INCONSISTENT");

    var paid = pay(order.getPrepayId(), numbers);
    assertThat(paid.getSubCode()).as(paid.getBody()).isNull();
    assertThat(paid.getTradeNo()).isEqualTo(order.getTradeNo());
    // A repetition pays nothing again.
    assertThat(pay(order.getPrepayId(), numbers).getTradeNo()).isEqualTo(order.getTradeNo());
    assertThat(state(numbers)).isEqualTo("NORMAL 6.00 2");
    var trade =
        bench.world.participant(Psp.class).payments().find(order.getTradeNo()).orElseThrow();
    assertThat(trade.terms().principal()).isEqualTo(Principals.FIRST);
    assertThat(trade.terms().agent()).isEqualTo(World.AGENT);
    assertThat(trade.progress().paid()).matches(details -> details.byDelegation());
    var evidence = new EvidenceBundles(bench.world).verified("L_1");
    assertThat(evidence.verified()).as(evidence.toString()).isTrue();
    var query = new AlipayTradeQueryRequest();
    query.setBizContent(Json.write(Map.of("out_trade_no", "L_1")));
    assertThat(bench.client().execute(query).getTradeStatus()).isEqualTo("TRADE_SUCCESS");

    assertThat(pay(prepay("L_2", "7.00").getPrepayId(), numbers).getSubCode())
        .isEqualTo("ACQ.BEYOND_PAY_RESTRICTION");
    assertThat(pay(prepay("L_3", "1.00").getPrepayId(), numbers).getSubCode()).isNull();
    assertThat(pay(prepay("L_4", "1.00").getPrepayId(), numbers).getSubCode()).isNull();
    assertThat(state(numbers)).isEqualTo("FINISHED 4.00 0");
    assertThat(pay(prepay("L_5", "1.00").getPrepayId(), numbers).getSubCode())
        .isEqualTo("ACQ.BEYOND_PAY_RESTRICTION");
  }

  @Test
  void ofPaymentsAtOnceNoMoreAreMadeThanTheNumberAllows() throws Exception {
    var numbers = given("race", "100.00", 2);
    var orders =
        List.of(prepay("R_1", "1"), prepay("R_2", "1"), prepay("R_3", "1"), prepay("R_4", "1"));
    try (var threads = Executors.newFixedThreadPool(4)) {
      var calls =
          orders.stream()
              .<Callable<String>>map(
                  order -> () -> String.valueOf(pay(order.getPrepayId(), numbers).getSubCode()))
              .toList();
      var outcomes = new HashMap<String, Integer>();
      for (var result : threads.invokeAll(calls)) {
        outcomes.merge(result.get(), 1, Integer::sum);
      }
      assertThat(outcomes).isEqualTo(Map.of("null", 2, "ACQ.BEYOND_PAY_RESTRICTION", 2));
    }
    assertThat(state(numbers)).isEqualTo("FINISHED 98.00 0");
  }

  @Test
  void aCancelledDelegationPaysNothingMore() throws AlipayApiException {
    var numbers = given("cancel", "10.00", 5);
    var order = prepay("C_1", "1.00");
    var cancel = new AlipayUserAgreementDelegationCancelRequest();
    assertThat(call(platform(), cancel, numbers).getSubCode()).isNull();
    assertThat(state(numbers)).startsWith("CANCELLED");
    assertThat(pay(order.getPrepayId(), numbers).getSubCode())
        .isEqualTo("ACQ.AGREEMENT_STATUS_NOT_NORMAL");
  }

  @Test
  void numbersOfOthersAndOrdersThatAreTooOldAreRefused() throws AlipayApiException {
    var numbers = given("wrong", "10.00", 5);
    var order = prepay("W_1", "1.00");
    assertThat(pay("0".repeat(64), numbers).getSubCode()).isEqualTo("ACQ.ORDER_NOT_EXIST");
    assertThat(
            pay(order.getPrepayId(), Map.of("agreement_no", "alipay-0", "delegation_id", "D-0"))
                .getSubCode())
        .isEqualTo("ACQ.AGREEMENT_NOT_EXIST");
    var mixed = new HashMap<>(numbers);
    mixed.put("delegation_id", "D-0");
    assertThat(pay(order.getPrepayId(), mixed).getSubCode()).isEqualTo("ACQ.AGREEMENT_INVALID");
    assertThat(state(mixed)).isEqualTo("DELEGATION_NOT_EXIST");
    assertThat(state(Map.of("agreement_no", "x"))).isEqualTo("INVALID_PARAMETER");
    // The platform's methods are not for sellers.
    assertThat(
            call(bench.client(), new AlipayUserAgreementDelegationQueryRequest(), numbers)
                .getSubCode())
        .isEqualTo("isv.insufficient-isv-permissions");
    SERVER.post(
        "/api/worlds/" + bench.world.name() + "/clock/advance",
        Json.write(Map.of("by", Duration.ofMinutes(121).toString())),
        bench.operator);
    assertThat(pay(order.getPrepayId(), numbers).getSubCode()).isEqualTo("ACQ.ORDER_NOT_EXIST");
  }

  @Test
  void aWrongWishIsRefusedWithTheNameOfTheField() throws AlipayApiException {
    var wrong = authority("bad", "0", 1);
    assertThat(applied(wrong).path("memo").asString("")).contains("max_total_amount");
    var twisted = authority("bad", "1", 0);
    assertThat(applied(twisted).path("memo").asString("")).contains("times_limit");
    var other = authority("bad", "1", 1);
    other.put("personal_product_code", "X");
    assertThat(applied(other).path("memo").asString("")).contains("personal_product_code");
    other = authority("bad", "1", 1);
    other.put("conversation_history", List.of(Map.of("role", "ROBOT")));
    assertThat(applied(other).path("memo").asString("")).contains("conversation_history.role");
    other = authority("bad", "1", 1);
    other.put(
        "delegation_params",
        Map.of(
            "external_delegation_id", "D_bad",
            "delegation_desc", "x",
            "max_total_amount", "1",
            "validity_start_time", "2026-01-01",
            "validity_end_time", "9999-12-31"));
    assertThat(applied(other).path("memo").asString("")).contains("validity_end_time");
    other = authority("bad", "1", 1);
    other.put("delegation_params", "text");
    assertThat(applied(other).path("result_status").asString("")).isEqualTo("4000");
  }
}
