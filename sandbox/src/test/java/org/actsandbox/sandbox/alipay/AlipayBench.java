package org.actsandbox.sandbox.alipay;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.request.AlipayAipayAgentFulfillmentConfirmRequest;
import com.alipay.api.request.AlipayAipayAgentPaymentVerifyRequest;
import com.alipay.api.response.AlipayAipayAgentFulfillmentConfirmResponse;
import com.alipay.api.response.AlipayAipayAgentPaymentVerifyResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.alipay.cashier.AlipayCashier;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.key.KnownRsaPairs;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sells and buys in a world of its own through the gateway, with Alipay's own Java SDK. */
final class AlipayBench {

  static final SandboxServer SERVER = SandboxServer.shared();

  final World world;
  final String api;
  final String[] operator;
  final JsonNode app;
  private int orders;

  AlipayBench() {
    world = SERVER.newWorld();
    api = "/api/worlds/" + world.name() + "/alipay";
    operator = bearer(SERVER.operator(world));
    app = SharedRsaPair.in((ObjectNode) register("lingobee", SharedRsaPair.publicText()));
  }

  /** Registers another application, whose pair is another one. */
  JsonNode registerOther(String owner) {
    var pair = KnownRsaPairs.pair(1);
    var other =
        (ObjectNode)
            register(owner, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    return other.put(
        "private_key_pkcs8", Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
  }

  JsonNode register(String owner, String publicKey) {
    var body = Json.object().put("owner", owner).put("public_key", publicKey);
    var answer = SERVER.post(api + "/apps", Json.write(body), operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  void set(String settings) {
    var answer = SERVER.send("PATCH", api + "/settings", settings, operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  String appId() {
    return app.path("app_id").stringValue();
  }

  PrivateKey privateKey() {
    return key(app.path("private_key_pkcs8").stringValue());
  }

  RSAPublicKey platformKey() {
    try {
      return RsaKeyText.read(app.path("alipay_public_key").stringValue()).publicKey();
    } catch (KeyTextException notAKey) {
      throw new IllegalStateException(notAKey);
    }
  }

  static PrivateKey key(String text) {
    try {
      return RsaKeyText.read(text).privateKey().orElseThrow();
    } catch (KeyTextException notAKey) {
      throw new IllegalStateException(notAKey);
    }
  }

  AlipayConfig config() {
    var config = new AlipayConfig();
    config.setServerUrl(app.path("gateway").stringValue());
    config.setAppId(appId());
    config.setPrivateKey(app.path("private_key_pkcs8").stringValue());
    config.setAlipayPublicKey(app.path("alipay_public_key").stringValue());
    config.setSignType("RSA2");
    config.setCharset("UTF-8");
    config.setFormat("json");
    // The SDK's own limits are 3 and 15 seconds, which a busy machine exceeds (AIP-91).
    config.setConnectTimeout(20_000);
    config.setReadTimeout(60_000);
    return config;
  }

  AlipayClient client() throws AlipayApiException {
    return new DefaultAlipayClient(config());
  }

  static AlipayAipayAgentPaymentVerifyResponse verify(AlipayClient client, Map<String, ?> content)
      throws AlipayApiException {
    var request = new AlipayAipayAgentPaymentVerifyRequest();
    request.setBizContent(Json.write(content));
    return client.execute(request);
  }

  static AlipayAipayAgentFulfillmentConfirmResponse confirm(AlipayClient client, String tradeNo)
      throws AlipayApiException {
    var request = new AlipayAipayAgentFulfillmentConfirmRequest();
    request.setBizContent(Json.write(Map.of("trade_no", tradeNo)));
    return client.execute(request);
  }

  /** Returns a right bill of the application over 0.01 yuan, signed. */
  AlipayBill bill() {
    return unsigned("ORDER_" + ++orders, "0.01").signed(privateKey());
  }

  AlipayBill unsigned(String orderNo, String amount) {
    var seller = app.path("seller_id").stringValue();
    return new AlipayBill(
        new AlipayBill.BillOrder(
            orderNo,
            amount,
            "CNY",
            "/demo/a2m/resource",
            world
                .clock()
                .instant()
                .plusSeconds(1800)
                .atOffset(java.time.ZoneOffset.ofHours(8))
                .toString(),
            null,
            "RSA2",
            seller),
        new AlipayBill.BillSeller(
            "Kiosk", seller, appId(), "每日简报", "seller_id", AlipayBill.SANDBOX_SERVICE));
  }

  /** Returns the body that the official buyer script posts for the bill (AIP-178). */
  String order(AlipayBill bill, String buyer, String buyerSignature) {
    var tree = Json.tree(bill);
    var protocol = camelCase(tree.path("protocol")).put("buyerUniqueId", buyer);
    var method = camelCase(tree.path("method")).put("buyerUniqueIdKey", "buyerExternalId");
    var order = Json.object();
    order.set("method", method);
    order.set("protocol", protocol);
    order
        .putObject("signature")
        .put("buyerExternalId", buyer)
        .put("buyerSignature", buyerSignature)
        .put("timestamp", "1785000000000");
    return Json.write(order);
  }

  private static tools.jackson.databind.node.ObjectNode camelCase(JsonNode layer) {
    var renamed = Json.object();
    var name = java.util.regex.Pattern.compile("_([a-z])");
    layer
        .properties()
        .forEach(
            each ->
                renamed.set(
                    name.matcher(each.getKey())
                        .replaceAll(found -> found.group(1).toUpperCase(java.util.Locale.ROOT)),
                    each.getValue()));
    return renamed;
  }

  /** Decodes a form or a query. */
  static Map<String, String> fields(String form) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  String buyer() {
    return AlipayNumbers.account(world, World.PRINCIPAL);
  }

  /** Posts an order to the fixed path of the official script, without a world in the address. */
  JsonNode post(String order) {
    var answer = SERVER.post("/openclawpay/agent/v1/pay", order);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** Buys with the policy that approves at once; the answer names trade and proof. */
  JsonNode bought(AlipayBill bill, String buyerSignature) {
    set("{\"approve_automatically\":true}");
    var answer = post(order(bill, buyer(), buyerSignature));
    assertThat(answer.path("success").asBoolean(false)).as(answer.toString()).isTrue();
    assertThat(answer.path("status").stringValue()).isEqualTo("paid");
    return answer.path("protocol");
  }

  /** Returns the address of a call whose parameters all stand in the query, rightly signed. */
  URI signed(String method, Map<String, ?> content, String timestamp) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("app_id", appId());
    parameters.put("method", method);
    parameters.put("charset", "UTF-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", timestamp);
    parameters.put("version", "1.0");
    parameters.put("biz_content", Json.write(content));
    var text = StringToSign.ofRequest(parameters).getBytes(StandardCharsets.UTF_8);
    parameters.put("sign", SignType.RSA2.sign(privateKey(), text));
    return URI.create(
        app.path("gateway").stringValue()
            + "?"
            + PercentCode.form(parameters, StandardCharsets.UTF_8));
  }

  /** Buys without HTTP, with the policy that approves at once, and returns the trade's number. */
  String paid() {
    var order = order(bill(), buyer(), "-").getBytes(StandardCharsets.UTF_8);
    return new AlipayCashier(world.participant(AlipayGateway.class))
        .pay(CashierOrder.read(order).orElseThrow(), Duration.ZERO)
        .trade()
        .tradeNo();
  }
}
