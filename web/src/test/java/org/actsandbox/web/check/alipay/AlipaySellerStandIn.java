package org.actsandbox.web.check.alipay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.response.SdkCut;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sells one resource in Alipay's profile, rightly or with a defect, so that each check is seen to
 * notice what it is about.
 */
final class AlipaySellerStandIn implements AutoCloseable {

  /** Lists the mistakes, each named for what the seller does. */
  enum Defect {
    ASKS_NOTHING,
    UNREADABLE_BILL,
    PADDED_BILL,
    EMPTY_FIELD,
    OTHER_CURRENCY,
    AMOUNT_IN_FEN,
    TIME_WITHOUT_OFFSET,
    OTHER_SELLER,
    UNSIGNED_FIELD,
    ONE_ORDER_NUMBER,
    LONG_ORDER_NUMBER,
    DELIVERS_NOTHING,
    NO_VALIDATION,
    NEVER_CONFIRMS,
    ONE_ALPHABET,
    FAILS_AT_BAD_PROOF,
    VERIFIES_NOTHING,
    DELIVERS_ANEW,
    COMPARES_NO_AMOUNT,
    COMPARES_NO_ORDER,
    COMPARES_NO_RESOURCE,
    IGNORES_ACTIVE,
    TRUSTS_ANY_KEY,
    IGNORES_REFUSAL,
    DELIVERS_WHEN_UNAVAILABLE,
    CONFIRMS_ONCE,
    DELIVERS_IN_SILENCE,
    FAILS_AT_EMPTY_FIELDS
  }

  private static final String RESOURCE = "/report";

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonNode application;
  private final PrivateKey key;
  private final PublicKey platform;
  private final Map<String, AlipayBill> orders = new ConcurrentHashMap<>();
  private final Map<String, String> delivered = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  volatile Set<Defect> defects = Set.of();

