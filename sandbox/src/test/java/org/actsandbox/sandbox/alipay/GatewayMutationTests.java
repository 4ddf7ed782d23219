package org.actsandbox.sandbox.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tests the gateway with many wrong requests: each answer has status 200 and the gateway's own
 * shape, no call fails inside, and nothing is left half done (AIP-114, AIP-125). More of them, or
 * others, are sent with {@code -Dact.mutations=2000 -Dact.mutations.seed=1}.
 */
class GatewayMutationTests {

  /** Ours: few enough for each build. */
  private static final int REQUESTS = Integer.getInteger("act.mutations", 120);

  private static final Charset GBK = Charset.forName("GBK");

  private static final List<String> METHODS =
      List.of(
          "alipay.aipay.agent.payment.verify",
          "alipay.aipay.agent.fulfillment.confirm",
          "alipay.trade.page.pay",
          "alipay.trade.query",
          "alipay.trade.close",
          "alipay.trade.refund",
          "alipay.trade.fastpay.refund.query",
          "alipay.trade.app.pay",
          "alipay.user.agreement.delegation.apply",
          "alipay.user.agreement.delegation.query",
          "alipay.user.agreement.delegation.cancel",
          "alipay.trade.order.prepay",
          "alipay.trade.agent.delegation.pay",
          "alipay.aipay.trade.precreate");

  private static final List<String> FIELDS =
      List.of(
          "trade_no",
          "out_trade_no",
          "payment_proof",
          "client_session",
          "total_amount",
          "subject",
          "product_code",
          "refund_amount",
          "out_request_no",
          "agreement_no",
          "delegation_id",
          "payment_type",
          "prepay_id",
          "time_expire",
          "query_options",
          "unknown");

  private static final List<Object> VALUES =
      Arrays.asList(
          "",
          "x".repeat(3000),
          "中".repeat(100_000),
          "2026112822001406474927275254",
          "0.01",
          "-1",
          "1e9",
          "NaN",
          "FAST_INSTANT_TRADE_PAY",
          "agent_pay",
          "2026-99-99 00:00:00",
          "\u0000",
          "中文 😀 100% +/=&",
          "\"sign\"",
          "alipay_trade_query_response",
          null,
          true,
          5,
          1e300,
          List.of(),
          List.of(Map.of()),
          Map.of("channel", 1));

  private static final List<String> CONTENTS =
      List.of("", "[]", "null", "{", "[[".repeat(3000), "{\"a\":1,\"a\":2}", "{\"a\":1e999999}");

  private final AlipayBench bench = new AlipayBench();
  private final Random random = new Random(Integer.getInteger("act.mutations.seed", 18));

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean oneOf(int many) {
    return random.nextInt(many) == 0;
  }

  private Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("app_id", oneOf(20) ? any(List.of("", "1")) : bench.appId());
    parameters.put("method", any(METHODS));
    parameters.put("charset", oneOf(8) ? any(List.of("GBK", "x", "", "utf-16")) : "utf-8");
    parameters.put("sign_type", oneOf(20) ? any(List.of("RSA", "rsa2", "SM2")) : "RSA2");
    parameters.put("timestamp", oneOf(20) ? "yesterday" : "2026-08-25 10:00:00");
    parameters.put("version", "1.0");
    if (oneOf(10)) {
      parameters.put(
          any(List.of("notify_url", "return_url", "app_auth_token", "encrypt_type")),
          any(List.of("", "javascript:x", "AES", "x".repeat(2000))));
    }
    var content = Json.object();
    for (int i = random.nextInt(6); i > 0; i--) {
      content.set(any(FIELDS), Json.tree(any(VALUES)));
    }
    parameters.put("biz_content", oneOf(10) ? any(CONTENTS) : Json.write(content));
    if (oneOf(15)) {
      parameters.remove(any(List.copyOf(parameters.keySet())));
    }
    var charset = charset(parameters);
    var type = SignType.of(parameters.getOrDefault("sign_type", "")).orElse(SignType.RSA2);
    var sign = type.sign(bench.privateKey(), StringToSign.ofRequest(parameters).getBytes(charset));
    parameters.put("sign", oneOf(15) ? any(List.of("", "%", sign.substring(9))) : sign);
    return parameters;
  }

  private static Charset charset(Map<String, String> parameters) {
    return parameters.getOrDefault("charset", "").equals("GBK") ? GBK : StandardCharsets.UTF_8;
  }

  private static String form(Map<String, String> parameters, Charset charset) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), charset))
        .collect(Collectors.joining("&"));
  }

  @Test
  void everyWrongRequestIsAnsweredInTheGatewaysShape() {
    var wrong = new ArrayList<String>();
    for (int i = 0; i < REQUESTS; i++) {
      var parameters = parameters();
      // Some state one charset and send the other.
      var charset = oneOf(10) ? any(List.of(GBK, StandardCharsets.UTF_8)) : charset(parameters);
      var query = new LinkedHashMap<>(parameters);
      var content = String.valueOf(query.remove("biz_content"));
      var body = "biz_content=" + URLEncoder.encode(content, charset);
      var twice = oneOf(15) ? "&" + any(List.of("app_id=1", "sign=x", "method=", "a&a")) : "";
      var answer =
          switch (random.nextInt(4)) {
            case 0 -> send("", form(parameters, charset) + twice, GatewayHttpTests.FORM);
            case 1 -> send("?charset=utf-8", form(parameters, charset), GatewayHttpTests.FORM);
            case 2 ->
                send("?" + form(query, charset), body, any(List.of("text/plain", "multipart/x")));
            default ->
                send(
                    "?" + form(query, charset) + twice,
                    body + any(List.of("", "", "", "&", "&=", "&%zz", "&biz_content=x")),
                    GatewayHttpTests.FORM);
          };
      var text = answer.text();
      boolean page = text.startsWith("<!doctype html>");
      if (answer.status() != 200
          || !(page || text.matches("(?s)\\{\"\\w+_response\":\\{\"code\":\"[0-9]{5}\".*"))
          || text.contains("unknow-error")) {
        wrong.add(answer.status() + " " + text + " to " + parameters);
      }
    }
    assertThat(wrong).isEmpty();
    // Nobody was asked for a PIN, so nothing is paid; an order is there whole or not at all.
    assertThat(count("select count(*) from psp_payment where world = ? and status = 'PAID'"))
        .isZero();
    assertThat(
            count(
                "select count(*) from alipay_trades a where a.world = ? and not exists (select 1"
                    + " from psp_payment p where p.world = a.world and p.trade_no = a.trade_no)"))
        .isZero();
  }

  private int count(String sql) {
    return AlipayBench.SERVER
        .bean(JdbcClient.class)
        .sql(sql)
        .param(bench.world.partition())
        .query(Integer.class)
        .single();
  }

  private static SandboxServer.Answer send(String query, String body, String type) {
    return AlipayBench.SERVER.send("POST", "/gateway.do" + query, body, "Content-Type", type);
  }

  @Test
  void anAddressThatIsNoUriIsAnsweredInTheGatewaysShape() throws IOException {
    try (var socket = new Socket("localhost", AlipayBench.SERVER.origin().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /gateway.do?method=<x> HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"error_response\":");
    }
  }
}
