package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.sandbox.alipay.cashier.AlipayCashier;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the cashier that the official buyer script calls (AIP-167 to AIP-186). */
class AlipayCashierTests {

  final AlipayBench bench = new AlipayBench();

  @Test
  void theSameBillIsPaidOnce() {
    var bill = bench.bill();
    var first = bench.bought(bill, "-");
    var second = bench.bought(bill, "-");
    assertThat(second).isEqualTo(first);
    var other =
        bench.unsigned(first.path("outTradeNo").stringValue(), "0.02").signed(bench.privateKey());
    assertThat(refusal(bench.order(other, bench.buyer(), "-"))).contains("protocol.outTradeNo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "sellerSignature":"[^"]*"  | "sellerSignature":""        | protocol.sellerSignature不能为空
          "sellerSignature":"..      | "sellerSignature":"xx       | protocol.sellerSignature验签失败
          "amount":"0.01"            | "amount":"1"                | protocol.sellerSignature验签失败
          "amount":"0.01"            | "amount":"50.01"            | protocol.amount超出范围
          "amount":"0.01"            | "amount":"0.00"             | protocol.amount超出范围
          "amount":"0.01"            | "amount":"0.001"            | protocol.amount格式有误
          "amount":"0.01"            | "amount":"-1"               | protocol.amount格式有误
          "currency":"CNY"           | "currency":"USD"            | protocol.currency应为 CNY
          "payBefore":"[^"]*"        | "payBefore":"tomorrow"      | protocol.payBefore格式有误
          "payBefore":"[^"]*"        | "payBefore":"2020-01-01T00:00:00+08:00" | protocol.sellerSignature验签失败
          "sellerSignType":"RSA2"    | "sellerSignType":"RSA"      | protocol.sellerSignType应为 RSA2
          "sellerAppId":"[^"]*"      | "sellerAppId":"9021"        | method.sellerAppId不存在
          "sellerUniqueId":"[^"]*"   | "sellerUniqueId":"2088"     | protocol.sellerUniqueId应为
          "buyerUniqueId":"[^"]*"    | "buyerUniqueId":"2088"      | protocol.buyerUniqueId不存在
          "goodsName":"[^"]*"        | "goodsName":" "             | method.goodsName不能为空
          "goodsName":"[^"]*"        | "goodsName":"\\\\ud800"          | method.goods_name格式有误
          "resourceId":"[^"]*"       | "resourceId":null           | protocol.resourceId不能为空
          """)
  void aWrongBillIsRefusedAndNothingIsPaid(String from, String to, String message) {
    bench.set("{\"approve_automatically\":true}");
    var wrong = bench.order(bench.bill(), bench.buyer(), "-").replaceFirst(from, to);
    var answer = SERVER.post("/w/" + bench.world.name() + "/openclawpay/agent/v1/pay", wrong);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("errorCode").asString("")).isEqualTo("PARAM_INVALID");
    assertThat(answer.json().path("errorMessage").stringValue())
        .contains(message)
        .doesNotContain("重试", "繁忙");
  }

  @Test
  void aBillThatIsOverIsNotPaidButItsPaymentIsFoundAgain() {
    var bill = bench.bill();
    var paid = bench.bought(bill, "none");
    var late = bench.bill();
    bench.world.clock().advanceBy(Duration.ofHours(1));
    assertThat(refusal(bench.order(late, bench.buyer(), "none"))).contains("protocol.payBefore已过期");
    var again = bench.post(bench.order(bill, bench.buyer(), "none"));
    assertThat(again.path("protocol")).isEqualTo(paid);
    assertThat(paid.path("paymentProof").stringValue()).hasSize(64);
  }

  @Test
  void aCallerThatDoesNotWaitHearsAtOnceThatThePaymentIsOpen() {
    var order = bench.order(bench.bill(), bench.buyer(), "none");
    var answer = SERVER.post("/openclawpay/agent/v1/pay", order, "Prefer", "wait=0");
    assertThat(answer.json().path("success").asBoolean()).isTrue();
    assertThat(answer.json().path("status").stringValue()).isEqualTo("waiting_for_approval");
    assertThat(answer.json().at("/protocol/paymentProof").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"'{'", "'[]'", "'{}'", "'{\"protocol\":{},\"method\":{}}'", "'\"text\"'"})
  void whatIsNoOrderIsRefused(String body) {
    assertThat(refusal(body)).isNotEmpty();
  }

  @Test
  void thePrincipalDecidesWhileTheCallerWaits() throws Exception {
    var gateway = bench.world.participant(AlipayGateway.class);
    var order = order();
    var psp = bench.world.participant(Psp.class);
    var opened = new AlipayCashier(gateway).pay(order, Duration.ZERO);
    assertThat(opened.paid()).isFalse();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting =
          threads.submit(() -> new AlipayCashier(gateway).pay(order, Duration.ofSeconds(20)));
      var principal = new Caller(Role.PRINCIPAL, World.PRINCIPAL);
      var shown = psp.approvals().show(opened.trade().tradeNo(), principal);
      assertThat(shown.content().amount()).isEqualTo("0.01");
      psp.approvals()
          .decide(
              opened.trade().tradeNo(),
              new ApprovalRequest("APPROVE", shown.digest(), World.OPENING_PIN),
              principal);
      assertThat(waiting.get().paid()).isTrue();
    }
  }

  @Test
  void aPrincipalWithAnotherPinDecidesItself() {
    var psp = bench.world.participant(Psp.class);
    psp.pins().change(World.PRINCIPAL, World.OPENING_PIN, "975310");
    bench.set("{\"approve_automatically\":true}");
    var gateway = bench.world.participant(AlipayGateway.class);
    assertThat(new AlipayCashier(gateway).pay(order(), Duration.ZERO).paid()).isFalse();
  }

  @Test
  void alipaysNameCountsForItsOwnPathOnly() throws IOException {
    var order = bench.order(bench.bill(), "2088", "-").getBytes(StandardCharsets.UTF_8);
    assertThat(status("aicashier.dl.alipaydev.com", "/openclawpay/agent/v1/pay", order))
        .startsWith("HTTP/1.1 200");
    assertThat(status("aicashier.dl.alipaydev.com", "/api/worlds", order))
        .startsWith("HTTP/1.1 403");
    assertThat(status("evil.example", "/openclawpay/agent/v1/pay", order))
        .startsWith("HTTP/1.1 403");
  }

  private static String status(String host, String path, byte[] body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.origin().getPort())) {
      socket.setSoTimeout(10_000);
      var out = socket.getOutputStream();
      out.write(
          ("POST "
                  + path
                  + " HTTP/1.1\r\nHost: "
                  + host
                  + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private CashierOrder order() {
    return CashierOrder.read(
            bench.order(bench.bill(), bench.buyer(), "-").getBytes(StandardCharsets.UTF_8))
        .orElseThrow();
  }

  private String refusal(String order) {
    var answer = bench.post(order);
    assertThat(answer.path("success").asBoolean(true)).isFalse();
    return answer.path("errorMessage").stringValue();
  }
}
