package org.actsandbox.sandbox.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.notification.WebhookReceiver;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests the gateway with Alipay's own Node SDK, which verifies the answers (AIP-79, AIP-120,
 * AIP-318). {@code ./test} installs the SDK; without it or Node the test is skipped.
 */
class NodeSdkTests {

  private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  private static final Path SDK = BASE.resolveSibling("target").resolve("alipay-node");
  private static final Path SCRIPT = BASE.resolve("src/test/node/alipay/call.mjs");
  private static final Path PAGE = BASE.resolve("src/test/node/alipay/page.mjs");

  private static final String VERIFY = "alipay.aipay.agent.payment.verify";

  @Test
  void aPurchaseIsVerifiedAndConfirmedAndTheAnswersVerify() throws Exception {
    assumeTrue(
        Files.isDirectory(SDK.resolve("node_modules")),
        "Alipay's Node SDK is not installed: ./test does it");
    var bench = new AlipayBench();
    var tradeNo = bench.bought(bench.bill(), "-").path("tradeNo").stringValue();
    var settings = settings(bench);

    var verified =
        call(
            settings,
            VERIFY,
            Map.of("trade_no", tradeNo, "payment_proof", "p", "client_session", "会话 +/="));
    assertThat(verified.path("code").asString("")).as(verified.toString()).isEqualTo("10000");
    assertThat(verified.path("active").asBoolean(false)).isTrue();
    assertThat(verified.path("tradeNo").asString("")).isEqualTo(tradeNo);
    var confirm = Map.of("trade_no", tradeNo);
    assertThat(
            call(settings, "alipay.aipay.agent.fulfillment.confirm", confirm)
                .path("tradeNo")
                .asString(""))
        .isEqualTo(tradeNo);
    // The SDK gives its keys in camelCase, which the official demo does not expect (AIP-40).
    assertThat(
            call(settings, "alipay.aipay.agent.fulfillment.confirm", confirm)
                .path("subCode")
                .asString(""))
        .isEqualTo("TRADE_STATUS_INVALID");

    settings.put("alipayPublicKey", bench.app.at("/keys/0/public_key").stringValue());
    assertThat(call(settings, VERIFY, Map.of()).path("failed").asString("")).isNotEmpty();
  }

  /** Pays on a page, is told, and pays back, all with the SDK's own forms and checks (AIP-277). */
  @Test
  void aPaymentOnAPageIsToldVerifiedAndPaidBack() throws Exception {
    assumeTrue(
        Files.isDirectory(SDK.resolve("node_modules")),
        "Alipay's Node SDK is not installed: ./test does it");
    var bench = new AlipayBench();
    bench.set("{\"approve_automatically\":true}");
    var settings = settings(bench);
    try (var receiver = new WebhookReceiver()) {
      receiver.answering =
          exchange -> {
            exchange.sendResponseHeaders(200, 7);
            exchange.getResponseBody().write("success".getBytes(StandardCharsets.US_ASCII));
          };
      var form =
          node(
                  PAGE,
                  settings,
                  "form",
                  Map.of(
                      "notifyUrl",
                      receiver.url("/notify"),
                      "returnUrl",
                      "http://shop.example/return",
                      "bizContent",
                      Map.of(
                          "out_trade_no", "NODE_1",
                          "total_amount", "2.50",
                          "subject", "一本书 100% +/=",
                          "product_code", "FAST_INSTANT_TRADE_PAY")))
              .path("form")
              .asString("");
      var page =
          AlipayBench.SERVER.get(form.substring(AlipayBench.SERVER.origin().toString().length()));
      var link = Pattern.compile("id=\"next\" href=\"([^\"]+)\"").matcher(page.text());
      assertThat(link.find()).as(page.text()).isTrue();
      var back = AlipayBench.fields(URI.create(link.group(1).replace("&amp;", "&")).getRawQuery());
      assertThat(node(PAGE, settings, "check", back).path("verified").asBoolean(false)).isTrue();

      AlipayBench.SERVER.post(
          "/api/worlds/" + bench.world.name() + "/clock/advance",
          "{\"by\":\"PT1S\"}",
          bench.operator);
      assertThat(receiver.arrivals).hasSize(1);
      var told =
          AlipayBench.fields(
              new String(receiver.arrivals.getFirst().body(), StandardCharsets.UTF_8));
      var checked = node(PAGE, settings, "check", told);
      assertThat(checked.path("verifiedV2").asBoolean(false)).as(checked.toString()).isTrue();
      // The SDK's first check decodes values once more, and fails at a percent sign (AIP-191).
      assertThat(checked.path("verified").asBoolean(true)).isFalse();
      told.put("total_amount", "0.01");
      assertThat(node(PAGE, settings, "check", told).path("verifiedV2").asBoolean(true)).isFalse();
    }
    var refunded =
        call(
            settings,
            "alipay.trade.refund",
            Map.of("out_trade_no", "NODE_1", "refund_amount", "2.50"));
    assertThat(refunded.path("fundChange").asString("")).as(refunded.toString()).isEqualTo("Y");
  }

  private static ObjectNode settings(AlipayBench bench) {
    return Json.object()
        .put("gateway", bench.app.path("gateway").stringValue())
        .put("appId", bench.appId())
        .put("privateKey", bench.app.path("private_key_pkcs1").stringValue())
        .put("alipayPublicKey", bench.app.path("alipay_public_key").stringValue())
        .put("keyType", "PKCS1");
  }

  private static JsonNode call(ObjectNode settings, String method, Map<String, ?> content)
      throws IOException, InterruptedException {
    return node(SCRIPT, settings, method, content);
  }

  private static JsonNode node(
      Path script, ObjectNode settings, String order, Map<String, ?> content)
      throws IOException, InterruptedException {
    var node =
        new ProcessBuilder(
                "node", script.toString(), Json.write(settings), order, Json.write(content))
            .directory(SDK.toFile())
            .redirectErrorStream(true)
            .start();
    try (var out = node.getInputStream()) {
      var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(node.waitFor()).as(text).isZero();
      return Json.parse(text.strip());
    }
  }
}
