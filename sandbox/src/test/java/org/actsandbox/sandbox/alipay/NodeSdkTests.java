package org.actsandbox.sandbox.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
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
    var node =
        new ProcessBuilder(
                "node", SCRIPT.toString(), Json.write(settings), method, Json.write(content))
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
