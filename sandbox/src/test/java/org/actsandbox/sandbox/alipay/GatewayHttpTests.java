package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.alipay.AlipayBench.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.response.SdkCut;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the gateway's address with requests as other SDKs lay them out, and with wrong ones. */
class GatewayHttpTests {

  static final String CONFIRM = "alipay.aipay.agent.fulfillment.confirm";
  static final String FORM = "application/x-www-form-urlencoded;charset=UTF-8";

  final AlipayBench bench = new AlipayBench();

  @Test
  void theRestFormIsRefusedInItsOwnShape() {
    var answer = AlipayBench.SERVER.post("/v3/alipay/trade/query", "{}");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("code").stringValue()).isEqualTo("invalid-method");
    assertThat(answer.json().path("message").stringValue()).contains("/gateway.do");
    assertThat(answer.json().path("links").isArray()).isTrue();
  }

  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("app_id", bench.appId());
    parameters.put("method", CONFIRM);
    parameters.put("charset", "UTF-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", "2026-08-25 10:00:00");
    parameters.put("version", "1.0");
    parameters.put("biz_content", "{\"trade_no\":\"交易\"}");
    return parameters;
  }

  Map<String, String> signed(Map<String, String> parameters) {
    var charset =
        Charset.forName(parameters.getOrDefault("charset", "").equals("GBK") ? "GBK" : "UTF-8");
    var signed = new LinkedHashMap<>(parameters);
    signed.put(
        "sign",
        SignType.RSA2.sign(
            bench.privateKey(), StringToSign.ofRequest(parameters).getBytes(charset)));
    return signed;
  }

  String path() {
    return "/w/" + bench.world.name() + "/gateway.do";
  }

  SandboxAnswer post(String query, String body) {
    return answer(SERVER.send("POST", path() + query, body, "Content-Type", FORM));
  }

  record SandboxAnswer(String text, String subCode, String code, String contentType) {}

  /** Checks what every answer owes: status, type, and a signature that each SDK's cut verifies. */
  SandboxAnswer answer(SandboxServer.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("trace_id")).hasSize(32);
    var root = answer.text().substring(2, answer.text().indexOf('"', 2));
    var tree = answer.json();
    if (tree.has("sign")) {
      for (var cut : List.of(SdkCut.JAVA, SdkCut.DOTNET, SdkCut.NODE, SdkCut.PYTHON, SdkCut.PHP)) {
        var part = cut.signedPart(answer.text(), root).orElseThrow();
        assertThat(
                SignType.RSA2.verifies(
                    bench.platformKey(),
                    part.getBytes(charset(answer)),
                    tree.path("sign").stringValue()))
            .as(cut.name())
            .isTrue();
      }
    }
    return new SandboxAnswer(
        answer.text(),
        tree.path(root).path("sub_code").asString(""),
        tree.path(root).path("code").stringValue(),
        answer.header("Content-Type"));
  }

  private static Charset charset(SandboxServer.Answer answer) {
    return answer.header("Content-Type").endsWith("gbk")
        ? Charset.forName("GBK")
        : StandardCharsets.UTF_8;
  }

  static String form(Map<String, String> parameters) {
    return PercentCode.form(parameters, StandardCharsets.UTF_8);
  }

  @Test
  void everyPlaceOfTheParametersGivesTheSameAnswer() {
    var signed = signed(parameters());
    var body = Map.of("biz_content", signed.getOrDefault("biz_content", ""));
    var query = new LinkedHashMap<>(signed);
    query.remove("biz_content");
    var net = new LinkedHashMap<>(signed);
    net.remove("charset");

    assertThat(post("?" + form(query), form(body)).subCode()).isEqualTo("TRADE_NO_INVALID");
    assertThat(post("?charset=UTF-8", form(net)).subCode()).isEqualTo("TRADE_NO_INVALID");
    assertThat(post("?" + form(signed), "").subCode()).isEqualTo("TRADE_NO_INVALID");
    var got = answer(SERVER.get(path() + "?" + form(signed)));
    assertThat(got.subCode()).isEqualTo("TRADE_NO_INVALID");
    assertThat(got.contentType()).isEqualTo("text/html;charset=utf-8");
    assertThat(got.text()).startsWith("{\"alipay_aipay_agent_fulfillment_confirm_response\":{");
  }

  @Test
  void anAbsoluteRequestLineReachesTheGateway() throws IOException {
    var path = "/gateway.do?" + form(signed(parameters()));
    var own = SERVER.origin().getAuthority();
    assertThat(sent("http://" + own + path, own)).contains("\"sub_code\":\"TRADE_NO_INVALID\"");
    // A redirected program keeps the name of Alipay's host (AIP-304).
    assertThat(sent(path, "openapi.alipay.com")).contains("\"sub_code\":\"TRADE_NO_INVALID\"");
    assertThat(sent(path, "evil.example")).doesNotContain("TRADE_NO_INVALID");
  }

  private static String sent(String target, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.origin().getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + target
                      + " HTTP/1.1\r\nHost: "
                      + host
                      + "\r\n"
                      + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anotherSitesPageMayPostHereAndNowhereElse() {
    var foreign =
        SERVER.send(
            "POST",
            path(),
            form(signed(parameters())),
            "Content-Type",
            FORM,
            "Origin",
            "https://shop.example");
    assertThat(answer(foreign).subCode()).isEqualTo("TRADE_NO_INVALID");
    assertThat(
            SERVER
                .post("/openclawpay/agent/v1/pay", "{}", "Origin", "https://shop.example")
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "method, '', 40001, isv.missing-method",
    "method, alipay.none, 40002, isv.invalid-method",
    "app_id, '', 40001, isv.missing-app-id",
    "app_id, 9021000000000000, 40002, isv.invalid-app-id",
    "sign_type, '', 40001, isv.missing-signature-type",
    "sign_type, rsa2, 40002, isv.invalid-signature-type",
    "timestamp, '', 40001, isv.missing-timestamp",
    "timestamp, 2026-02-30 10:00:00, 40002, isv.invalid-timestamp",
    "format, xml, 40002, isv.invalid-format",
    "version, 2.0, 40002, isv.invalid-parameter",
    "charset, latin9, 40002, isv.invalid-charset",
    "encrypt_type, AES, 40002, isv.invalid-encrypt-type",
    "app_auth_token, t, 40002, isv.not-support-app-auth",
    "biz_content, [], 40002, isv.illegal-json",
    "biz_content, '{', 40002, isv.illegal-json"
  })
  void aWrongParameterIsRefusedInTheGatewaysForm(
      String name, String value, String code, String subCode) {
    var parameters = parameters();
    parameters.put(name, value);
    var answer = post("?" + form(signed(parameters)), "");
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.subCode()).as(answer.text()).isEqualTo(subCode);
    boolean known = !name.equals("app_id");
    assertThat(Json.parse(answer.text()).has("sign")).isEqualTo(known);
    assertThat(answer.text().startsWith("{\"" + SignedResponse.ERROR_ROOT))
        .isEqualTo(name.equals("method"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1&a=2",
        "%zz=1",
        "a=%4",
        "{\"json\":true}",
        "\u0000\u0001",
        "&&&",
        "=",
        "sign=x&sign=y"
      })
  void whatIsNoRequestIsRefusedInTheGatewaysForm(String body) {
    assertThat(post("", body).code()).startsWith("4000");
    assertThat(post("?charset=GBK&app_id=" + bench.appId(), body).code()).startsWith("4000");
  }

  @Test
  void aMissingOrAlteredSignatureIsRefused() {
    assertThat(post("?" + form(parameters()), "").subCode()).isEqualTo("isv.missing-signature");
    var altered = new LinkedHashMap<>(signed(parameters()));
    altered.put("version", "1.0 ");
    altered.put("biz_content", "{\"trade_no\":\"1\"}");
    altered.put("version", "1.0");
    assertThat(post("?" + form(altered), "").subCode()).isEqualTo("isv.invalid-signature");
  }

  @Test
  void anApplicationWithoutAKeyAndAnAgentsApplicationAreRefused() {
    var noKey = bench.register("wordbridge", "");
    var parameters = parameters();
    parameters.put("app_id", noKey.path("app_id").stringValue());
    assertThat(post("?" + form(signed(parameters)), "").subCode())
        .isEqualTo("isv.missing-signature-config");
    var agent = bench.register("demo-agent", bench.app.at("/keys/0/public_key").stringValue());
    assertThat(agent.path("owner_kind").stringValue()).isEqualTo("agent");
    parameters.put("app_id", agent.path("app_id").stringValue());
    assertThat(post("?" + form(signed(parameters)), "").subCode())
        .isEqualTo("isv.insufficient-isv-permissions");
  }

  @Test
  void gbkIsReadAndAnswered() {
    var parameters = parameters();
    parameters.put("charset", "GBK");
    var gbk = Charset.forName("GBK");
    var answer =
        SERVER.send(
            "POST",
            path() + "?" + PercentCode.form(signed(parameters), gbk),
            "",
            "Content-Type",
            FORM);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=gbk");
    assertThat(answer.text()).contains("TRADE_NO_INVALID");
  }

  @Test
  void aPrivateKeyInThePlaceOfAPublicOneIsRefusedAndNotRepeated() {
    for (var name : List.of("private_key_pkcs8", "private_key_pkcs1")) {
      var key = bench.app.path(name).stringValue();
      var answer =
          SERVER.post(
              bench.api + "/apps",
              Json.write(Map.of("owner", "wordbridge", "public_key", key)),
              bench.operator);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("a private key").doesNotContain(key.substring(0, 40));
    }
    assertThat(SERVER.get(bench.api + "/apps", bench.operator).json().path("apps")).hasSize(1);
  }

  @Test
  void aPrivateKeyInARequestIsMaskedInTheJournal() {
    var key = bench.app.path("private_key_pkcs8").stringValue();
    var parameters = parameters();
    parameters.put("biz_content", Json.write(Map.of("trade_no", "1", "note", key)));
    post("?" + form(signed(parameters)), form(Map.of("extra", key)));
    var journal =
        SERVER.get("/api/worlds/" + bench.world.name() + "/journal", bench.operator).text();
    assertThat(journal).contains("gateway.do").doesNotContain(key.substring(40, 90));
  }

  @Test
  void aFailureBeforeTheGatewayHasItsFormToo() {
    var unknown = SERVER.post("/w/no-such-world/gateway.do", "", "Content-Type", FORM);
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.json().at("/error_response/sub_code").stringValue())
        .isEqualTo("isv.invalid-parameter");
    var large = SERVER.post(path(), "a".repeat(300 * 1024), "Content-Type", FORM);
    assertThat(large.status()).isEqualTo(200);
    assertThat(large.json().at("/error_response/code").stringValue()).isEqualTo("40002");
  }

  @Test
  void theWrongPublicKeysAreNamed() {
    var platform = bench.app.path("alipay_public_key").stringValue();
    assertThat(refused(platform)).contains("the platform's public key");
    assertThat(refused(platform.substring(0, 100))).contains("cut off");
    assertThat(refused("not a key!")).contains("neither PEM nor Base64");
  }

  private String refused(String key) {
    var answer =
        SERVER.send(
            "PATCH",
            bench.api + "/apps/" + bench.appId(),
            Json.write(Map.of("public_key", key)),
            bench.operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    return answer.json().path("detail").stringValue();
  }

  @Test
  void thePrivateKeyIsAnsweredOnceAndTheSettingsHaveIt() {
    var made = bench.register("wordbridge", "make");
    var key = made.path("private_key_pkcs1").stringValue();
    assertThat(made.path("settings").toString()).contains(key);
    var again =
        SERVER.get(bench.api + "/apps/" + made.path("app_id").stringValue(), bench.operator);
    assertThat(again.text()).doesNotContain("private_key_pkcs").doesNotContain(key);
    assertThat(bench.appId()).matches("9021[0-9]{12}");
    assertThat(bench.buyer()).matches("2088[0-9]{12}");
    assertThat(SERVER.get(bench.api + "/apps").status()).isEqualTo(401);
    assertThat(
            SERVER
                .send("DELETE", bench.api + "/apps/" + bench.appId(), null, bench.operator)
                .status())
        .isEqualTo(204);
    assertThat(post("?" + form(signed(parameters())), "").subCode())
        .isEqualTo("isv.invalid-app-id");
  }
}