  /**
   * @param application what the registration answered, with the private key
   */
  AlipaySellerStandIn(JsonNode application) {
    this.application = application;
    try {
      this.key =
          RsaKeyText.read(application.path("private_key_pkcs8").asString(""))
              .privateKey()
              .orElseThrow();
      this.platform =
          RsaKeyText.read(application.path("alipay_public_key").asString("")).publicKey();
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (KeyTextException noKey) {
      throw new IllegalStateException(noKey);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** Begins anew with other mistakes: what it sold before with others is forgotten. */
  void begin(Set<Defect> mistakes) {
    defects = mistakes;
    orders.clear();
    delivered.clear();
  }

  URI resource() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + RESOURCE);
  }

  /** Returns what a program of the same application finds in its environment. */
  Map<String, String> environment() {
    return Map.of(
        "ALIPAY_GATEWAY", application.path("gateway").asString(""),
        "ALIPAY_APP_ID", application.path("app_id").asString(""),
        "ALIPAY_SELLER_ID", application.path("seller_id").asString(""),
        "ALIPAY_PRIVATE_KEY", application.path("private_key_pkcs1").asString(""),
        "ALIPAY_ALIPAY_PUBLIC_KEY", application.path("alipay_public_key").asString(""));
  }

  private boolean has(Defect defect) {
    return defects.contains(defect);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var header = exchange.getRequestHeaders().getFirst("Payment-Proof");
      if (header == null || header.isBlank()) {
        ask(exchange);
      } else {
        sell(exchange, header);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException failure) {
      answer(exchange, 500, "{\"code\":\"FULFILLMENT_ERROR\"}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void ask(HttpExchange exchange) throws IOException {
    if (has(Defect.ASKS_NOTHING)) {
      answer(exchange, 200, "{\"content\":\"free\"}");
      return;
    }
    var bill = bill();
    orders.put(String.valueOf(bill.protocol().outTradeNo()), bill);
    var header = bill.encode();
    if (has(Defect.UNREADABLE_BILL)) {
      header = "bill";
    }
    if (has(Defect.PADDED_BILL)) {
      // A blank in the JSON makes a length that needs padding.
      header =
          Base64.getEncoder()
              .encodeToString((Json.write(bill) + " ").getBytes(StandardCharsets.UTF_8));
      header = header.endsWith("=") ? header : header + "====";
    }
    exchange.getResponseHeaders().set("Payment-Needed", header);
    answer(exchange, 402, "{\"code\":\"Payment-Needed\"}");
  }

  private AlipayBill bill() {
    var seller = application.path("seller_id").asString("");
    var number = has(Defect.ONE_ORDER_NUMBER) ? "ONE" : "N" + numbers.incrementAndGet();
    var time = Instant.now().plusSeconds(1800);
    var bill =
        new AlipayBill(
            new AlipayBill.BillOrder(
                has(Defect.LONG_ORDER_NUMBER) ? "N".repeat(64) + number : number,
                has(Defect.AMOUNT_IN_FEN) ? "150" : "1.50",
                has(Defect.OTHER_CURRENCY) ? "USD" : "CNY",
                RESOURCE,
                has(Defect.TIME_WITHOUT_OFFSET)
                    ? time.atOffset(ZoneOffset.UTC).toLocalDateTime().toString()
                    : time.atOffset(ZoneOffset.ofHours(8)).toString(),
                null,
                "RSA2",
                seller),
            new AlipayBill.BillSeller(
                "Reports",
                has(Defect.OTHER_SELLER) ? "2088000000000000" : seller,
                application.path("app_id").asString(""),
                has(Defect.EMPTY_FIELD) ? "" : "Report",
                "seller_id",
                AlipayBill.SANDBOX_SERVICE));
    if (!has(Defect.UNSIGNED_FIELD)) {
      return bill.signed(key);
    }
    var signed = bill.signed(key);
    return new AlipayBill(
        new AlipayBill.BillOrder(
            signed.protocol().outTradeNo(),
            "1.60",
            signed.protocol().currency(),
            signed.protocol().resourceId(),
            signed.protocol().payBefore(),
            signed.protocol().sellerSignature(),
            signed.protocol().sellerSignType(),
            signed.protocol().sellerUniqueId()),
        signed.method());
  }

  private void sell(HttpExchange exchange, String header) throws IOException, InterruptedException {
    var proof = AlipayProof.decode(header).filter(each -> each.protocol().tradeNo() != null);
    if (has(Defect.ONE_ALPHABET) && !header.endsWith("=") && header.length() % 4 != 0) {
      answer(exchange, 400, "{\"code\":\"INVALID_PAYMENT_PROOF_FORMAT\"}");
      return;
    }
    if (proof.isEmpty()) {
      answer(exchange, has(Defect.FAILS_AT_BAD_PROOF) ? 500 : 400, "{\"code\":\"INVALID\"}");
      return;
    }
    var tradeNo = String.valueOf(proof.get().protocol().tradeNo());
    if (has(Defect.DELIVERS_NOTHING)) {
      ask(exchange);
      return;
    }
    var known = delivered.get(tradeNo);
    if (known != null) {
      deliver(
          exchange,
          tradeNo,
          "",
          known.replace(
              "}",
              has(Defect.DELIVERS_ANEW) ? ",\"again\":true}" : ",\"already_fulfilled\":true}"));
      return;
    }
    verifyAndDeliver(exchange, proof.get(), tradeNo);
  }

  private void verifyAndDeliver(HttpExchange exchange, AlipayProof proof, String tradeNo)
      throws IOException, InterruptedException {
    var verified =
        call(
            AlipayShopSuite.VERIFY,
            Map.of(
                "trade_no", tradeNo,
                "payment_proof", String.valueOf(proof.protocol().paymentProof()),
                "client_session", String.valueOf(proof.method().clientSession())));
    var refused = refusal(verified);
    if (refused != 0 && !has(Defect.VERIFIES_NOTHING)) {
      answer(exchange, refused, "{\"code\":\"NOT_VERIFIED\"}");
      return;
    }
    var order = verified == null ? "" : verified.path("out_trade_no").asString("");
    if (order.isEmpty() && has(Defect.FAILS_AT_EMPTY_FIELDS)) {
      throw new IllegalStateException("no order number");
    }
    if (!has(Defect.NEVER_CONFIRMS) && !confirms(tradeNo)) {
      answer(exchange, 502, "{\"code\":\"FULFILLMENT_CONFIRM_FAILED\"}");
      return;
    }
    deliver(exchange, tradeNo, order, "{\"resource_id\":\"/report\",\"content\":\"words\"}");
  }

  /** Returns the status of a refusal; 0 if the resource may be delivered. */
  private int refusal(@Nullable JsonNode verified) {
    if (verified == null) {
      return has(Defect.DELIVERS_IN_SILENCE) ? 0 : 503;
    }
    var subCode = verified.path("sub_code").asString("");
    if (subCode.equals("SYSTEM_ERROR")) {
      return has(Defect.DELIVERS_WHEN_UNAVAILABLE) ? 0 : 503;
    }
    if (!subCode.isEmpty()) {
      return has(Defect.IGNORES_REFUSAL) ? 0 : 400;
    }
    if (!verified.path("active").asBoolean(false) && !has(Defect.IGNORES_ACTIVE)) {
      return 400;
    }
    return compared(verified) ? 0 : 400;
  }

  private boolean compared(JsonNode verified) {
    var number = verified.path("out_trade_no").asString("");
    var order = orders.get(number);
    boolean orderFits = number.isEmpty() || order != null || has(Defect.COMPARES_NO_ORDER);
    var resource = verified.path("resource_id").asString("");
    boolean resourceFits =
        resource.isEmpty() || resource.equals(RESOURCE) || has(Defect.COMPARES_NO_RESOURCE);
    boolean amountFits =
        verified.path("amount").asString("").equals("1.50") || has(Defect.COMPARES_NO_AMOUNT);
    return orderFits && resourceFits && amountFits;
  }

  private boolean confirms(String tradeNo) throws InterruptedException {
    var confirmed = call(AlipayShopSuite.CONFIRM, Map.of("trade_no", tradeNo));
    boolean done = confirmed != null && confirmed.path("sub_code").asString("").isEmpty();
    return done || has(Defect.CONFIRMS_ONCE) || has(Defect.VERIFIES_NOTHING);
  }

  private void deliver(HttpExchange exchange, String tradeNo, String order, String body)
      throws IOException {
    delivered.putIfAbsent(tradeNo, body);
    if (!has(Defect.NO_VALIDATION)) {
      exchange
          .getResponseHeaders()
          .set("Payment-Validation", new AlipayValidation(tradeNo, order, true, RESOURCE).encode());
    }
    answer(exchange, 200, body);
  }

  /** Calls the gateway; null if there is no answer, or one that is not the platform's. */
  private @Nullable JsonNode call(String method, Map<String, ?> content)
      throws InterruptedException {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("app_id", application.path("app_id").asString(""));
    parameters.put("method", method);
    parameters.put("charset", "UTF-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", "2026-08-25 10:00:00");
    parameters.put("biz_content", Json.write(content));
    parameters.put(
        "sign",
        SignType.RSA2.sign(
            key, StringToSign.ofRequest(parameters).getBytes(StandardCharsets.UTF_8)));
    try {
      var text =
          send(
              URI.create(
                  application.path("gateway").asString("")
                      + "?"
                      + PercentCode.form(parameters, StandardCharsets.UTF_8)));
      var root = method.replace('.', '_') + "_response";
      var tree = Json.parse(text);
      boolean genuine =
          SdkCut.JAVA
              .signedPart(text, root)
              .filter(
                  part ->
                      SignType.RSA2.verifies(
                          platform,
                          part.getBytes(StandardCharsets.UTF_8),
                          tree.path("sign").asString("")))
              .isPresent();
      return genuine || has(Defect.TRUSTS_ANY_KEY) ? tree.path(root) : null;
    } catch (IOException silent) {
      return null;
    }
  }

  /** Sends a call, once more if the connection is cut, as Alipay's Node SDK does. */
  private String send(URI call) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(call).POST(HttpRequest.BodyPublishers.noBody()).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException cut) {
      if (has(Defect.DELIVERS_IN_SILENCE)) {
        throw cut;
      }
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
